import type { Cluster } from "../../config/types.ts";
import type { Machine } from "../capacity/capacity.ts";
import { refusalPercent } from "../capacity/figures.ts";
import { groupsOf, type Role } from "../cluster.ts";

/** How full a media machine is, and what its group does about it: one rule for machines, scaling, simulation and pages. */

/** What a machine can run out of, in the order in which equal ones are named. */
export const loadParts = ["cpu", "memory", "egress", "ingress", "publishers", "viewers"] as const;
export type LoadPart = (typeof loadParts)[number];

/** By part: percent of CPU and memory, Mbps of the network, numbers of sessions. A part that is not there is unknown. */
export type Amounts = Readonly<Partial<Record<LoadPart, number>>>;

/**
 * What a machine of the group carries, beyond which AMS or the network refuses. `machines` are its instance types, as
 * `machineOf` knows them: of several the least counts, and one that nobody has looked up leaves the network unknown.
 * Publishers and viewers count only if the stack says how many: capacity's own numbers stand for CPU, which is measured.
 */
export function carriesOf(cluster: Cluster, role: Role, machines: readonly (Machine | undefined)[]): Amounts {
  const { viewers, publishers, egressMbps, ingressMbps } = cluster[role].carries;
  const network = leastOf(machines, (machine) => machine.networkMbps);
  // WebRTC's media passes no balancer: what clients send and get goes through the machine's own way to the internet.
  const isPublic = cluster.network.media === "public";
  const sends = isPublic && (role === "edge" || cluster.mode === "standalone");
  const receives = isPublic && role === "origin";
  const out = sends ? leastOf(machines, ({ internet }) => internet.outMbps) : network;
  const into = receives ? leastOf(machines, ({ internet }) => internet.inMbps) : network;
  return known({
    cpu: limitOf(cluster, "server.cpu_limit"),
    memory: limitOf(cluster, "server.memory_limit_percentage"),
    egress: egressMbps ?? least(network, out),
    ingress: ingressMbps ?? least(network, into),
    publishers,
    viewers,
  });
}

/** The percent at which AMS refuses clients; it takes what is outside of 10 to 100 for the nearer of the two. */
function limitOf({ media }: Cluster, property: string): number {
  const percent = Number(media.properties[property] ?? refusalPercent);
  return Math.min(Math.max(percent, 10), 100);
}

const least = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : Math.min(one, other);

function leastOf(
  machines: readonly (Machine | undefined)[],
  figure: (machine: Machine) => number | undefined,
): number | undefined {
  const [first, ...others] = machines.map((machine) => (machine === undefined ? undefined : figure(machine)));
  return others.reduce(least, first);
}

const known = (amounts: Readonly<Record<LoadPart, number | undefined>>): Amounts =>
  Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== undefined));

export interface Load {
  /** 100: the machine carries no more. May be above it. */
  readonly percent: number;
  readonly decides: LoadPart;
}

/** The fullest part; undefined where no part is known. The machines' own (machine/agent/figures/load.py) says the same. */
export function loadOf(usage: Amounts, carries: Amounts): Load | undefined {
  return loadParts.reduce<Load | undefined>((fullest, part) => {
    const [used, limit] = [usage[part], carries[part]];
    if (used === undefined || limit === undefined) return fullest;
    const percent = (100 * used) / limit;
    return fullest === undefined || percent > fullest.percent ? { percent, decides: part } : fullest;
  }, undefined);
}

/** The figure that a group's rules follow, as the average of its machines: their CPU, or `LoadPercent`. */
export interface Scaling {
  readonly follows: "cpu" | "load";
  readonly targetPercent: number;
  /** The step on top of the target, after one minute. */
  readonly surge: { readonly abovePercent: number; readonly addPercent: number };
  readonly cooldownSeconds: number;
}

export function scalingOf(cluster: Cluster, role: Role): Scaling {
  const { follow, cpuTargetPercent, loadTargetPercent, surge, cooldownSeconds } = groupOf(cluster, role);
  const { addPercent } = surge;
  return follow === "cpu"
    ? {
        follows: follow,
        targetPercent: cpuTargetPercent,
        surge: { abovePercent: surge.abovePercent, addPercent },
        cooldownSeconds,
      }
    : {
        follows: follow,
        targetPercent: loadTargetPercent,
        surge: { abovePercent: surge.aboveLoadPercent, addPercent },
        cooldownSeconds,
      };
}

function groupOf(cluster: Cluster, role: Role) {
  const found = groupsOf(cluster).find((each) => each.role === role);
  if (found === undefined) throw new Error(`the cluster has no ${role} group`);
  return found.group;
}
