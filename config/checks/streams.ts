import { clusterPort, sshPort } from "../../model/network/firewall.ts";
import { acmePort, proxyHealthPort, statsPort } from "../../model/traffic/balancer.ts";
import { allWebPorts, panelPort, webPorts } from "../../model/traffic/listeners.ts";
import { ingest, listenOf, nodePort } from "../../model/traffic/targets.ts";
import { type Fault, show } from "../fault.ts";
import { removePath, setPath } from "../remedy/command.ts";
import type { Balancer, Chosen } from "../types.ts";

/** Ports of the balancers and the proxies, whether or not the stack uses them all: turning one on breaks no stream. */
const takenPorts: readonly number[] = [
  ...[sshPort, ...allWebPorts, panelPort, statsPort, proxyHealthPort, acmePort],
  ...ingest.map((target) => listenOf(target).port),
];

/** SSH, AMS between nodes, and AMS's HTTP and HTTPS, which only the balancer's rules may lead to. */
const innerPorts: readonly number[] = [sshPort, clusterPort, nodePort, webPorts.play.https];

/** Names of the target groups and balancers that there are. */
const takenNames: readonly string[] = [
  ...["origin", "edge", "panel", "nobody", "web", "stream", "whip", "whep"],
  ...ingest.map(({ name }) => name),
];

/** RTMPS and the operator's own listeners of the network balancer. */
export function checkStreams(balancer: Balancer, certificate: Chosen["certificate"]): readonly Fault[] {
  const faults: Fault[] = [];
  if (balancer.rtmps && certificate?.source === "none")
    faults.push({
      path: "ams:balancer.rtmps",
      got: "true while ams:certificate.source is none",
      allowed: "false, because the stack has no certificate and RTMPS requires TLS",
      fix: setPath("ams:balancer.rtmps", false),
    });
  return [...faults, ...balancer.streams.flatMap((stream, index) => checkStream(balancer, certificate, stream, index))];
}

function checkStream(
  { kind, streams }: Balancer,
  certificate: Chosen["certificate"],
  stream: Balancer["streams"][number],
  index: number,
): readonly Fault[] {
  const { name, port, protocol, targetPort } = stream;
  const path = `ams:balancer.streams[${index}]`;
  const before = streams.slice(0, index);
  const faults: Fault[] = [];
  const refuse = (key: "name" | "port" | "protocol" | "targetPort", allowed: string, fix: string): void =>
    void faults.push({ path: `${path}.${key}`, got: show(stream[key]), allowed, fix });
  const remove = removePath(path);
  if (takenNames.includes(name) || /^(tcp|udp|tls)\d/.test(name) || before.some((one) => one.name === name))
    refuse(
      "name",
      `a name that no other target group uses; these are taken: ${takenNames.join(", ")}, tcp1, and the other streams' names`,
      remove,
    );
  if (takenPorts.includes(port) || before.some((one) => one.port === port))
    refuse(
      "port",
      `a port that no other listener uses; these are taken: ${takenPorts.join(", ")}, and the other streams' ports`,
      remove,
    );
  if (protocol !== "udp" && innerPorts.includes(targetPort))
    refuse(
      "targetPort",
      `a port that is not reserved for internal use; these are reserved: ${innerPorts.join(", ")}`,
      remove,
    );
  if (protocol === "udp" && targetPort !== port)
    refuse(
      "targetPort",
      `${port}, the same as the listener port, because UDP listeners cannot change the port`,
      setPath(`${path}.targetPort`, port),
    );
  if (kind === "haproxy" && protocol === "udp")
    refuse(
      "protocol",
      "tcp or tls, because ams:balancer.kind is haproxy and HAProxy does not support UDP",
      setPath(`${path}.protocol`, "tcp"),
    );
  if (protocol === "tls" && certificate?.source === "none")
    refuse("protocol", "tcp or udp, because ams:certificate.source is none", setPath(`${path}.protocol`, "tcp"));
  return faults;
}
