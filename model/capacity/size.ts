import type { Audience } from "../../config/types.ts";
import type { Role } from "../cluster.ts";
import type { MachineSize } from "../groups/machine-size.ts";
import {
  deciding,
  edgeLimits,
  fullAtPercent,
  ingestLimits,
  type Limit,
  type Machine,
  originLimits,
  streamMilliCores,
  viewerMilliCores,
} from "./capacity.ts";
import { comfortableMachines } from "./figures.ts";

/** A size that a group may have, with what the cloud's machine of that size has. */
export interface Candidate {
  readonly size: MachineSize;
  readonly type: string;
  readonly machine: Machine;
}

/** A group that carries an audience. */
export interface Sized extends Candidate {
  readonly role: Role;
  readonly min: number;
  readonly max: number;
  /** The wish's, or less where another limit comes before it, so that scaling sees that one. */
  readonly cpuTargetPercent: number;
  readonly limits: readonly Limit[];
  readonly decides: Limit | undefined;
}

export interface Wish {
  readonly audience: Audience;
  readonly cpuTargetPercent: number;
  /** Share of the audience that is there before scaling could follow. */
  readonly steadyPercent: number;
  /** What the groups follow: their load, or CPU alone. @default cpu */
  readonly follows?: "cpu" | "load";
  /** The least machines that a group may have, for its service to outlive one of them. */
  readonly least: Readonly<Record<Role, number>>;
}

/** What a group may have at the most, by the configuration's form. */
export const mostMachines = 1000;

/** The least CPU target that the configuration's form takes. */
export const leastCpuTargetPercent = 10;

/** Origin and edge for an audience; undefined where no candidate carries it with as many machines as a group may have. */
export function sizeCluster(candidates: Readonly<Record<Role, readonly Candidate[]>>, wish: Wish) {
  const steady = atTheStart(wish);
  const edge = choose("edge", candidates.edge, wish, steady, {
    all: edgeLimits,
    own: edgeLimits,
    milliCores: viewerMilliCores,
  });
  const origin = choose("origin", candidates.origin, wish, steady, {
    all: (group, audience) => originLimits(group, audience, (audience === steady ? edge?.min : edge?.max) ?? 0),
    own: ingestLimits,
    milliCores: (machine) => streamMilliCores(machine, wish.audience),
  });
  return { origin, edge };
}

const atTheStart = ({ audience, steadyPercent }: Wish): Audience => ({
  ...audience,
  publishers: Math.ceil((audience.publishers * steadyPercent) / 100),
  viewers: Math.ceil((audience.viewers * steadyPercent) / 100),
});

type LimitsOf = (
  group: { readonly machine: Machine; readonly cpuTargetPercent: number },
  audience: Audience,
) => readonly Limit[];

/** How a role's machines are counted. */
interface Counting {
  readonly all: LimitsOf;
  readonly own: LimitsOf;
  /** Of one stream or viewer. */
  readonly milliCores: (machine: Machine) => number;
}

/** The smallest size that needs no more than a comfortable number of machines, else the one that needs the fewest. */
function choose(
  role: Role,
  candidates: readonly Candidate[],
  wish: Wish,
  steady: Audience,
  counting: Counting,
): Sized | undefined {
  const counted = candidates
    .map((candidate) => count(role, candidate, wish, steady, counting))
    .filter(({ sized }) => sized.max <= mostMachines);
  const fewest = Math.min(...counted.map(({ needed }) => needed));
  const chosen =
    counted.find(({ needed }) => needed <= comfortableMachines) ?? counted.find(({ needed }) => needed === fewest);
  return chosen?.sized;
}

interface Counted {
  readonly sized: Sized;
  /** Machines at the CPU target that was wished for. */
  readonly needed: number;
}

function count(role: Role, candidate: Candidate, wish: Wish, steady: Audience, counting: Counting): Counted {
  const { all, own, milliCores } = counting;
  const { machine } = candidate;
  const wished = { machine, cpuTargetPercent: wish.cpuTargetPercent };
  const seesAll = wish.follows === "load";
  const full = seesAll ? undefined : fullAtPercent(wished, own(wished, wish.audience), milliCores(machine));
  const cpuTargetPercent = full === undefined ? wish.cpuTargetPercent : Math.max(full, leastCpuTargetPercent);
  const group = { machine, cpuTargetPercent };
  const limits = all(group, wish.audience);
  const atStart = Math.max(wish.least[role], deciding(all(group, steady))?.machines ?? 0);
  const max = Math.max(atStart, deciding(limits)?.machines ?? 0);
  // A group that follows CPU alone may never see what decides: then all machines have to be there from the start.
  const isUnseen =
    !seesAll && (deciding(limits)?.isShared === true || (full !== undefined && full < leastCpuTargetPercent));
  const min = isUnseen ? max : atStart;
  const decides = deciding(all(wished, wish.audience));
  return { sized: { ...candidate, role, min, max, cpuTargetPercent, limits, decides }, needed: decides?.machines ?? 0 };
}
