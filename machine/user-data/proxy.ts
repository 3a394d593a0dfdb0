import type { Cluster, ProxyBalancer } from "../../config/types.ts";
import { assertNever, groupsOf } from "../../model/cluster.ts";
import { logGroup, secretName } from "../../model/naming.ts";
import { acmePort, proxyOf } from "../../model/traffic/balancer.ts";
import { challengeOf, issuedNames } from "../../model/traffic/issued.ts";
import { healthPath } from "../../model/traffic/listeners.ts";
import { sessionsOf } from "../../model/traffic/sessions.ts";
import { nodePort, targets } from "../../model/traffic/targets.ts";
import { haproxyConfig } from "../configuration/haproxy.ts";
import { nginxConfig, nginxRoutes } from "../configuration/nginx.ts";
import { sessionPlaces, slotsOf } from "../configuration/proxy-limits.ts";
import { core, ofCloud } from "./core.ts";
import { metricFacts } from "./metrics.ts";
import { installed, type Machine, type MachineFile, source, unit } from "./render.ts";

/** As Debian and Ubuntu name them. */
function packages({ kind }: ProxyBalancer, { certificate }: Cluster): readonly string[] {
  const own = kind === "haproxy" ? ["haproxy"] : ["nginx", "libnginx-mod-stream"];
  return certificate.source === "issued" ? [...own, "certbot"] : own;
}

/** What a proxy has to know; its cloud, its secret and its nodes it learns when it runs. */
function facts(cluster: Cluster, balancer: ProxyBalancer) {
  const { certificate, domain } = cluster;
  const names = issuedNames(cluster);
  const challenge = challengeOf(cluster);
  return {
    kind: balancer.kind,
    cluster: cluster.name,
    secretName: secretName(cluster, "proxy"),
    certificateName: secretName(cluster, "certificate"),
    certificate: certificate.source,
    ...(challenge === undefined ? {} : { challenge }),
    domain: domain?.name ?? cluster.name,
    ...(names.length === 0 || (names.length === 1 && names[0] === domain?.name) ? {} : { names }),
    logGroup: logGroup(cluster),
    packages: packages(balancer, cluster),
    targets: targets(cluster).map(({ name, role, protocol, port, stickySeconds }) => ({
      name,
      role,
      protocol,
      port,
      sticky: stickySeconds > 0,
    })),
    sessions: sessionsOf(cluster),
    sessionPlaces,
    slots: Object.fromEntries(groupsOf(cluster).map(({ role, group }) => [role, slotsOf(group)])),
    health: { ...balancer.health, port: nodePort, path: healthPath },
    acmePort,
    healthSeconds: balancer.health.intervalSeconds,
    metrics: metricFacts(cluster, "proxy"),
    pollSeconds: 5,
    // While the cloud says that it is asked too often.
    throttledSeconds: 60,
    certificateSeconds: 60,
    // Let's Encrypt's own advice for certificates of 90 days.
    renewDays: 30,
    retrySeconds: 2,
  };
}

function configuration(cluster: Cluster, balancer: ProxyBalancer): readonly MachineFile[] {
  const at = (name: string, text: string): MachineFile => ({ path: `/etc/ams-cluster/${name}`, text });
  const { kind } = balancer;
  switch (kind) {
    case "haproxy":
      return [at("haproxy.cfg", haproxyConfig(cluster, balancer))];
    case "nginx":
      return [at("nginx.conf", nginxConfig(cluster, balancer)), at("ams-routes.conf", nginxRoutes())];
    default:
      return assertNever(kind);
  }
}

/** More connections to the nodes at once; a silent publisher's end is found in minutes, not in two hours. */
const kernel = [
  ["/proc/sys/net/ipv4/ip_local_port_range", "10240 65000"],
  ["/proc/sys/net/core/somaxconn", "16384"],
  ["/proc/sys/net/ipv4/tcp_keepalive_time", "120"],
]
  .map(([path, value]) => `w- ${path} - - - - ${value}\n`)
  .join("");

/** HAProxy or Nginx, with a program beside it that follows the groups, the health and the certificate. */
export function proxyMachine(cluster: Cluster): Machine {
  const balancer = proxyOf(cluster);
  if (balancer === undefined) throw new Error("the managed balancer has no machines");
  const { kind } = balancer;
  const own = kind === "haproxy" ? ["proxy_haproxy", "proxy_sessions"] : ["proxy_nginx"];
  const byDns = challengeOf(cluster) === "dns";
  const programs = [
    "proxy",
    "proxy_figures",
    "proxy_nodes",
    "proxy_health",
    "proxy_certificate",
    ...(byDns ? ["proxy_challenge"] : []),
    ...own,
  ];
  return {
    bootCommands: [],
    facts: facts(cluster, balancer),
    files: [
      ...core(cluster.cloud),
      ...ofCloud(cluster.cloud, "instances", ...(byDns ? ["dns"] : [])),
      ...["packages", "certificate"].map((name) => installed(`core/${name}.py`)),
      ...programs.map((name) => installed(`proxy/${name}.py`)),
      ...configuration(cluster, balancer),
      unit("proxy/ams-proxy.service"),
      { path: `/etc/systemd/system/${kind}.service.d/ams-cluster.conf`, text: source(`agent/proxy/${kind}-unit.cfg`) },
      { path: "/etc/tmpfiles.d/ams-cluster.conf", text: kernel },
    ],
    commands: [
      ["sh", "-c", "timedatectl set-ntp true || true"],
      ["systemd-tmpfiles", "--create", "/etc/tmpfiles.d/ams-cluster.conf"],
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "--no-block", "ams-proxy.service", "ams-agent@metrics.service"],
    ],
  };
}
