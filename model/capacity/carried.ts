import type { Audience } from "../../config/types.ts";
import {
  edgeLimits,
  type Group,
  ingestLimits,
  least,
  type OfGroup,
  perMbps,
  streamKbps,
  streamMilliCores,
} from "./capacity.ts";

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
function fannedOut({ machine, count }: Group, audience: Audience, edges: number): number {
  const kbps = streamKbps(audience);
  if (kbps === undefined || machine.networkMbps === undefined) return Number.POSITIVE_INFINITY;
  const available = count * machine.networkMbps * 1000;
  return audience.viewers * kbps <= available ? Number.POSITIVE_INFINITY : Math.floor(available / (kbps * edges));
}

/** Viewers that a lone machine carries beside the audience's publishers. */
export function lone({ machine, cpuTargetPercent }: OfGroup, audience: Audience): Group {
  const used = (audience.publishers * streamMilliCores(machine, audience)) / (cpuTargetPercent * 10);
  return { machine: { ...machine, vcpus: Math.max(0, machine.vcpus - used) }, count: 1, cpuTargetPercent };
}
