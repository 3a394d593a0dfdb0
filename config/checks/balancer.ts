import { proxyOf, takesIpv6 } from "../../model/traffic/balancer.ts";
import { challengeOf } from "../../model/traffic/issued.ts";
import { type Fault, show } from "../fault.ts";
import { setPath } from "../remedy/command.ts";
import type { Balancer, Chosen, ProxyBalancer } from "../types.ts";
import { withoutGpu } from "./common.ts";
import { checkStreams } from "./streams.ts";

export function checkBalancer({ balancer, certificate, domain }: Chosen): readonly Fault[] {
  if (balancer === undefined) return [];
  const proxy = proxyOf({ balancer });
  const ofProxy = proxy === undefined ? [] : checkProxy(proxy, { certificate, domain });
  const ipv6 = takesIpv6({ balancer }) && balancer.scheme === "internal" ? [internalIpv6] : [];
  return [...checkHealth(balancer), ...checkStreams(balancer, certificate), ...ofProxy, ...ipv6];
}

const internalIpv6: Fault = {
  path: "ams:balancer.ipv6",
  got: "true while ams:balancer.scheme is internal",
  allowed: "false, because the load balancers are internal, but all addresses in the VPC's IPv6 range are public",
  fix: setPath("ams:balancer.ipv6", false),
};

function checkHealth({ health: { intervalSeconds, timeoutSeconds } }: Balancer): readonly Fault[] {
  if (timeoutSeconds < intervalSeconds) return [];
  return [
    {
      path: "ams:balancer.health.timeoutSeconds",
      got: show(timeoutSeconds),
      allowed: `less than ams:balancer.health.intervalSeconds, which is ${intervalSeconds}`,
      fix: setPath("ams:balancer.health.timeoutSeconds", Math.max(2, intervalSeconds - 1)),
    },
  ];
}

function checkProxy(
  balancer: ProxyBalancer,
  { certificate, domain }: { readonly [Name in "certificate" | "domain"]: Chosen[Name] | undefined },
): readonly Fault[] {
  const { kind, scheme, srt, machine } = balancer;
  const faults: Fault[] = [];
  if (kind === "haproxy" && srt)
    faults.push({
      path: "ams:balancer.srt",
      got: "true",
      allowed:
        "false, because ams:balancer.kind is haproxy and HAProxy does not support UDP; nginx and managed support it",
      fix: setPath("ams:balancer.srt", false),
    });
  faults.push(...withoutGpu("ams:balancer.machine", machine, "proxies do not transcode", "compute-2"));
  const challenge = certificate === undefined ? undefined : challengeOf({ balancer, certificate, domain });
  if (scheme === "internal" && challenge === "http")
    faults.push({
      path: "ams:certificate.source",
      got: `issued while ams:balancer.scheme is internal and ams:balancer.kind is ${kind}`,
      allowed:
        "uploaded or none, because Let's Encrypt must reach the proxies from the internet. On AWS, you can set ams:balancer.kind to managed instead, or add a wildcard to ams:domain.names, which Let's Encrypt validates through DNS",
      fix: setPath("ams:certificate.source", "none"),
    });
  if (certificate?.source === "existing")
    faults.push({
      path: "ams:certificate.source",
      got: `existing while ams:balancer.kind is ${kind}`,
      allowed:
        "issued (by Let's Encrypt), uploaded or none, because the cloud's certificates cannot be exported to the proxies",
      fix: setPath("ams:certificate.source", "issued"),
    });
  return faults;
}
