import type { Audience } from "../../config/types.ts";
import {
  edgeLimits,
  type Group,
  ingestLimits,
  type Limit,
  least,
  type Machine,
  type OfGroup,
  perMbps,
  streamKbps,
  streamMilliCores,
} from "./capacity.ts";
import { measuredAtPercent, viewersPerVcpu } from "./figures.ts";

/** What groups of machines carry of an audience. */

/** Viewers that the edges carry. */
export function viewersOf(edge: Group, audience: Audience): number {
  return together(edge, edge.count * least(edgeLimits(edge, audience)), audience);
}

/** Machines that share a bandwidth carry no more of it together. */
const together = ({ machine }: OfGroup, carried: number, { bitrateKbps }: Audience): number =>
  Math.min(carried, perMbps(machine.internet.sharedMbps, bitrateKbps) ?? Number.POSITIVE_INFINITY);

/** Streams that the origins carry while so many edges serve the audience's viewers. */
export function publishersOf(origin: Group, audience: Audience, edges: number): number {
  const ingested = together(origin, origin.count * least(ingestLimits(origin, audience)), audience);
  return Math.min(ingested, fannedOut(origin, audience, edges));
}

/** Streams that reach the edges: without end while all that the viewers could ask for gets through. */
function fannedOut({ machine, count, carries }: Group, audience: Audience, edges: number): number {
  const kbps = streamKbps(audience);
  const networkMbps = carries?.egressMbps ?? machine.networkMbps;
  if (kbps === undefined || networkMbps === undefined) return Number.POSITIVE_INFINITY;
  const available = count * networkMbps * 1000;
  return audience.viewers * kbps <= available ? Number.POSITIVE_INFINITY : Math.floor(available / (kbps * edges));
}

/** Viewers that a lone machine carries beside the audience's publishers. */
export function lone(group: OfGroup, audience: Audience): Group {
  const { machine, cpuTargetPercent } = group;
  const used = (audience.publishers * streamMilliCores(machine, audience)) / (cpuTargetPercent * 10);
  return { ...group, machine: { ...machine, vcpus: Math.max(0, machine.vcpus - used) }, count: 1 };
}

/**
 * The CPU at which a machine's own other limits are reached before its target; undefined when the target comes first.
 * A group that follows its CPU alone adds no machine below its target, however full the network is.
 */
export function fullAtPercent({ machine, cpuTargetPercent }: OfGroup, own: readonly Limit[], milliCores: number) {
  const others = least(own.filter(({ name }) => name !== "cpu"));
  const percent = Math.floor((others * milliCores) / (machine.vcpus * 10));
  return percent < cpuTargetPercent ? percent : undefined;
}

/** Thousandths of a core that a viewer takes. */
export const viewerMilliCores = ({ vcpus }: Machine): number => (measuredAtPercent * 10) / viewersPerVcpu(vcpus);
