import type { Cluster } from "../../../config/types.ts";
import type { Role } from "../../../model/cluster.ts";
import { vcpusOf } from "../../../model/groups/machine-size.ts";
import { assumptions } from "./assumptions.ts";
import type { Fleet, Settings } from "./settings.ts";

/**
 * What Ant Media's CloudFormation template sets (ant-media/Scripts, cloudformation/antmedia-aws-autoscale-template.yaml at
 * 62c2a01), with our machine sizes so that the machines are the same. Where it says nothing AWS's default stands.
 */
const template = {
  min: { origin: 1, edge: 2 },
  max: 10,
  cpuTargetPercent: 60,
  /** Not set: target tracking then takes the default cooldown. */
  warmUpSeconds: 300,
  /** No detailed monitoring in the launch templates. */
  metricSeconds: 300,
  /** 30 s, 3 good ones, 5 bad ones for HTTP; 3 for TCP. */
  admitSeconds: 90,
  outSeconds: { application: 150, network: 90 },
  /** Not set: AWS's default of the target groups' delay. */
  deregistrationSeconds: 300,
  /** apt, pip and cfn-signal, which an update waits for; a guess. */
  signalSeconds: 120,
} as const;

export type VendorUpgrade = "stack update" | "update script";

/** Its groups stand in one zone each: OriginZone and EdgeZone. */
const zoneOf: Readonly<Record<Role, number>> = { origin: 0, edge: 1 };

/** The template's parameters AntMediaEdgeCapacity and its maximum. */
type EdgeCapacity = Pick<Fleet, "min" | "max">;

export function vendor(cluster: Cluster, upgrade: VendorUpgrade = "stack update", edges?: EdgeCapacity): Settings {
  const { deregistrationSeconds } = template;
  const name = upgrade === "stack update" ? "vendor's template" : "vendor's update script";
  return {
    name: edges === undefined ? name : `${name} with ${edges.min} edges all day`,
    fleets: { origin: fleetOf(cluster, "origin"), edge: { ...fleetOf(cluster, "edge"), ...edges } },
    admitSeconds: template.admitSeconds,
    outSeconds: template.outSeconds,
    replaces: "gone",
    leaveSeconds: { application: deregistrationSeconds, network: deregistrationSeconds },
    spotNoticeSeconds: 0,
    moveSeconds: undefined,
    upgrade: upgrade === "update script" ? { kind: "all-off" } : rolling,
    sharedMbps: undefined,
  };
}

/** MinInstancesInService 1, MaxBatchSize 1: CloudFormation adds one machine only where the group has one alone. */
const rolling: Settings["upgrade"] = {
  kind: "rolling",
  order: ["origin", "edge"],
  extra: (desired) => (desired === 1 ? 1 : 0),
  keep: (desired) => Math.max(1, desired - 1),
  settleSeconds: { origin: template.signalSeconds, edge: template.signalSeconds },
};

function fleetOf(cluster: Cluster, role: Role): Fleet {
  return {
    cloud: "aws",
    vcpus: vcpusOf(cluster[role].machine),
    carries: { cpu: assumptions.refusalPercent },
    bitrateKbps: assumptions.bitrateKbps,
    zones: cluster.network.zones.slice(zoneOf[role], zoneOf[role] + 1),
    filling: "evenly",
    min: template.min[role],
    max: template.max,
    scaling: {
      follows: "cpu",
      targetPercent: template.cpuTargetPercent,
      surge: undefined,
      cooldownSeconds: template.warmUpSeconds,
    },
    steps: undefined,
    metricSeconds: template.metricSeconds,
    schedule: [],
    leadMinutes: 0,
    spotPercent: 0,
    warmMachines: 0,
  };
}
