import { nearestName } from "../../model/nearest-name.ts";
import { isCidr, toCidr } from "../../model/network/ranges.ts";
import * as z from "../zod.ts";
import { choicesOf, exampleOf, membersOf, type Place, unwrap } from "./shape.ts";

type Schema = z.ZodType;

/** Values that the schema takes, the likeliest first: made of what came, then examples. Never what came. */
export function suggestions(schema: Schema, got: unknown, place: Place): readonly unknown[] {
  const all = [repairOf(schema, got), exampleOf(schema, place), ...choicesOf(schema)];
  return [...new Set(all)].filter((value) => value !== undefined);
}

/** A value that the schema takes and that what came was most likely meant to be. */
function repairOf(schema: Schema, got: unknown): unknown {
  if (typeof got === "string" && got.length > longest) return undefined;
  return candidates(schema, got).find((value) => value !== undefined && schema.safeParse(value).success);
}

/** A longer text is no slip of the fingers. */
const longest = 200;

function candidates(schema: Schema, got: unknown): readonly unknown[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return lists(inner.element as Schema, got);
  if (inner instanceof z.ZodUnion && Array.isArray(inner.options)) {
    const members = membersOf(inner).filter((member) => member !== inner);
    return [...texts(got), ...members.flatMap((member) => candidates(member, got))];
  }
  if (inner instanceof z.ZodNumber) return numbers(inner, got);
  return [...nearest(choicesOf(inner), got), ...texts(got)];
}

/** The choice whose name, or whose number, comes nearest. */
function nearest(choices: readonly unknown[], got: unknown): readonly unknown[] {
  const value = asNumber(got);
  const amounts = choices.filter((choice) => typeof choice === "number");
  if (value !== undefined && amounts.length > 0)
    return [...amounts].sort((one, other) => Math.abs(one - value) - Math.abs(other - value)).slice(0, 1);
  const names = choices.filter((choice) => typeof choice === "string");
  if (typeof got !== "string" && typeof got !== "number") return [];
  return [nearestName(String(got), names), names.find((name) => name.startsWith(String(got)))];
}

const asNumber = (got: unknown): number | undefined => {
  const value = typeof got === "number" ? got : typeof got === "string" && got.trim() !== "" ? Number(got) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
};

/** The number itself where it came as a text, a whole one, or the nearest end of the range. */
function numbers({ minValue, maxValue }: ReturnType<typeof z.number>, got: unknown): readonly unknown[] {
  const value = asNumber(got);
  if (value === undefined) return [];
  const ends = [minValue ?? value, maxValue ?? value] as const;
  return [value, Math.round(value), Math.min(Math.max(value, ends[0]), ends[1])];
}

/** A list that came as a text, or one of whose values is wrong. */
function lists(element: Schema, got: unknown): readonly unknown[] {
  const parts =
    typeof got === "string" ? got.replace(/^\[|\]$/g, "").split(/[\s,;]+/) : Array.isArray(got) ? got : [got];
  const mended = parts
    .filter((part) => part !== "" && part !== undefined && part !== null)
    .map((part: unknown) => (element.safeParse(part).success ? part : repairOf(element, part)));
  if (mended.length === 0 || mended.includes(undefined)) return [];
  const single = [...new Set(mended)];
  return [mended, single, ...[50, 20, 10, 5, 3].map((count) => single.slice(0, count))];
}

function texts(got: unknown): readonly unknown[] {
  if (typeof got === "number" || typeof got === "boolean") return [String(got), `${got}.0`];
  if (typeof got !== "string") return [];
  const text = got.trim();
  const lower = text.toLowerCase();
  return [
    ...truths.flatMap(([value, words]) => ((words as readonly string[]).includes(lower) ? [value] : [])),
    text,
    lower,
    asNumber(text),
    `${text}/32`,
    networkOf(text),
    /^[a-z]{2}-[a-z]+-(?:\d+-?)?([a-z])$/.exec(lower)?.[1],
    sizeOf(lower),
    lower.replace(/^[a-z]+:\/\//, "").replace(/[/:].*$|\.$/g, ""),
    text.replace(/\/+$/, ""),
    text.replace(/^http:/, "https:"),
    /^[\w.-]+\.[a-z]{2,}\//.test(text) ? `https://${text}` : undefined,
    /^[\w.-]+\.[a-z]{2,}:\d+$/.test(lower) ? `stun:${lower}` : undefined,
    `0${text}`,
    text.replace(/^v/, ""),
    /^v?\d+(\.\d+)?$/.test(text) ? `${text.replace(/^v/, "")}.0` : undefined,
  ];
}

const truths = [
  [true, ["true", "yes", "on", "1", "y", "enabled"]],
  [false, ["false", "no", "off", "0", "n", "disabled"]],
] as const;

/** The range that an address with a prefix lies in. */
function networkOf(text: string): string | undefined {
  const [, address = "", bits] = /^(\d+(?:\.\d+){3})\/(\d+)$/.exec(text) ?? [];
  const prefix = Number(bits);
  if (!isCidr(`${address}/32`) || !(prefix >= 0 && prefix <= 32)) return undefined;
  const number = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - prefix);
  return toCidr({ start: number - (number % size), prefix });
}

const families: Readonly<Record<string, string>> = { c: "compute", m: "general", g: "general", p: "gpu", gn: "gpu" };

/** The size of machine that an instance type of AWS or Alibaba Cloud has. */
function sizeOf(text: string): string | undefined {
  const [, ecs, letters = "", times = ""] = /^(ecs\.)?([a-z]+)\d\w*\.(\d*)xlarge$/.exec(text) ?? [];
  const family = ecs === undefined && letters === "g" ? "gpu" : families[letters];
  return family === undefined ? undefined : `${family}-${4 * Number(times === "" ? 1 : times)}`;
}
