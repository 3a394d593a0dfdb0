import { mostTurnServers } from "../../config/sections/turn.ts";
import type { Audience } from "../../config/types.ts";
import type { LimitName } from "../../model/capacity/capacity.ts";
import { leastCpuTargetPercent, mostMachines } from "../../model/capacity/size.ts";
import { commandLine } from "../cli/invocation.ts";
import type { Planned } from "../diagram/planned.ts";
import { capacityOf, type OwnGroup, type StackCapacity } from "./carried.ts";

const count = (number: number): string => number.toLocaleString("en-US");

/** What is said of a declared audience. */
export interface Verdict {
  /** What keeps the groups from carrying it. */
  readonly warnings: readonly string[];
  /** How they come to carry it. */
  readonly notes: readonly string[];
}

const nothing: Verdict = { warnings: [], notes: [] };

/** What a person who declared an audience should know about the groups; nothing where they carry it from the start. */
export function audienceVerdict(planned: Planned): Verdict {
  if (planned.cluster.audience === undefined) return nothing;
  const capacity = capacityOf(planned);
  if (capacity.carried === undefined) {
    const types = capacity.unknownTypes.join(" and ");
    return {
      ...nothing,
      warnings: [
        `ams:audience: cannot check whether the groups support this audience, because no capacity data is available for ${types}`,
      ],
    };
  }
  return judgeBoth(capacity);
}

export function judgeBoth(capacity: StackCapacity): Verdict {
  const both = [
    ...(["publishers", "viewers"] as const).map((what) => judge(capacity, what)),
    { warnings: [...relayWarnings(capacity), ...cdnWarnings(capacity)], notes: [] },
  ];
  return { warnings: both.flatMap(({ warnings }) => warnings), notes: both.flatMap(({ notes }) => notes) };
}

function judge(capacity: StackCapacity, what: "publishers" | "viewers"): Verdict {
  const { audience, carried, groups, mode } = capacity;
  const role = what === "viewers" && mode === "cluster" ? "edge" : "origin";
  const group = groups.find((each) => each.role === role);
  if (group === undefined || carried === undefined) return nothing;
  const [asked, atMin, atMax] = [audience[what], carried.atMin[what], carried.atMax[what]];
  const path = `ams:audience.${what} ${count(asked)}`;
  if (asked > atMax) return { ...nothing, warnings: [`${path}: ${tooFew(group, atMax, capacity)}`, ...unseen(group)] };
  if (asked <= atMin) return nothing;
  const note = `${path}: ams:${role}.min ${group.min} supports ${count(atMin)}; scaling adds more machines`;
  const warnings = unseen(group);
  return warnings.length > 0 ? { ...nothing, warnings: [note, ...warnings] } : { ...nothing, notes: [note] };
}

/** What a group's figure does not see: of the load only the GPU encoder, and of CPU alone all else. */
export function unseen({
  role,
  follows,
  cpuTargetPercent,
  fullAtPercent,
  limits,
  decides,
}: OwnGroup): readonly string[] {
  if (follows === "load") return encoder(role, limits);
  if (decides?.isShared === true) {
    const needed = decides.machines === undefined ? "" : `. Machines required from the start: ${decides.machines}`;
    return [`ams:${role}.min: the limit is ${decides.what}, which does not trigger scaling${needed}`];
  }
  if (fullAtPercent === undefined) return [];
  const tightest = limits
    .filter(({ name }) => name !== "cpu")
    .sort((a, b) => (a.each ?? Number.POSITIVE_INFINITY) - (b.each ?? Number.POSITIVE_INFINITY))[0];
  const target = `ams:${role}.cpuTargetPercent`;
  const fix =
    fullAtPercent < leastCpuTargetPercent
      ? `Raise ams:${role}.min instead`
      : `Lower the target with: pulumi config set --path ${target} ${fullAtPercent}`;
  const what = `${tightest?.name ?? "another limit"} (${tightest?.each ?? "?"} per machine)`;
  return [
    `${target} ${cpuTargetPercent}: ${what} is reached at ${fullAtPercent} % CPU, before scaling adds machines. ${fix}`,
  ];
}

/** Where it is full before the CPU reaches its target, only a number of streams tells of it. */
function encoder(role: OwnGroup["role"], limits: OwnGroup["limits"]): readonly string[] {
  const each = (name: LimitName): number | undefined => limits.find((limit) => limit.name === name)?.each;
  const [gpu, cpu] = [each("gpu"), each("cpu")];
  if (gpu === undefined || cpu === undefined || gpu >= cpu || each("publishers") !== undefined) return [];
  const path = `ams:${role}.carries.publishers`;
  return [
    `${path}: the GPU encoder reaches its limit (${gpu} streams per machine) before the load reaches its target, so scaling is not triggered. To scale on the number of streams: pulumi config set --path ${path} ${Math.max(1, gpu)}`,
  ];
}

function tooFew(group: OwnGroup, most: number, { mode, cloud, audience }: StackCapacity): string {
  const { role, size, type, max, decides, fullAtPercent } = group;
  if (mode === "standalone")
    return `one ${size} (${type}) supports ${count(most)}. Set ams:mode to cluster, or select a larger size`;
  const who = `ams:${role}.max ${max} with ${size} (${type}) supports ${count(most)}; the limit is ${decides?.name ?? "unknown"}`;
  const mbps = Math.ceil((audience.viewers * audience.bitrateKbps) / 1000);
  if (decides?.name === "shared-bandwidth")
    return `${who}. Raise the bandwidth with: pulumi config set --path ams:alibaba.sharedBandwidthMbps ${mbps}`;
  const needed = decides?.machines ?? mostMachines + 1;
  const fix =
    needed > mostMachines || fullAtPercent !== undefined
      ? ""
      : `Required: ${needed} machines. Raise the maximum with: pulumi config set --path ams:${role}.max ${needed}. `;
  return `${who}. ${fix}To calculate sizes: ${askAgain(cloud, audience)}`;
}

function askAgain(cloud: string, { publishers, viewers, bitrateKbps, ladder }: Audience): string {
  const renditions = ladder.length === 0 ? "" : ` --ladder ${ladder.join(",")}`;
  return commandLine(
    "capacity",
    `--cloud ${cloud} --publishers ${publishers} --viewers ${viewers} --bitrate ${bitrateKbps}${renditions}`,
  );
}

/** Whether the TURN servers carry the viewers who have no other way. */
function relayWarnings({ turn, audience }: StackCapacity): readonly string[] {
  if (turn === undefined) return [];
  const { size, type, count: servers, decides, carries, relayed = 0, limits, allocationKbps } = turn;
  const needed = Math.max(...limits.map(({ machines = 0 }) => machines));
  const fix =
    needed <= mostTurnServers
      ? `Add TURN servers with: pulumi config set --path ams:turn.count ${needed}`
      : !Number.isFinite(needed)
        ? "Use a lower ams:audience.bitrateKbps, or set ams:alibaba.sharedBandwidthMbps"
        : `Use a larger ams:turn.machine${decides?.name === "allocations" ? " and a higher ams:turn.allocations" : ""}`;
  const people = `ams:audience.viewers ${count(audience.viewers)}: the TURN servers relay the media of ${count(relayed)} viewers`;
  const limit = `ams:turn.count ${servers} with ${size} (${type}) supports ${count(carries)}; the limit is ${decides?.name ?? "unknown"}`;
  const slow = `ams:turn.allocationMbps ${allocationKbps / 1000}: relayed viewers do not receive the full stream, because this value is less than ams:audience.bitrateKbps ${audience.bitrateKbps}`;
  return [
    ...(relayed > carries ? [`${people}; ${limit}. ${fix}`] : []),
    ...(relayed > 0 && allocationKbps < audience.bitrateKbps ? [slow] : []),
  ];
}

/** A CDN's cache that asks for more than all edges send. */
const cdnWarnings = ({ cdn, groups }: StackCapacity): readonly string[] =>
  cdn === undefined || cdn.caches >= 1
    ? []
    : [
        `ams:cdn: a CDN cache that fetches all streams uses ${count(Math.ceil(cdn.mbps))} Mbps, which exceeds the bandwidth of ams:${groups.at(-1)?.role}.min machines. Increase ams:${groups.at(-1)?.role}.min`,
      ];
