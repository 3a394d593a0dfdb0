import type { Audience } from "../../config/types.ts";
import {
  deciding,
  edgeLimits,
  type Group,
  ingestLimits,
  type Limit,
  originLimits,
  streamMilliCores,
} from "../../model/capacity/capacity.ts";
import { fullAtPercent, lone, publishersOf, viewerMilliCores, viewersOf } from "../../model/capacity/carried.ts";
import { refusalPercent } from "../../model/capacity/figures.ts";
import { machineOf, type SharedMbps } from "../../model/capacity/machines.ts";
import { groupsOf, type Role } from "../../model/cluster.ts";
import { carriesOf, type Scaling, scalingOf } from "../../model/groups/load.ts";
import { machinesIn, poolAddresses, sharedMbps } from "../../recording/read/machines.ts";
import { numberAt, toResources } from "../../recording/read/plain.ts";
import { instanceTypeOf, type Planned, resourcesOf } from "../diagram/planned.ts";
import type { Carried } from "./asked.ts";
import { type CdnFetch, cdnFetch, type TurnServers, turnServers } from "./beside.ts";

/** A group as the stack has it. */
export interface OwnGroup {
  readonly role: Role;
  readonly size: string;
  readonly type: string;
  readonly min: number;
  readonly max: number;
  readonly limits: readonly Limit[];
  readonly decides: Limit | undefined;
  readonly cpuTargetPercent: number;
  readonly follows: Scaling["follows"];
  /**
   * CPU at which a machine is full by another limit; undefined when the target comes first, and for a group that follows
   * its load, which sees each limit of a machine but its GPU encoder.
   */
  readonly fullAtPercent: number | undefined;
}

/** What a stack carries, for an audience of its kind. */
export interface StackCapacity {
  readonly stack: string;
  readonly cloud: Planned["cluster"]["cloud"];
  readonly mode: Planned["cluster"]["mode"];
  readonly audience: Audience;
  /** Whether somebody said how many there are; else the audience is as large as the groups' most. */
  readonly isDeclared: boolean;
  readonly groups: readonly OwnGroup[];
  /** Undefined with a type whose figures nobody has looked up. */
  readonly carried: { readonly atMin: Carried; readonly atMax: Carried } | undefined;
  readonly unknownTypes: readonly string[];
  /** TURN servers, where the stack has any. */
  readonly turn?: TurnServers;
  /** Where the stack has a CDN, and the bitrates of all renditions are known. */
  readonly cdn?: CdnFetch;
}

export type Shape = Pick<Audience, "bitrateKbps" | "ladder">;

/** FAQ's bitrate of 720p and no renditions, where nobody says otherwise. */
export const usualShape: Shape = { bitrateKbps: 1500, ladder: [] };

const endless = Number.POSITIVE_INFINITY;

/** What the planned groups carry; `declared` goes before the stack's own audience. */
export function capacityOf(planned: Planned, shape: Partial<Shape> = {}, declared?: Audience): StackCapacity {
  const { stack, cluster } = planned;
  const own = declared ?? cluster.audience;
  const known = groupsOf(cluster).map(({ role }) => ({ role, type: instanceTypeOf(planned, role) }));
  const unknownTypes = known.flatMap(({ role, type }) => (machineIn(planned, role, type) === undefined ? [type] : []));
  const asked = { ...usualShape, ...cluster.audience, ...declared, ...shape };
  const open: Audience = { ...asked, publishers: own?.publishers ?? endless, viewers: own?.viewers ?? endless };
  const base = { stack, cloud: cluster.cloud, mode: cluster.mode, isDeclared: own !== undefined, unknownTypes };
  if (unknownTypes.length > 0) return { ...base, audience: open, groups: [], carried: undefined };
  const atMax = carriedAt(planned, "max", open);
  const audience = own === undefined ? { ...open, ...atMax } : open;
  // A lone machine has one size, and what it carries of either kind leaves less for the other.
  const atMin = cluster.mode === "standalone" ? atMax : carriedAt(planned, "min", audience);
  const turn = turnServers(planned, audience, own !== undefined);
  const cdn = cdnFetch(planned, audience, groupAt(planned, cluster.mode === "standalone" ? "origin" : "edge", "min"));
  const beside = { ...(turn === undefined ? {} : { turn }), ...(cdn === undefined ? {} : { cdn }) };
  return { ...base, audience, groups: ownGroups(planned, audience), carried: { atMin, atMax }, ...beside };
}

function machineIn(planned: Planned, role: Role, type: string) {
  return machineOf(planned.cluster.cloud, type, publicMbps(planned, role));
}

/** Of the shared bandwidth, of the addresses that the machines bind, or of their own. */
function publicMbps(planned: Planned, role: Role): number | SharedMbps | undefined {
  if (planned.cluster.cloud === "aws") return undefined;
  const all = toResources(planned.recording.resources);
  const [pooled] = poolAddresses(all, role);
  const shared = sharedMbps(all);
  if (pooled !== undefined) return shared === undefined ? numberAt(pooled.props, "bandwidth") : { sharedMbps: shared };
  const known = machinesIn(toResources(resourcesOf(planned, role))).map((machine) => machine.publicMbps);
  return known.find((mbps) => mbps !== undefined);
}

function groupAt(planned: Planned, role: Role, size: "min" | "max"): Group {
  const type = instanceTypeOf(planned, role);
  const machine = machineIn(planned, role, type);
  const group = groupsOf(planned.cluster).find((each) => each.role === role)?.group;
  if (machine === undefined || group === undefined)
    throw new Error(`no capacity data for the ${role} group of ${planned.stack}`);
  const { follows, targetPercent } = scalingOf(planned.cluster, role);
  // A load is a share of the CPU at which AMS refuses.
  const { cpu = refusalPercent } = carriesOf(planned.cluster, role, [machine]);
  const cpuTargetPercent = follows === "cpu" ? targetPercent : (targetPercent * cpu) / 100;
  return { machine, count: group[size], cpuTargetPercent, carries: group.carries };
}

function carriedAt(planned: Planned, size: "min" | "max", audience: Audience): Carried {
  const origin = groupAt(planned, "origin", size);
  if (planned.cluster.mode === "standalone") {
    const publishers = publishersOf(origin, audience, 0);
    const beside = Number.isFinite(audience.publishers) ? audience.publishers : 0;
    const viewers = viewersOf(lone(origin, { ...audience, publishers: beside }), { ...audience, publishers: 0 });
    return { publishers, viewers };
  }
  const edge = groupAt(planned, "edge", size);
  const viewers = viewersOf(edge, audience);
  const watching = Number.isFinite(audience.viewers) ? audience.viewers : viewers;
  return { viewers, publishers: publishersOf(origin, { ...audience, viewers: watching }, edge.count) };
}

function ownGroups(planned: Planned, audience: Audience): readonly OwnGroup[] {
  return groupsOf(planned.cluster).map(({ role, group: { machine: size, min, max } }): OwnGroup => {
    const group = groupAt(planned, role, "max");
    const edges = planned.cluster.mode === "standalone" ? 0 : planned.cluster.edge.max;
    const limits = role === "edge" ? edgeLimits(group, audience) : originLimits(group, audience, edges);
    const { cpuTargetPercent, machine } = group;
    const { follows } = scalingOf(planned.cluster, role);
    const byCpu =
      role === "edge"
        ? fullAtPercent(group, limits, viewerMilliCores(machine))
        : fullAtPercent(group, ingestLimits(group, audience), streamMilliCores(machine, audience));
    const full = follows === "cpu" ? byCpu : undefined;
    const base = { role, size, type: instanceTypeOf(planned, role), min, max, cpuTargetPercent, fullAtPercent: full };
    return { ...base, follows, limits, decides: deciding(limits) };
  });
}
