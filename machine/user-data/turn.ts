import type { Cluster, Turn } from "../../config/types.ts";
import { logGroup, secretName } from "../../model/naming.ts";
import { proxyHealthPort } from "../../model/traffic/balancer.ts";
import { turnShares } from "../../model/traffic/issued.ts";
import { relayPorts, turnName, turnPort } from "../../model/traffic/turn.ts";
import { turnConfig, turnRules } from "../configuration/turn.ts";
import { core } from "./core.ts";
import { metricFacts } from "./metrics.ts";
import { installed, type Machine, source, unit } from "./render.ts";

function facts(cluster: Cluster, { tls, allocations }: Turn) {
  return {
    secretName: secretName(cluster, "turn"),
    logGroup: logGroup(cluster),
    // As Debian and Ubuntu name them.
    packages: ["coturn", "nftables"],
    realm: cluster.domain === undefined ? "" : turnName(cluster.domain),
    tls,
    ...(turnShares(cluster) ? { certificateName: secretName(cluster, "certificate") } : {}),
    port: turnPort,
    relayPorts,
    allocations,
    health: { port: proxyHealthPort },
    metrics: metricFacts(cluster, "turn"),
    // Sooner than a node gives out another credential.
    pollSeconds: 30,
    retrySeconds: 2,
  };
}

/** coturn, with a program beside it that follows the credentials and the certificate. */
export function turnMachine(cluster: Cluster): Machine {
  const { turn } = cluster;
  if (turn === undefined) throw new Error("the cluster has no TURN servers");
  return {
    bootCommands: [],
    facts: facts(cluster, turn),
    files: [
      ...core(cluster.cloud),
      ...["packages", "certificate"].map((name) => installed(`core/${name}.py`)),
      ...["turn", "turn_health", "relays"].map((name) => installed(`turn/${name}.py`)),
      { path: "/etc/ams-cluster/turnserver.conf", text: turnConfig(cluster, turn) },
      { path: "/etc/ams-cluster/turn.nft", text: turnRules(cluster, turn) },
      unit("turn/ams-turn.service"),
      { path: "/etc/systemd/system/coturn.service.d/ams-cluster.conf", text: source("agent/turn/coturn-unit.cfg") },
    ],
    commands: [
      ["sh", "-c", "timedatectl set-ntp true || true"],
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "--no-block", "ams-turn.service", "ams-agent@metrics.service"],
    ],
  };
}
