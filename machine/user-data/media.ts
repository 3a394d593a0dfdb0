import type { Cluster } from "../../config/types.ts";
import type { Machine as InstanceType } from "../../model/capacity/capacity.ts";
import type { Role } from "../../model/cluster.ts";
import { restoreDrill } from "../../model/groups/database.ts";
import { type Amounts, carriesOf } from "../../model/groups/load.ts";
import { drillObject, logGroup, secretName } from "../../model/naming.ts";
import { subnetsOf } from "../../model/network/network.ts";
import { gatePorts } from "../../model/traffic/targets.ts";
import { turnUri } from "../../model/traffic/turn.ts";
import { core, ofCloud } from "./core.ts";
import { metricFacts } from "./metrics.ts";
import { installed, type Machine, source, unit } from "./render.ts";

/** What a media machine has to know; everything else it learns from its cloud, its secret and its image. */
function facts(cluster: Cluster, role: Role, carries: Amounts) {
  const cidrs = (tier: "balancer" | "media"): readonly string[] =>
    subnetsOf(cluster.network, tier).map(({ cidr }) => cidr);
  const dashboard = ["127.0.0.1/8", ...cidrs("balancer"), ...cidrs("media"), ...cluster.access.adminCidrs];
  const { panelUser, properties, proxy } = cluster.media;
  return {
    secretName: secretName(cluster, "media"),
    logGroup: logGroup(cluster),
    mode: cluster.mode,
    panelUser,
    properties: {
      ...Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, String(value)])),
      // The balancer's ranges too: the filter of the root application answers its health check with 403 otherwise.
      "server.allowed_dashboard_CIDR": dashboard.join(","),
      // h2c would pass the fronts' rules; AMS's default is true.
      "http.upgradeHttp2Protocol": "false",
      ...(proxy === undefined ? {} : { "proxy.address": proxy }),
    },
    applicationProperties: iceProperties(cluster),
    balancers: cidrs("balancer"),
    gate: { peers: cidrs("media"), ...gatePorts(cluster) },
    // Until AMS lists a node whose applications run.
    joinSeconds: 180,
    // A first start on a small machine takes AMS about a minute; later than this it is late, and then it has failed.
    lateSeconds: 180,
    startSeconds: cluster.media.startMinutes * 60,
    pollSeconds: 2,
    watchSeconds: 10,
    // AMS counts a node dead after 20 s without a heartbeat (ClusterNode.java).
    aliveSeconds: 20,
    lostChecks: 3,
    retrySeconds: 2,
    // A change is there within two minutes, with a failure or two.
    applicationsSeconds: 30,
    drain: { ...drain, maxSeconds: cluster.drain.maxMinutes * 60 },
    metrics: metricFacts(cluster, role),
    // What a part of the load has at 100 %.
    carries,
    // Streams are balanced over at least these, whichever have any.
    originMin: cluster.origin.min,
    ...overdueDrills(cluster, role),
    // Longer than a restart of the machine: then somebody else has its address, or nobody.
    forgetSeconds: 600,
  };
}

/** The origins say when the last rehearsed restore is too long ago. */
const overdueDrills = (cluster: Cluster, role: Role) => {
  const drill = restoreDrill(cluster);
  return drill === undefined || role === "edge" ? {} : { restoreDrill: { ...drill, object: drillObject } };
};

/**
 * What finds a way between AMS and its clients (AppSettings.java). AMS uses the address that it hands out itself: of a TURN
 * server over UDP it also asks its own public address, and without the flag (PORTALLOCATOR_DISABLE_RELAY) each session of its own
 * would take an allocation.
 */
function iceProperties(cluster: Cluster): Readonly<Record<string, string>> {
  const { stunServer } = cluster.media;
  const uri = turnUri(cluster);
  if (uri !== undefined) return { stunServerURI: uri, portAllocatorFlags: "4" };
  return stunServer === undefined ? {} : { stunServerURI: stunServer };
}

/** How a machine leaves, but for how long that may take. */
const drain = {
  pollSeconds: 5,
  // What asks the cloud's API, not only its metadata.
  lookSeconds: 15,
  // The balancers' own time to take out a machine that its group lets go: closing the gate before them fails requests.
  gateSeconds: 20,
  // HLS players and reconnecting publishers are away for some seconds.
  quietChecks: 3,
  // Sooner than the hooks end, and few enough: Alibaba takes 20 of them, and ends a drain after 6 hours.
  heartbeatSeconds: 1200,
  // Longer than AMS needs to come back after a crash, with its retries.
  sickSeconds: 600,
};

/**
 * Holds a marketplace image's AMS before it can start, standalone, and answer a health check: cloud-init runs boot commands
 * before the basic system is up. A condition and not a mask, because a mask below /run has no say over a unit in
 * /etc/systemd/system, where the vendor's installer puts it. Later boots find the drop-in where the first one put it.
 */
const hold = [
  "f=/etc/systemd/system/antmedia.service.d/ams-cluster.conf",
  `printf '%s\\n' "$0" "$@" | cmp -s - $f && exit`,
  `mkdir -p \${f%/*} && printf '%s\\n' "$0" "$@" >$f && systemctl daemon-reload`,
].join("; ");

/** The programs beside it that a failure of one another does not end. */
const agents = ["drain", "metrics", "applications"].map((program) => `ams-agent@${program}.service`);

const mediaPrograms = [
  ...["media", "server", "properties", "service", "ready", "watching", "gate"],
  ...["rest", "heartbeats", "sessions", "lifecycle", "reconnects", "drain"],
];

const figurePrograms = ["figures", "load", "standing"];

const applicationPrograms = ["applications", "document", "wanted"];

/** An AMS machine. */
export function mediaMachine(cluster: Cluster, role: Role, types: readonly (InstanceType | undefined)[]): Machine {
  return {
    bootCommands: [["sh", "-c", hold, ...source("agent/media/antmedia.cfg").trimEnd().split("\n")]],
    facts: facts(cluster, role, carriesOf(cluster, role, types)),
    files: [
      ...core(cluster.cloud),
      ...ofCloud(cluster.cloud, "scaling_group", "addresses"),
      installed("core/public_address.py"),
      ...mediaPrograms.map((name) => installed(`media/${name}.py`)),
      ...figurePrograms.map((name) => installed(`figures/${name}.py`)),
      ...applicationPrograms.map((name) => installed(`applications/${name}.py`)),
      unit("media/ams-media.service"),
      { path: "/etc/logrotate.d/ams-cluster", text: source("agent/media/antmedia.logrotate") },
    ],
    commands: [
      ["sh", "-c", "timedatectl set-ntp true || true"],
      // systemd finds new units by itself; making it read all of them again takes as long as the programs' own start.
      ["systemctl", "enable", "--now", "--no-block", "--no-reload", "ams-media.service", ...agents],
    ],
  };
}
