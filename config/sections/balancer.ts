import { cidr, flag, machine, oneOf, text, whole } from "../parts.ts";
import * as z from "../zod.ts";

const most = "the maximum that both clouds allow";

const health = z
  .strictObject({
    intervalSeconds: whole(5, 50).default(10).meta({
      description: "Seconds between two health checks of a node.",
      source:
        "two failed checks exclude a dead node after 20 s, when AMS also marks it as dead (Ant Media's clustering page)",
    }),
    timeoutSeconds: whole(2, 49).default(5).describe("Timeout of a health check, in seconds."),
    healthyThreshold: whole(2, 10).default(2).describe("Successful checks before a node receives traffic."),
    unhealthyThreshold: whole(2, 10).default(2).describe("Failed checks before a node receives no more traffic."),
  })
  .prefault({});

const streams = z
  .array(
    z.strictObject({
      name: text(
        /^[a-z][a-z0-9]{0,6}$/,
        "one to seven lower-case letters and digits, beginning with a letter, such as rtsp",
      ).describe("Name of the listener's target group."),
      port: whole(1, 65_535).describe("Port of the network load balancer."),
      protocol: oneOf("tcp", "udp", "tls").describe(
        "`tls` uses the cluster's certificate; the node receives plain TCP.",
      ),
      targetPort: whole(1, 65_535).describe("Port on the origins; with `udp` the same as `port`."),
    }),
    { error: "a list of listeners" },
  )
  .max(10, "at most 10 listeners")
  .default([])
  .meta({
    example: [{ name: "rtsp", port: 554, protocol: "tcp", targetPort: 5554 }],
    description: "Further listeners of the network load balancer, to the origins.",
    source: "none",
  });

const balancerKeys = (srt: boolean) => ({
  scheme: oneOf("internet", "internal")
    .default("internet")
    .describe(
      "`internet`: the load balancers have public addresses. `internal`: they have private ones, for clients in private networks, such as a VPN's. A change replaces the load balancers.",
    ),
  http: oneOf("redirect", "forward")
    .default("redirect")
    .describe(
      "Action of the plain HTTP listeners if the stack has a certificate. `forward` serves players and publishers. The panel remains blocked.",
    ),
  drainSeconds: whole(10, 900).default(900).meta({
    description: "Deregistration delay: seconds for which a node that is removed keeps its open connections.",
    source: most,
  }),
  idleTimeoutSeconds: whole(10, 600)
    .default(600)
    .meta({ description: "Idle timeout in seconds; AMS's own players ping every 3 s.", source: most }),
  health,
  panelStickinessSeconds: whole(1, 86400)
    .default(86400)
    .describe("Session stickiness of the panel, in seconds: AMS keeps sessions in memory."),
  rtmp: flag.default(true).describe("RTMP ingest, TCP 1935, to the origins."),
  rtmps: flag
    .default(false)
    .describe("RTMPS ingest, TCP 8443, to the origins: RTMP over TLS with the cluster's certificate."),
  srt: flag.default(srt).describe("SRT ingest, UDP 4200, to the origins. HAProxy does not support UDP."),
  streams,
});

const proxyKeys = {
  machine: machine.default("compute-2").describe("Size of the proxies' machines."),
  count: whole(2, 10).default(2).describe("Number of proxies, distributed across the zones."),
  connectionsPerSource: whole(10, 65_535)
    .default(5000)
    .describe(
      "Maximum of concurrent connections from one client address to each proxy. Clients in offices and mobile networks share an address.",
    ),
  trustedSources: z
    .array(cidr, { error: "a list of IPv4 ranges" })
    .max(60, "at most 60 ranges")
    .default([])
    .describe("Ranges without the limit `connectionsPerSource`: offices, CDNs, load tests."),
};

export const balancer = z
  .discriminatedUnion(
    "kind",
    [
      z
        .strictObject({ kind: z.literal("managed"), ...balancerKeys(true) })
        .describe("The cloud's application load balancer, with its network load balancer for ingest."),
      z
        .strictObject({ kind: z.literal("haproxy"), ...proxyKeys, ...balancerKeys(false) })
        .describe("HAProxy on machines behind the cloud's network load balancer."),
      z
        .strictObject({ kind: z.literal("nginx"), ...proxyKeys, ...balancerKeys(true) })
        .describe("Nginx on machines behind the cloud's network load balancer."),
    ],
    { error: "a kind: managed, haproxy or nginx" },
  )
  .describe("The load balancer in front of the nodes.");
