import { type Fault, formatFault, show } from "../../config/fault.ts";
import { checkForm } from "../../config/form.ts";
import { audience as audienceForm } from "../../config/sections/audience.ts";
import type { Audience, Cloud } from "../../config/types.ts";
import { type MachineSize, machineSizes } from "../../model/groups/machine-size.ts";
import type { GivenTo } from "../cli/commands.ts";
import { UsageError } from "../cli/faults.ts";
import { optionName } from "../cli/run.ts";

/** What the command line asks for, checked. */
export interface Request {
  readonly gpu: boolean;
  readonly clouds: readonly Cloud[];
  /** Undefined with --stack, when the stack's own is meant. */
  readonly audience: Audience | undefined;
  /** What the command line says of bitrate and ladder. */
  readonly shape: Partial<Pick<Audience, "bitrateKbps" | "ladder">>;
  readonly sizes: { readonly origin?: MachineSize; readonly edge?: MachineSize };
  readonly steadyPercent: number;
  readonly cpuTargetPercent: number;
}

type Asked = GivenTo<"capacity">;

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

/** Throws one UsageError with all faults. */
export function requestOf(asked: Asked): Request {
  const faults: Fault[] = [];
  const refuse = (option: string, given: unknown, allowed: string, fix: string): void =>
    void faults.push({ path: option, got: show(given), allowed, fix });
  const percent = (option: string, text: string | undefined, usual: number, least: number, most: number): number => {
    const value = toNumber(text ?? String(usual));
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    refuse(option, text, `a whole number from ${least} to ${most}`, `For example: ${option} ${usual}`);
    return usual;
  };
  const oneOf = <T extends string>(
    option: string,
    text: string | undefined,
    all: readonly T[],
    usual: T,
  ): T | undefined => {
    const found = all.find((one) => one === text);
    if (text !== undefined && found === undefined)
      refuse(option, text, all.join(", "), `For example: ${option} ${usual}`);
    return found;
  };
  const { data, faults: refused } = checkForm("audience", audienceForm, audienceOf(asked));
  faults.push(...refused.map(ofFlag));
  const steadyPercent = percent("--steady", asked.steady, 0, 0, 100);
  const cpuTargetPercent = percent("--cpu-target", asked.cpuTarget, 60, 10, 70);
  const cloud = oneOf<Cloud>("--cloud", asked.cloud, ["aws", "alibaba"], "aws");
  const origin = oneOf("--origin", asked.origin, machineSizes, "compute-8");
  const edge = oneOf("--edge", asked.edge, machineSizes, "compute-8");
  for (const [key, given] of misplaced(asked)) {
    if (asked.stack === undefined)
      refuse(
        optionName(key),
        given,
        "only with --stack, because this option changes a stack's configuration",
        "Specify the stack with: --stack aws",
      );
    else {
      const allowed = "only without --stack, because the stack file sets this value";
      refuse(optionName(key), given, allowed, "Try another value with: --config KEY=VALUE");
    }
  }
  if (faults.length > 0 || data === undefined) throw new UsageError(faults.map(formatFault).join("\n"));
  const { publishers, viewers, hoursPerDay, bitrateKbps, ladder } = data;
  const audience = { publishers, viewers, bitrateKbps, ladder, ...(hoursPerDay === undefined ? {} : { hoursPerDay }) };
  return {
    ...{ gpu: asked.gpu, clouds: cloud === undefined ? ["aws", "alibaba"] : [cloud], steadyPercent, cpuTargetPercent },
    audience: isOwn(asked) ? audience : undefined,
    sizes: { ...(origin === undefined ? {} : { origin }), ...(edge === undefined ? {} : { edge }) },
    shape: {
      ...(asked.bitrate === undefined ? {} : { bitrateKbps }),
      ...(asked.ladder === undefined ? {} : { ladder }),
    },
  };
}

/** Whether the command line has an audience of its own. */
const isOwn = ({ stack, publishers, viewers }: Asked): boolean =>
  stack === undefined || publishers !== undefined || viewers !== undefined;

function audienceOf(asked: Asked): object {
  const { bitrate, ladder, publishers, viewers, hours } = asked;
  const people = isOwn(asked) ? { publishers, viewers } : { publishers: "0", viewers: "0" };
  const texts = { ...people, bitrateKbps: bitrate, hoursPerDay: isOwn(asked) ? hours : undefined };
  const numbers = Object.entries(texts).flatMap(([key, text]) => (text === undefined ? [] : [[key, toNumber(text)]]));
  return { ...Object.fromEntries(numbers), ...(ladder === undefined ? {} : { ladder: toLadder(ladder) }) };
}

/** `1080,720` or `1080p,720p`; an empty text is no renditions. */
const toLadder = (text: string): readonly unknown[] =>
  text === "" ? [] : text.split(",").map((part) => toNumber(part.trim().replace(/p$/, "")));

/** The form's fault in the words of the command line. */
function ofFlag(fault: Fault): Fault {
  const key = /^ams:audience\.?(\w+)?/.exec(fault.path)?.[1] ?? "";
  const flag = flagOf[key] ?? key;
  return { ...fault, path: `--${flag}`, fix: `For example: --${flag} ${exampleOf[flag] ?? ""}`.trim() };
}

/** Options that one way of asking would not read. */
function misplaced(asked: Asked): readonly (readonly [key: string, given: unknown])[] {
  const { gpu, origin, edge, cloud, steady, cpuTarget, hours } = asked;
  if (asked.stack === undefined)
    return asked.config.length > 0 ? [["config", asked.config.map(({ text }) => text)]] : [];
  return Object.entries({ gpu, origin, edge, cloud, steady, cpuTarget, hours }).filter(
    ([, given]) => given !== undefined && given !== false,
  );
}
