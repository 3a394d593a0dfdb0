import type { Audience } from "../../config/types.ts";
import type { Role } from "../cluster.ts";
import type { MachineSize } from "../groups/machine-size.ts";
import { deciding, edgeLimits, type Limit, type Machine, originLimits } from "./capacity.ts";
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
  readonly cpuTargetPercent: number;
  readonly limits: readonly Limit[];
  readonly decides: Limit | undefined;
}

export interface Wish {
  readonly audience: Audience;
  readonly cpuTargetPercent: number;
  /** Share of the audience that is there before scaling could follow. */
  readonly steadyPercent: number;
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
  const edge = choose("edge", candidates.edge, wish, steady, edgeLimits);
  const origin = choose("origin", candidates.origin, wish, steady, (group, audience) =>
    originLimits(group, audience, (audience === steady ? edge?.min : edge?.max) ?? 0),
  );
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

/** The smallest size that needs no more than a comfortable number of machines, else the one that needs the fewest. */
function choose(
  role: Role,
  candidates: readonly Candidate[],
  wish: Wish,
  steady: Audience,
  limitsOf: LimitsOf,
): Sized | undefined {
  const counted = candidates
    .map((candidate) => count(role, candidate, wish, steady, limitsOf))
    .filter(({ sized }) => sized.max <= mostMachines);
  const fewest = Math.min(...counted.map(({ needed }) => needed));
  const chosen =
    counted.find(({ needed }) => needed <= comfortableMachines) ?? counted.find(({ needed }) => needed === fewest);
  return chosen?.sized;
}

interface Counted {
  readonly sized: Sized;
  /** Machines for the audience alone, without those that the group has at the least. */
  readonly needed: number;
}

function count(role: Role, candidate: Candidate, wish: Wish, steady: Audience, limitsOf: LimitsOf): Counted {
  const { cpuTargetPercent } = wish;
  const group = { machine: candidate.machine, cpuTargetPercent };
  const limits = limitsOf(group, wish.audience);
  const decides = deciding(limits);
  const needed = decides?.machines ?? 0;
  const min = Math.max(wish.least[role], deciding(limitsOf(group, steady))?.machines ?? 0);
  return { sized: { ...candidate, role, min, max: Math.max(min, needed), cpuTargetPercent, limits, decides }, needed };
}
