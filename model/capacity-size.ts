import type { Audience } from "./audience.ts";
import { deciding, edgeLimits, type Limit, type Machine, originLimits } from "./capacity.ts";
import { comfortableMachines } from "./capacity-figures.ts";
import type { MachineSize, Role } from "./cluster.ts";

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

/** Origin and edge for an audience; undefined where no candidate carries it with as many machines as a group may have. */
export function sizeCluster(candidates: Readonly<Record<Role, readonly Candidate[]>>, wish: Wish) {
  const steady = atTheStart(wish);
  const edge = choose("edge", candidates.edge, wish, steady, (candidate, audience) =>
    edgeLimits({ machine: candidate.machine, cpuTargetPercent: wish.cpuTargetPercent }, audience),
  );
  const origin = choose("origin", candidates.origin, wish, steady, (candidate, audience) => {
    const edges = audience === steady ? edge?.min : edge?.max;
    return originLimits({ machine: candidate.machine, cpuTargetPercent: wish.cpuTargetPercent }, audience, edges ?? 0);
  });
  return { origin, edge };
}

const atTheStart = ({ audience, steadyPercent }: Wish): Audience => ({
  ...audience,
  publishers: Math.ceil((audience.publishers * steadyPercent) / 100),
  viewers: Math.ceil((audience.viewers * steadyPercent) / 100),
});

type LimitsOf = (candidate: Candidate, audience: Audience) => readonly Limit[];

/** The smallest size that needs no more than a comfortable number of machines, else the one that needs the fewest. */
function choose(
  role: Role,
  candidates: readonly Candidate[],
  { audience, least }: Wish,
  steady: Audience,
  limitsOf: LimitsOf,
): Sized | undefined {
  const sized = candidates
    .map((candidate): Sized => {
      const limits = limitsOf(candidate, audience);
      const decides = deciding(limits);
      const min = Math.max(least[role], deciding(limitsOf(candidate, steady))?.machines ?? 0);
      return { ...candidate, role, min, max: Math.max(min, decides?.machines ?? 0), limits, decides };
    })
    .filter(({ max }) => max <= mostMachines);
  const fewest = Math.min(...sized.map(({ max }) => max));
  return sized.find(({ max }) => max <= comfortableMachines) ?? sized.find(({ max }) => max === fewest);
}
