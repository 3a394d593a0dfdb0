import type { Audience, NodeGroup } from "../../config/types.ts";
import {
  encoderFrames,
  framesPerSecond,
  gpuRenditionMilliCores,
  measuredAtPercent,
  publisherMilliCores,
  renditionKbps,
  renditionMilliCores,
  type SourceId,
  viewersPerVcpu,
} from "./figures.ts";

/** What a machine has, as far as a source says it; undefined is unknown, and no limit is made up for it. */
export interface Machine {
  readonly vcpus: number;
  readonly gpu: boolean;
  /** What the network carries for as long as it has to, each way; bursts are not counted. */
  readonly networkMbps: number | undefined;
  readonly internet: Internet;
  /** Where the two are from: keys of `model/capacity/*.json`. */
  readonly sources: { readonly network: readonly string[]; readonly internet: readonly string[] };
}

/** The way between a machine and its publishers and viewers. */
export interface Internet {
  /** A share of the machine's network, or the peak of its public address, where a cloud sells that by itself. */
  readonly limit: "bandwidth" | "public-bandwidth";
  readonly inMbps: number | undefined;
  readonly outMbps: number | undefined;
  /** What all machines have together, each way, where they share a bandwidth. */
  readonly sharedMbps?: number;
}

export type LimitName =
  | "cpu"
  | "gpu"
  | "bandwidth"
  | "public-bandwidth"
  | "shared-bandwidth"
  | "publishers"
  | "viewers"
  | "allocations"
  | "balancer";

/** One thing that a group can run out of. */
export interface Limit {
  readonly name: LimitName;
  readonly what: string;
  /** Streams of an origin or viewers of an edge; undefined: unknown. */
  readonly each: number | undefined;
  /** Machines that the audience needs for this limit alone; undefined: unknown. */
  readonly machines: number | undefined;
  /** Keys of `sources` in capacity-figures.ts or in `model/capacity/*.json`. */
  readonly sources: readonly string[];
  /** Grows with what other groups ask for, so that no CPU target stands for it. */
  readonly isShared?: true;
}

/** Machines of a group that are counted on. */
export interface Group {
  readonly machine: Machine;
  readonly count: number;
  readonly cpuTargetPercent: number;
  /** What the stack says of each machine, which goes before the cloud's figures. */
  readonly carries?: NodeGroup["carries"];
}

export type OfGroup = Pick<Group, "machine" | "cpuTargetPercent" | "carries">;

export const machinesFor = (asked: number, each: number | undefined): number | undefined =>
  each === undefined ? undefined : asked === 0 ? 0 : Math.ceil(asked / each);

export const perMbps = (mbps: number | undefined, kbps: number): number | undefined =>
  mbps === undefined ? undefined : Math.floor((mbps * 1000) / kbps);

/** All of a stream: as published, and each rendition; undefined when a rendition's bitrate is unknown. */
export function streamKbps({ bitrateKbps, ladder }: Audience): number | undefined {
  return ladder.reduce<number | undefined>((sum, height) => {
    const kbps = renditionKbps[height];
    return sum === undefined || kbps === undefined ? undefined : sum + kbps;
  }, bitrateKbps);
}

/** Thousandths of a core that a published stream takes. */
export function streamMilliCores({ gpu }: Machine, { ladder }: Audience): number {
  if (gpu) {
    // The measurements are of whole machines: receiving the stream is in them.
    const encoded = ladder.map((height) => Math.min(renditionMilliCores[height], gpuRenditionMilliCores));
    return Math.max(publisherMilliCores, sum(encoded));
  }
  return publisherMilliCores + sum(ladder.map((height) => renditionMilliCores[height]));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const internetWords = { bandwidth: "network bandwidth", "public-bandwidth": "public address bandwidth" } as const;

/** What edges can run out of. */
export function edgeLimits({ machine, cpuTargetPercent, carries = {} }: OfGroup, audience: Audience): readonly Limit[] {
  const { vcpus, internet, sources } = machine;
  const byCpu = Math.floor((vcpus * viewersPerVcpu(vcpus) * cpuTargetPercent) / measuredAtPercent);
  const limit = (name: LimitName, what: string, each: number | undefined, from: readonly string[]): Limit => ({
    ...{ name, what, each, machines: machinesFor(audience.viewers, each), sources: from },
  });
  const toViewers = perMbps(carries.egressMbps ?? internet.outMbps, audience.bitrateKbps);
  return [
    limit("cpu", `viewers at ${cpuTargetPercent} % CPU`, byCpu, ["calculator", "viewers"]),
    limit(internet.limit, `${internetWords[internet.limit]} to viewers`, toViewers, sources.internet),
    ...sharedLimit(machine, audience.viewers, audience.bitrateKbps),
    ...fetched(carries.ingressMbps ?? machine.networkMbps, audience).map((each) =>
      limit("bandwidth", "network bandwidth from origins", each, [...sources.network, "bitrates", "pull"]),
    ),
    ...sessions("viewers", carries.viewers, audience.viewers),
  ];
}

/** Where the stack says how many a machine carries. */
const sessions = (name: "publishers" | "viewers", each: number | undefined, asked: number): readonly Limit[] =>
  each === undefined
    ? []
    : [{ name, what: `carries.${name} in the stack file`, each, machines: machinesFor(asked, each), sources: [] }];

/** What machines that share a bandwidth carry together, and so each of them at most: more machines carry no more. */
function sharedLimit({ internet }: Machine, asked: number, kbps: number): readonly Limit[] {
  const each = perMbps(internet.sharedMbps, kbps);
  if (each === undefined) return [];
  const machines = asked > each ? Number.POSITIVE_INFINITY : 0;
  return [
    {
      name: "shared-bandwidth",
      what: "Internet Shared Bandwidth for all machines",
      each,
      machines,
      sources: ["shared"],
    },
  ];
}

/** Viewers of an edge when each watches another stream, should those streams be more than it can fetch. */
function fetched(networkMbps: number | undefined, audience: Audience): readonly (number | undefined)[] {
  const kbps = streamKbps(audience);
  if (kbps === undefined || networkMbps === undefined) return [undefined];
  return audience.publishers * kbps <= networkMbps * 1000 ? [] : [Math.floor((networkMbps * 1000) / kbps)];
}

/** What origins can run out of, while so many edges fetch from them. */
export const originLimits = (group: OfGroup, audience: Audience, edges: number): readonly Limit[] => [
  ...ingestLimits(group, audience),
  ...(edges === 0 ? [] : [fanOut(group, audience, edges)]),
];

/** Of these, what a machine runs out of by itself, whatever the others do. */
export function ingestLimits(
  { machine, cpuTargetPercent, carries = {} }: OfGroup,
  audience: Audience,
): readonly Limit[] {
  const { publishers, bitrateKbps, ladder } = audience;
  const { internet } = machine;
  const limit = (name: LimitName, what: string, each: number | undefined, from: readonly string[]): Limit => ({
    ...{ name, what, each, machines: machinesFor(publishers, each), sources: from },
  });
  const byCpu = Math.floor((machine.vcpus * cpuTargetPercent * 10) / streamMilliCores(machine, audience));
  const ofLadder: readonly SourceId[] = ladder.length === 0 ? [] : [machine.gpu ? "gpuCpu" : "renditions"];
  const fromPublishers = perMbps(carries.ingressMbps ?? internet.inMbps, bitrateKbps);
  const words = `${internetWords[internet.limit]} from publishers`;
  const limits = [
    limit("cpu", `streams at ${cpuTargetPercent} % CPU`, byCpu, ["calculator", "viewers", ...ofLadder]),
    limit(internet.limit, words, fromPublishers, machine.sources.internet),
    ...sharedLimit(machine, publishers, bitrateKbps),
    ...sessions("publishers", carries.publishers, publishers),
  ];
  if (machine.gpu && ladder.length > 0) limits.push(limit("gpu", "the GPU encoder", byGpu(audience), ["gpuFrames"]));
  return limits;
}

/** Whole streams for which the encoder is fast enough. */
function byGpu({ ladder }: Audience): number | undefined {
  const seconds = ladder.reduce<number | undefined>((total, height) => {
    const frames = encoderFrames[height];
    return total === undefined || frames === undefined ? undefined : total + framesPerSecond / frames;
  }, 0);
  return seconds === undefined ? undefined : Math.floor(1 / seconds);
}

/** Streams on their way to the edges: each edge fetches each stream that one of its viewers watches. */
function fanOut({ machine, carries }: OfGroup, audience: Audience, edges: number): Limit {
  const { publishers, viewers } = audience;
  const { sources } = machine;
  const networkMbps = carries?.egressMbps ?? machine.networkMbps;
  const limit = {
    name: "bandwidth" as const,
    isShared: true as const,
    what: `network bandwidth to ${edges} edges`,
    sources: [...sources.network, "bitrates", "pull"],
  };
  const kbps = streamKbps(audience);
  if (kbps === undefined || networkMbps === undefined) return { ...limit, each: undefined, machines: undefined };
  const copies = Math.min(publishers * edges, viewers);
  const each = copies === 0 ? undefined : Math.floor((networkMbps * 1000 * publishers) / (copies * kbps));
  return { ...limit, each, machines: Math.ceil((copies * kbps) / (networkMbps * 1000)) };
}

/** The limit that asks for the most machines, of equal ones the tightest; undefined when all are unknown. */
export function deciding(limits: readonly Limit[]): Limit | undefined {
  const endless = Number.POSITIVE_INFINITY;
  const [first] = limits
    .filter(({ machines }) => machines !== undefined)
    .sort((a, b) => (b.machines ?? 0) - (a.machines ?? 0) || (a.each ?? endless) - (b.each ?? endless));
  return first;
}

/** Of all limits, what the tightest lets through. */
export const least = (limits: readonly Limit[]): number =>
  Math.min(...limits.map(({ each }) => each ?? Number.POSITIVE_INFINITY));
