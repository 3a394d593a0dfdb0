import { sections } from "../../config/sections/index.ts";
import type { Audience, Cloud } from "../../config/types.ts";
import { publishersOf, viewersOf } from "../../model/capacity/carried.ts";
import { refusalPercent } from "../../model/capacity/figures.ts";
import { type Sized, sizeCluster } from "../../model/capacity/size.ts";
import { toCosted } from "../cost/costed.ts";
import { type MonthlyCost, monthlyCost } from "../cost/monthly.ts";
import { planStack } from "../diagram/planned.ts";
import { parseChange } from "../stack-file/config-path.ts";
import { type Choice, choicesOf } from "./cheapest.ts";
import { candidatesOf, least } from "./machines.ts";
import type { Request } from "./request.ts";

/** A cloud's answer to an audience. */
export interface Answer {
  readonly cloud: Cloud;
  readonly audience: Audience;
  readonly cpuTargetPercent: number;
  /** Undefined where no machine of the model carries it. */
  readonly origin: Sized | undefined;
  readonly edge: Sized | undefined;
  /** What they carry together, at the least and the most machines. */
  readonly carried: { readonly atMin: Carried; readonly atMax: Carried } | undefined;
  /** Keys and values to set. */
  readonly config: readonly (readonly [path: string, value: string])[];
  /** Of the project's own stack of that cloud with these groups; undefined where that can't be planned. */
  readonly cost: MonthlyCost | undefined;
  /** The pairs of sizes that carry it, the cheapest first; licences are not in their price. */
  readonly choices: readonly Choice[];
}

export interface Carried {
  readonly publishers: number;
  readonly viewers: number;
}

/** An image with GPU drivers is the operator's to choose; for the price any will do. */
const gpuImage: Readonly<Record<Cloud, readonly [path: string, value: string]>> = {
  aws: ["ams:aws.images.gpu", "marketplace"],
  alibaba: ["ams:alibaba.images.gpu", "m-gw800000000000000000"],
};

export async function answer(cloud: Cloud, audience: Audience, asked: Request, directory: string): Promise<Answer> {
  const { cpuTargetPercent, steadyPercent, gpu } = asked;
  const wish = { audience, cpuTargetPercent, steadyPercent, least };
  const { origin, edge } = sizeCluster(wanted(candidatesOf(cloud, gpu), asked.sizes), wish);
  const base = { cloud, audience, cpuTargetPercent, origin, edge };
  if (origin === undefined || edge === undefined) {
    return { ...base, carried: undefined, config: [], cost: undefined, choices: [] };
  }
  const config = [
    ...[origin, edge].flatMap((sized) => [...linesOf(sized), ...targetLines(sized), ...encoderLines(sized)]),
    ...(gpu ? [gpuImage[cloud]] : []),
    ...audienceLines(audience),
  ];
  const cost = await costOf(cloud, config, directory);
  const choices = choicesOf(cloud, gpu, wish, cost.region);
  return { ...base, carried: together(origin, edge, audience), config, cost, choices };
}

/** The sizes that were asked for, of those that there are. */
function wanted(all: ReturnType<typeof candidatesOf>, { origin, edge }: Request["sizes"]): typeof all {
  return {
    origin: all.origin.filter(({ size }) => origin === undefined || size === origin),
    edge: all.edge.filter(({ size }) => edge === undefined || size === edge),
  };
}

function together(origin: Sized, edge: Sized, audience: Audience): Answer["carried"] {
  const at = (size: "min" | "max"): Carried => ({
    publishers: publishersOf({ ...origin, count: origin[size] }, audience, edge[size]),
    viewers: viewersOf({ ...edge, count: edge[size] }, audience),
  });
  return { atMin: at("min"), atMax: at("max") };
}

const linesOf = ({ role, size, min, max }: Sized): Answer["config"] => [
  [`ams:${role}.machine`, size],
  [`ams:${role}.min`, String(min)],
  [`ams:${role}.max`, String(max)],
  [`ams:${role}.follow`, "load"],
];

/** The load at which the CPU is at its target, rounded up so that no machine carries less; the defaults need no line. */
function targetLines({ role, cpuTargetPercent }: Sized): Answer["config"] {
  const target = Math.ceil((100 * cpuTargetPercent) / refusalPercent);
  const { loadTargetPercent, surge } = sections[role].parse({});
  const halfway = Math.ceil((target + 100) / 2);
  return [
    ...(target === loadTargetPercent ? [] : [[`ams:${role}.loadTargetPercent`, String(target)] as const]),
    ...(target <= surge.aboveLoadPercent ? [] : [[`ams:${role}.surge.aboveLoadPercent`, String(halfway)] as const]),
  ];
}

/** No other part of a machine's load tells of its GPU encoder. */
const encoderLines = ({ role, limits }: Sized): Answer["config"] =>
  limits.flatMap(({ name, each = 0 }) =>
    name === "gpu" && each > 0 ? [[`ams:${role}.carries.publishers`, String(each)] as const] : [],
  );

const audienceLines = ({ publishers, viewers, bitrateKbps, ladder, hoursPerDay }: Audience): Answer["config"] => [
  ["ams:audience.publishers", String(publishers)],
  ["ams:audience.viewers", String(viewers)],
  ["ams:audience.bitrateKbps", String(bitrateKbps)],
  ...ladder.map((height, place) => [`ams:audience.ladder[${place}]`, String(height)] as const),
  ...(hoursPerDay === undefined ? [] : [["ams:audience.hoursPerDay", String(hoursPerDay)] as const]),
];

async function costOf(cloud: Cloud, config: Answer["config"], directory: string): Promise<MonthlyCost> {
  const changes = config.map(([path, value]) => parseChange(`${path}=${value}`));
  return monthlyCost(toCosted(await planStack(directory, cloud, changes)));
}
