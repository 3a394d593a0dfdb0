import type { Cloud, Cluster, NodeGroup, Period } from "../../../config/types.ts";
import type { Machine } from "../../../model/capacity/capacity.ts";
import { assertNever, type Role } from "../../../model/cluster.ts";
import { type Amounts, carriesOf, type Scaling, scalingOf } from "../../../model/groups/load.ts";
import { loadSteps } from "../../../model/groups/load-steps.ts";
import { vcpusOf } from "../../../model/groups/machine-size.ts";
import { elasticityOf } from "../../../model/groups/node-group.ts";
import { bootSeconds } from "../../../providers/shared/hooks.ts";
import { assumptions } from "./assumptions.ts";

type LoadSteps = ReturnType<typeof loadSteps>;

/** How a connection comes in: WebRTC's signalling through the application balancer, RTMP through the network balancer. */
export type Carrier = "application" | "network";

/** Where a group's next machine goes: to the zone with the fewest, or to the first zone that has room. */
export type Filling = "evenly" | "in-order";

/** What of a group's declaration decides how many machines there are. */
export interface Fleet {
  readonly cloud: Cloud;
  readonly vcpus: number;
  /** Beyond which a machine takes nobody more. */
  readonly carries: Amounts;
  /** Of each stream and viewer. */
  readonly bitrateKbps: number;
  readonly zones: readonly string[];
  readonly filling: Filling;
  readonly min: number;
  readonly max: number;
  /** The rules that the group is rendered with; a new machine counts in the average after the cooldown. */
  readonly scaling: Omit<Scaling, "surge"> & { readonly surge: Scaling["surge"] | undefined };
  /** Where steps stand in for target tracking. */
  readonly steps: LoadSteps | undefined;
  /** How often the cloud sees the machines' figure. */
  readonly metricSeconds: 60 | 300;
  readonly schedule: readonly Period[];
  /** How much earlier the machines of an event are ordered. */
  readonly leadMinutes: number;
  readonly spotPercent: number;
  readonly warmMachines: number;
}

/** Replaces the machines of a group with new ones. */
export type Upgrade =
  | {
      readonly kind: "rolling";
      readonly order: readonly Role[];
      /** Machines more than the group wants while old ones stand. */
      readonly extra: (desired: number, role: Role) => number;
      /** Machines that have to serve when one goes. */
      readonly keep: (desired: number, role: Role) => number;
      /** How long a new machine has to serve before it counts. */
      readonly settleSeconds: Readonly<Record<Role, number>>;
    }
  | { readonly kind: "all-off" };

export interface Settings {
  readonly name: string;
  readonly fleets: Readonly<Record<Role, Fleet>>;
  /** From AMS's first answer to the balancer's first client. */
  readonly admitSeconds: number;
  /** From a node's death to the balancer's last client. */
  readonly outSeconds: Readonly<Record<Carrier, number>>;
  /** Who is replaced: who doesn't answer the balancer, or only machines that are gone. */
  readonly replaces: "unanswering" | "gone";
  /** What a leaving node's clients have, by what brought them; after the last of it the machine goes. */
  readonly leaveSeconds: Readonly<Record<Carrier, number>>;
  /** From a spot machine's notice to its end. */
  readonly spotNoticeSeconds: number;
  /** From an origin's notice to its end, in whose last part it asks its publishers to reconnect; undefined if it asks nobody. */
  readonly moveSeconds: number | undefined;
  readonly upgrade: Upgrade;
  /** What all machines together may send; undefined if each has its own limit alone. */
  readonly sharedMbps: number | undefined;
}

/** What becomes of a session by WebRTC when a balancer closes its WebSocket: no source says which. */
export type Signalling = "ends-session" | "media-goes-on";

/** Both clouds' documents. */
const spotNoticeSeconds: Readonly<Record<Cloud, number>> = { aws: 120, alibaba: 300 };

/** A stack's cluster, and what its cloud's own block says. */
export interface Simulated {
  readonly cluster: Cluster;
  readonly filling: Filling;
  /** Undefined where nobody has looked the instance type up: its network is then no limit. */
  readonly machines: Readonly<Record<Role, Machine | undefined>>;
  readonly sharedMbps: number | undefined;
}

/** The settings that a stack declares. */
export function declared(simulated: Simulated, signalling: Signalling): Settings {
  const { cluster } = simulated;
  const { intervalSeconds, healthyThreshold, unhealthyThreshold } = cluster.balancer.health;
  const out = intervalSeconds * unhealthyThreshold;
  return {
    name: `ours, ${cluster.cloud}`,
    fleets: { origin: fleetOf(simulated, "origin"), edge: fleetOf(simulated, "edge") },
    admitSeconds: intervalSeconds * healthyThreshold,
    outSeconds: { application: out, network: out },
    replaces: "unanswering",
    leaveSeconds: leaveOf(cluster, signalling),
    spotNoticeSeconds: spotNoticeSeconds[cluster.cloud],
    moveSeconds: cluster.drain.maxMinutes * 60,
    upgrade: refreshOf(cluster),
    sharedMbps: simulated.sharedMbps,
  };
}

/** As the adapters refresh a group: one zone's share of new machines first, edges before origins; without AWS's hour after the first origin. */
function refreshOf({ origin, edge, network }: Cluster): Upgrade {
  const share = 1 / network.zones.length;
  const percentOf = { origin: origin.minInServicePercent, edge: edge.minInServicePercent };
  return {
    kind: "rolling",
    order: ["edge", "origin"],
    extra: (desired) => Math.max(1, Math.floor(desired * share)),
    keep: (desired, role) => Math.ceil((desired * percentOf[role]) / 100),
    settleSeconds: { origin: origin.cooldownSeconds, edge: edge.cooldownSeconds },
  };
}

function fleetOf({ cluster, filling, machines }: Simulated, role: Role): Fleet {
  const group: NodeGroup = cluster[role];
  const { spotPercent, warmMachines } = elasticityOf(cluster, role);
  const scaling = scalingOf(cluster, role);
  // As in providers/alibaba/compute/target.ts.
  const hasSteps = cluster.cloud === "alibaba" && scaling.follows === "load";
  return {
    cloud: cluster.cloud,
    vcpus: vcpusOf(group.machine),
    carries: carriesOf(cluster, role, [machines[role]]),
    bitrateKbps: cluster.audience?.bitrateKbps ?? assumptions.bitrateKbps,
    zones: cluster.network.zones,
    filling,
    min: group.min,
    max: group.max,
    scaling,
    steps: hasSteps ? loadSteps(scaling.targetPercent, group.min) : undefined,
    metricSeconds: 60,
    schedule: group.schedule,
    leadMinutes: bootSeconds(cluster) / 60,
    spotPercent,
    warmMachines,
  };
}

/** The balancers close what is left at `drainSeconds`, but AWS's network balancer, which lets it live; the hook waits on. */
function leaveOf(cluster: Cluster, signalling: Signalling): Settings["leaveSeconds"] {
  const whole = cluster.drain.maxMinutes * 60;
  const closed = Math.min(whole, cluster.balancer.drainSeconds);
  const network = cluster.cloud === "aws" ? whole : closed;
  switch (signalling) {
    case "ends-session":
      return { application: closed, network };
    case "media-goes-on":
      return { application: whole, network };
    default:
      return assertNever(signalling);
  }
}
