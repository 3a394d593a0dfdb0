import { cidr, flag, machine, oneOf, text, whole } from "../parts.ts";
import * as z from "../zod.ts";

const most = "the maximum allowed by both clouds";

const health = z
  .strictObject({
    intervalSeconds: whole(5, 50).default(10).meta({
      description: "Number of seconds between health checks of a node.",
      source:
        "two failed checks take 20 s; according to Ant Media's clustering page, AMS also marks a node as dead after 20 s",
    }),
    timeoutSeconds: whole(2, 49).default(5).describe("Timeout for each health check, in seconds."),
    healthyThreshold: whole(2, 10)
      .default(2)
      .describe("Number of successful health checks before a node receives traffic."),
    unhealthyThreshold: whole(2, 10)
      .default(2)
      .describe("Number of failed health checks before a node stops receiving traffic."),
  })
  .prefault({});

const streams = z
  .array(
    z.strictObject({
      name: text(
        /^[a-z][a-z0-9]{0,6}$/,
        "1 to 7 lower-case letters and digits, starting with a letter, such as rtsp",
      ).describe("Name of the listener's target group."),
      port: whole(1, 65_535).describe("Listener port on the network load balancer."),
      protocol: oneOf("tcp", "udp", "tls").describe(
        "Protocol of the listener. `tls` terminates TLS with the cluster's certificate, so the nodes receive plain TCP.",
      ),
      targetPort: whole(1, 65_535).describe(
        "Port on the origins, which must be the same as `port` if `protocol` is `udp`.",
      ),
    }),
    { error: "a list of listeners" },
  )
  .max(10, "at most 10 listeners")
  .default([])
  .meta({
    example: [{ name: "rtsp", port: 554, protocol: "tcp", targetPort: 5554 }],
    description: "Additional network load balancer listeners that forward traffic to the origins.",
    source: "none",
  });

const balancerKeys = (srt: boolean) => ({
  scheme: oneOf("internet", "internal")
    .default("internet")
    .describe(
      "`internet`: the load balancers have public addresses. `internal`: the load balancers have only private addresses, for clients in private networks or on a VPN. Changing this key replaces the load balancers.",
    ),
  http: oneOf("redirect", "forward")
    .default("redirect")
    .describe(
      "How the plain HTTP listeners handle requests if the stack has a certificate. `redirect`: redirect requests to HTTPS. `forward`: serve players and publishers over HTTP as well. In both cases, the panel is blocked over HTTP.",
    ),
  drainSeconds: whole(10, 900).default(900).meta({
    description: "Deregistration delay in seconds. During this delay, a deregistered node keeps its open connections.",
    source: most,
  }),
  idleTimeoutSeconds: whole(10, 600).default(600).meta({
    description: "Number of seconds after which idle connections are closed. AMS's own players send a ping every 3 s.",
    source: most,
  }),
  health,
  panelStickinessSeconds: whole(1, 86400)
    .default(86400)
    .describe(
      "Duration of session stickiness for the panel, in seconds. AMS keeps panel sessions in memory, so each session must stay on the same node.",
    ),
  rtmp: flag.default(true).describe("RTMP ingest to the origins on TCP port 1935."),
  rtmps: flag.default(false).describe("RTMPS ingest to the origins on TCP port 8443, using the cluster's certificate."),
  srt: flag
    .default(srt)
    .describe(
      "SRT ingest to the origins on UDP port 4200. SRT is not available with HAProxy, which does not support UDP.",
    ),
  streams,
});

const proxyKeys = {
  machine: machine.default("compute-2").describe("Machine size of the proxies."),
  count: whole(2, 10).default(2).describe("Number of proxies, spread across the zones."),
  connectionsPerSource: whole(10, 65_535)
    .default(5000)
    .describe(
      "Maximum number of concurrent connections from one client address to each proxy. Clients in an office or on a mobile network often share one public address.",
    ),
  trustedSources: z
    .array(cidr, { error: "a list of IPv4 ranges" })
    .max(60, "at most 60 ranges")
    .default([])
    .describe(
      "IPv4 ranges that are exempt from `connectionsPerSource`, such as those of offices, CDNs and load test clients.",
    ),
};

export const balancer = z
  .discriminatedUnion(
    "kind",
    [
      z
        .strictObject({
          kind: z.literal("managed"),
          ...balancerKeys(true),
          ipv6: flag
            .default(false)
            .describe(
              "Enables IPv6 for HTTP, HTTPS and WebRTC signalling: the application load balancer is dual-stack, and its host names also have AAAA records. RTMP, SRT and WebRTC media use IPv4 only. In an existing network, the load balancer subnets need IPv6 ranges and a route for ::/0. AWS only.",
            ),
        })
        .describe("The cloud's application load balancer, plus its network load balancer for ingest."),
      z
        .strictObject({ kind: z.literal("haproxy"), ...proxyKeys, ...balancerKeys(false) })
        .describe("HAProxy on machines behind the cloud's network load balancer."),
      z
        .strictObject({ kind: z.literal("nginx"), ...proxyKeys, ...balancerKeys(true) })
        .describe("Nginx on machines behind the cloud's network load balancer."),
    ],
    { error: "a kind of load balancer: managed, haproxy or nginx" },
  )
  .describe("The load balancer in front of the nodes.");
