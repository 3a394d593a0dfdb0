import { cloudBlocks } from "../../config/parse.ts";
import type { Cloud } from "../../config/types.ts";
import { type Leaf, leaves, twoValues } from "../honoured/leaves.ts";
import { casesOf } from "../honoured/values.ts";
import { merged } from "../support/merged.ts";
import { isFields, type Step, type Tree, valueAt, withValue } from "./tree.ts";

export interface Mistake {
  readonly cloud: Cloud;
  /** What was typed, for people. */
  readonly name: string;
  /** The key that is wrong, as a fault names it. */
  readonly path: string;
  /** What the key takes. */
  readonly right: unknown;
  readonly kind: "typo" | "type" | "value";
  /** A stack file's `config`. */
  readonly config: Tree;
}

const least: Readonly<Record<Cloud, Tree>> = {
  aws: {
    aws: {
      images: { media: "ami-0123456789abcdef0", gpu: "ami-0123456789abcdef3" },
      hostedZoneId: "Z0123456789ABC",
    },
  },
  alibaba: { alibaba: { images: { media: "m-gw8123456789abcdefgh", gpu: "m-gw8123456789abcdefgj" } } },
};

/** Values for keys that change no resource. */
const plain: Tree = {
  audience: { publishers: 1, viewers: 10, bitrateKbps: 1500, ladder: [720], hoursPerDay: 4 },
  exceptions: [{ rule: "targets-drain", resource: "main", reason: "a reason for it", until: "2099-03-01" }],
};

/** Every mistake of every key of a cloud: a typo in its name, another type, and a value out of its range. */
export function mistakesOn(cloud: Cloud): readonly Mistake[] {
  const other = cloudBlocks.filter((block) => block !== cloud);
  return leaves()
    .filter(({ path }) => path !== "ams:cloud" && !other.some((block) => path.startsWith(`ams:${block}.`)))
    .flatMap((leaf) => mistakesOf(cloud, leaf));
}

function mistakesOf(cloud: Cloud, leaf: Leaf): readonly Mistake[] {
  const { config, steps, value } = rightWith(cloud, leaf);
  const kinds = leaf.beside.map((kind) => String(kind.value)).join(" ");
  const name = (typed: string): string => `${cloud}${kinds === "" ? "" : ` ${kinds}`}: ${typed}`;
  const wrongKey = typoOf(String(steps.at(-1)));
  const parent = steps.slice(0, -1);
  const without = withValue(config, steps, undefined) as Tree;
  return [
    {
      cloud,
      name: name(pathOf([...parent, wrongKey])),
      path: pathOf([...parent, wrongKey]),
      right: value,
      kind: "typo",
      config: withValue(without, [...parent, wrongKey], value) as Tree,
    },
    ...wrongValues(leaf, value).map(([kind, wrong]) => ({
      cloud,
      name: name(`${pathOf(steps)} = ${JSON.stringify(wrong)}`),
      path: pathOf(steps),
      right: value,
      kind,
      config: withValue(config, steps, wrong) as Tree,
    })),
  ];
}

/** A configuration without a fault that sets the key. */
function rightWith(cloud: Cloud, leaf: Leaf): { config: Tree; steps: readonly Step[]; value: unknown } {
  const of = casesOf(cloud).find(
    ({ path, kind }) => path.test(leaf.path) && (kind === undefined || leaf.beside.at(-1)?.value === kind),
  );
  const base = {
    cloud,
    network: { zones: ["a", "b"] },
    certificate: { source: "none" },
    media: { version: "3.1.0" },
    ...least[cloud],
  };
  const beside = merged(base, of?.beside ?? {});
  const kinds = leaf.beside.reduce<unknown>((all, kind) => withValue(all, kind.path, kind.value), beside);
  const value = of?.two?.[0] ?? twoValues(leaf)?.[0] ?? valueAt(plain, leaf.steps) ?? fallback(leaf);
  const full = withValue(
    /^ams:(audience|exceptions)/.test(leaf.path) ? merged(kinds as Tree, plain) : kinds,
    leaf.steps,
    value,
  );
  const secrets = Object.keys(of?.secrets?.[0] ?? {}).map((key) => [key, { secure: "v1:x" }] as const);
  const { cloud: _, ...rest } = { ...(full as Tree), ...Object.fromEntries(secrets) };
  const named = Object.entries({ cloud, ...rest }).map(([key, part]) => [`ams:${key}`, part] as const);
  const regions = { "aws:region": "ap-south-1", "alicloud:region": "eu-central-1" };
  const [section, ...below] = leaf.steps;
  return { config: { ...Object.fromEntries(named), ...regions }, steps: [`ams:${section}`, ...below], value };
}

function fallback({ path, schema }: Leaf): unknown {
  if (path.endsWith("unlistedTypes")) return path.startsWith("ams:aws") ? ["c99.xlarge"] : ["ecs.c99.xlarge"];
  if (path.endsWith("licenceUsdPerHour")) return 0.2;
  throw new Error(`${path}: no value known, ${JSON.stringify(schema)}`);
}

/** Keys with one letter dropped, one twice, or two swapped: which, by the key. */
export function typoOf(key: string): string {
  const [prefix, name] = key.startsWith("ams:") ? ["ams:", key.slice(4)] : ["", key];
  const at = Math.max(1, Math.floor(name.length / 2));
  if (name.length < 4) return `${prefix}${name}${name.at(-1)}`;
  if (name.length % 2 === 0) return `${prefix}${name.slice(0, at)}${name.slice(at + 1)}`;
  return `${prefix}${name.slice(0, at - 1)}${name[at]}${name[at - 1]}${name.slice(at + 1)}`;
}

type Wrong = readonly ["type" | "value", unknown];

function wrongValues({ schema }: Leaf, right: unknown): readonly Wrong[] {
  const { minimum, maximum } = schema;
  const choices = Array.isArray(schema["enum"]) ? schema["enum"] : [];
  if (typeof right === "boolean")
    return [
      ["type", "yes"],
      ["type", 7],
      ["value", "maybe"],
    ];
  if (typeof right === "number")
    return [
      ["type", String(right)],
      ["type", "many"],
      ["type", [right]],
      ["value", -5],
      ["value", typeof maximum === "number" ? maximum + 1 : 1_000_000_000],
      ...(typeof minimum === "number" && minimum > 0 ? [["value", minimum - 1] as const] : []),
    ];
  if (typeof right === "string")
    return [
      ["type", 17],
      ["type", { a: 1 }],
      ...(choices.length > 0
        ? [["value", String(choices.at(-1)).toUpperCase()] as const, ["value", `${choices[0]}x`] as const]
        : [["value", "?!"] as const]),
    ];
  if (Array.isArray(right))
    return [
      ["type", "one, two"],
      ["type", 5],
      ...(right.length > 0 && typeof right[0] === "string" ? [["value", ["?!", ...right.slice(1)]] as const] : []),
    ];
  return isFields(right)
    ? [
        ["type", "text"],
        ["type", [1]],
      ]
    : [];
}

/** As a fault names a path. */
export const pathOf = (steps: readonly Step[]): string =>
  steps
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (index === 0) return step;
      return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    })
    .join("");
