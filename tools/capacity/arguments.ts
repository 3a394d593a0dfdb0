import { parseArgs } from "node:util";
import { type Fault, formatFault, show } from "../../config/fault.ts";
import { checkForm } from "../../config/form.ts";
import { audience as audienceForm } from "../../config/sections/audience.ts";
import type { Audience, Cloud } from "../../config/types.ts";
import type { Role } from "../../model/cluster.ts";
import { type MachineSize, machineSizes } from "../../model/groups/machine-size.ts";
import { UsageError } from "../plan/arguments.ts";
import { type Change, ChangeError, parseChange } from "../stack-file/config-path.ts";

export const help = `Calculates the group sizes that an audience requires, or the audience that a stack supports. No account, no network.

Usage: npm run capacity -- --publishers N --viewers N [options]
       npm run capacity -- --stack STACK [options]

  --publishers N       streams that are published at the same time
  --viewers N          viewers at the same time, by WebRTC
  --bitrate KBPS       maximum bitrate of each publisher and viewer; default: 1500
  --ladder H,H...      renditions that each stream is transcoded into, of 2160, 1080, 720, 480, 360, 240; default: none
  --hours N            hours per day with the full audience, for the cost of traffic
  --gpu                origins with a GPU
  --origin SIZE        size of the origins, such as compute-16; default: the size that needs the fewest machines
  --edge SIZE          size of the edges
  --cloud CLOUD        aws or alibaba; default: both
  --steady PERCENT     share of the audience that the minimum group size supports without scaling; default: 0
  --cpu-target PERCENT target CPU of scaling, 10 to 70; default: 60
  --stack STACK        the audience that this stack supports, compared with its ams:audience
  --config KEY=VALUE   tries a change to the stack without touching the file; may be given again
  --sources            where each figure comes from
  --json               one JSON object and nothing else (npm run --silent capacity -- ...)
  -C, --cwd DIR        directory of the stack files
  -h, --help           this text

Exit code: 0 answered, 1 the stack's configuration has faults or no size supports the audience, 2 the command line has faults.
`;

export interface Arguments {
  readonly help: boolean;
  readonly json: boolean;
  readonly sources: boolean;
  readonly gpu: boolean;
  readonly clouds: readonly Cloud[];
  /** Undefined with --stack, when the stack's own is meant. */
  readonly audience: Audience | undefined;
  /** What the command line says of bitrate and ladder. */
  readonly shape: Partial<Pick<Audience, "bitrateKbps" | "ladder">>;
  readonly sizes: { readonly origin?: MachineSize; readonly edge?: MachineSize };
  readonly steadyPercent: number;
  readonly cpuTargetPercent: number;
  readonly stack: string | undefined;
  readonly changes: readonly Change[];
  readonly directory: string | undefined;
}

const options = {
  publishers: { type: "string" },
  viewers: { type: "string" },
  bitrate: { type: "string" },
  ladder: { type: "string" },
  hours: { type: "string" },
  gpu: { type: "boolean", default: false },
  origin: { type: "string" },
  edge: { type: "string" },
  cloud: { type: "string" },
  steady: { type: "string" },
  "cpu-target": { type: "string" },
  stack: { type: "string" },
  config: { type: "string", multiple: true },
  sources: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  cwd: { type: "string", short: "C" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** A text that is a number as one, all else as it is, for the form to refuse. */
const toNumber = (text: string | undefined): number | string | undefined =>
  text !== undefined && /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;

const flagOf: Readonly<Record<string, string>> = { bitrateKbps: "bitrate", hoursPerDay: "hours" };
const exampleOf: Readonly<Record<string, string>> = {
  publishers: "40",
  viewers: "5000",
  bitrate: "1500",
  hours: "4",
  ladder: "1080,720,480",
};

/** Reads the command line; throws one UsageError with all faults. */
export function parseArguments(words: readonly string[]): Arguments {
  const { values } = parseArgs({ args: [...words], options });
  const faults: Fault[] = [];
  const percent = (flag: string, text: string | undefined, usual: number, least: number, most: number): number => {
    const value = toNumber(text ?? String(usual));
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    const allowed = `a whole number from ${least} to ${most}`;
    faults.push({ path: `--${flag}`, got: show(text), allowed, fix: `Give it as: --${flag} ${usual}` });
    return usual;
  };
  const shape = {
    ...(values.bitrate === undefined ? {} : { bitrateKbps: toNumber(values.bitrate) }),
    ...(values.ladder === undefined ? {} : { ladder: toLadder(values.ladder) }),
  };
  const audience = {
    ...{ ...pick("publishers", values.publishers), ...pick("viewers", values.viewers), ...shape },
    ...pick("hoursPerDay", values.hours),
  };
  const isAsked = values.stack === undefined || values.publishers !== undefined || values.viewers !== undefined;
  const checked = checkAudience(isAsked ? audience : { publishers: 0, viewers: 0, ...shape });
  if (!values.help) faults.push(...checked.faults.map(ofFlag));
  const steadyPercent = percent("steady", values.steady, 0, 0, 100);
  const cpuTargetPercent = percent("cpu-target", values["cpu-target"], 60, 10, 70);
  const clouds = toClouds(values.cloud, faults);
  const sizes = { ...toSize("origin", values.origin, faults), ...toSize("edge", values.edge, faults) };
  faults.push(...misplaced(values));
  const changes = (values.config ?? []).flatMap((text) => toChange(text, faults));
  if (faults.length > 0 && !values.help) throw new UsageError(faults.map(formatFault).join("\n"));
  const { bitrateKbps, ladder } = checked.data ?? {};
  return {
    ...{ help: values.help, json: values.json, sources: values.sources, gpu: values.gpu },
    ...{ clouds, sizes, steadyPercent, cpuTargetPercent, changes, stack: values.stack, directory: values.cwd },
    audience: isAsked && checked.data !== undefined ? toAudience(checked.data) : undefined,
    shape: {
      ...(values.bitrate === undefined || bitrateKbps === undefined ? {} : { bitrateKbps }),
      ...(values.ladder === undefined || ladder === undefined ? {} : { ladder }),
    },
  };
}

const toAudience = ({ hoursPerDay, ...rest }: NonNullable<ReturnType<typeof checkAudience>["data"]>): Audience => ({
  ...rest,
  ...(hoursPerDay === undefined ? {} : { hoursPerDay }),
});

const checkAudience = (given: object) => checkForm("audience", audienceForm, given);

const pick = (key: string, text: string | undefined) => (text === undefined ? {} : { [key]: toNumber(text) });

/** `1080,720` or `1080p,720p`; an empty text is no renditions. */
const toLadder = (text: string): readonly unknown[] =>
  text === "" ? [] : text.split(",").map((part) => toNumber(part.trim().replace(/p$/, "")));

/** The form's fault in the words of the command line. */
function ofFlag(fault: Fault): Fault {
  const key = /^ams:audience\.?(\w+)?/.exec(fault.path)?.[1] ?? "";
  const flag = flagOf[key] ?? key;
  return { ...fault, path: `--${flag}`, fix: `Give it as: --${flag} ${exampleOf[flag] ?? ""}`.trim() };
}

function toClouds(text: string | undefined, faults: Fault[]): readonly Cloud[] {
  const all: readonly Cloud[] = ["aws", "alibaba"];
  const chosen = all.filter((cloud) => text === undefined || cloud === text);
  if (chosen.length === 0) {
    faults.push({ path: "--cloud", got: show(text), allowed: all.join(" or "), fix: "Give it as: --cloud aws" });
  }
  return chosen;
}

function toSize<R extends Role>(
  role: R,
  text: string | undefined,
  faults: Fault[],
): { readonly [P in R]?: MachineSize } {
  if (text === undefined) return {};
  const size = machineSizes.find((each) => each === text);
  const chosen: { [P in R]?: MachineSize } = {};
  if (size !== undefined) chosen[role] = size;
  else {
    const allowed = machineSizes.join(", ");
    faults.push({ path: `--${role}`, got: show(text), allowed, fix: `Give it as: --${role} compute-8` });
  }
  return chosen;
}

/** Options that one way of asking would not read. */
function misplaced(values: Readonly<Record<string, unknown>>): readonly Fault[] {
  const isStack = values["stack"] !== undefined;
  const unread = isStack ? ["gpu", "origin", "edge", "cloud", "steady", "cpu-target", "hours"] : ["config"];
  const given = unread.filter((flag) => {
    const value = values[flag];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  });
  const [allowed, fix] = isStack
    ? ["nothing with --stack, whose file says it", "Try another value with: --config KEY=VALUE"]
    : ["changes to a stack", "Name one with: --stack aws"];
  return given.map((flag) => ({ path: `--${flag}`, got: show(values[flag]), allowed, fix }));
}

function toChange(text: string, faults: Fault[]): readonly Change[] {
  try {
    return [parseChange(text)];
  } catch (error) {
    if (!(error instanceof ChangeError)) throw error;
    faults.push({
      path: "--config",
      got: show(text),
      allowed: "key=value",
      fix: "Give it as: --config edge.max=20",
    });
    return [];
  }
}
