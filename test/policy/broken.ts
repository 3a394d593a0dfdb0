import type { RawConfig } from "../../config/raw.ts";
import type { Cloud } from "../../policy/index.ts";
import { type Fields, isFields, type Plain, toPlain } from "../../recording/read/plain.ts";
import type { Recording } from "../../recording/record.ts";
import { render, stackFiles } from "../support/contract.ts";

/** The stacks that one thing is broken in, and what the rules say then. */

const blockOf = (block: unknown): object => (typeof block === "object" && block !== null ? block : {});

/** What the shipped stack files leave out, and some rules look at. */
const more: Readonly<Record<Cloud, object>> = {
  aws: {
    recordings: { store: "bucket" },
    cdn: { domain: "cdn.example.com", exclusive: true, recordings: true },
    alarms: { emails: ["a@example.com"], webhooks: ["https://example.com/x"] },
  },
  alibaba: {
    recordings: { store: "bucket" },
    cdn: { domain: "cdn.example.com", certificateId: "12345678-ap-southeast-1", exclusive: true },
    alarms: { emails: ["a@example.com"] },
    alibaba: {
      ...blockOf(stackFiles.alibaba.values["alibaba"]),
      zonePolicy: "priority",
      upgrade: "instance-refresh",
    },
  },
};

const withAll = (cloud: Cloud): RawConfig => ({
  ...stackFiles[cloud],
  values: { ...stackFiles[cloud].values, ...more[cloud] },
});

const full: Readonly<Record<Cloud, RawConfig>> = { aws: withAll("aws"), alibaba: withAll("alibaba") };

/** A shipped stack file with all of it: the same object each time. */
export const fullStack = (cloud: Cloud): RawConfig => full[cloud];

export interface Thing {
  readonly type: string;
  readonly name: string;
  readonly props: Fields;
}

export interface Case {
  readonly rule: string;
  readonly cloud: Cloud;
  readonly what: string;
  /** `TYPE NAME` of the resource that is changed; the type as in `lb/listener`, the name without the cluster's. */
  readonly at: string;
  /** New values by path; undefined takes a property away. */
  readonly set: Readonly<Record<string, Plain | undefined>>;
  /** `TYPE NAME` of what is found fault with, if it isn't what was changed. */
  readonly found?: string;
}

const sdk: Readonly<Record<Cloud, string>> = { aws: "aws", alibaba: "alicloud" };

/** Cases of one rule on one cloud, as `[what, at, set]` or with what is found fault with. */
export function broken(
  rule: string,
  cloud: Cloud,
  ...rows: readonly (readonly [what: string, at: string, set: Case["set"], found?: string])[]
): readonly Case[] {
  return rows.map(([what, at, set, found]) => ({
    rule,
    cloud,
    what,
    at,
    set,
    ...(found === undefined ? {} : { found }),
  }));
}

const stacks = new Map<RawConfig, Promise<readonly Thing[]>>();

/** What a shipped stack file makes, in plain form. */
export const stackOf = (cloud: Cloud): Promise<readonly Thing[]> => thingsOf(cloud, stackFiles[cloud]);

/** The same with everything that the file leaves out: what is broken on purpose. */
export const fullStackOf = (cloud: Cloud): Promise<readonly Thing[]> => thingsOf(cloud, full[cloud]);

function thingsOf(cloud: Cloud, raw: RawConfig): Promise<readonly Thing[]> {
  const made = stacks.get(raw) ?? renderStack(cloud, raw);
  stacks.set(raw, made);
  return made;
}

async function renderStack(cloud: Cloud, raw: RawConfig): Promise<readonly Thing[]> {
  return thingsIn((await render(cloud, raw)).recording);
}

export function thingsIn({ resources }: Recording): readonly Thing[] {
  return resources
    .filter(({ custom }) => custom)
    .map(({ type, name, inputs }) => ({ type, name, props: toPlain(inputs) }));
}

/** Whether `TYPE NAME` means a resource. */
export function isAt(at: string, cloud: Cloud, { type, name }: Omit<Thing, "props">): boolean {
  const [short = "", ...rest] = at.split(" ");
  const prefix = short.startsWith("random:") ? short : `${sdk[cloud]}:${short}:`;
  return type.startsWith(prefix) && name === ["ams", cloud, ...rest].join("-");
}

/** A full stack with the case's one resource changed. */
export async function breakStack({ cloud, at, set }: Case): Promise<readonly Thing[]> {
  const stack = await fullStackOf(cloud);
  const target = stack.filter((thing) => isAt(at, cloud, thing));
  if (target.length !== 1) throw new Error(`${target.length} resources are ${at} on ${cloud}`);
  return stack.map((thing) => (target.includes(thing) ? { ...thing, props: change(thing.props, set) } : thing));
}

export function change(props: Fields, set: Case["set"]): Fields {
  const changed = Object.entries(set).reduce<Plain>(
    (whole, [path, value]) => replaceAt(whole, keysOf(path), value),
    props,
  );
  return isFields(changed) ? changed : {};
}

const keysOf = (path: string): readonly string[] => path.split(/[.[\]]+/).filter((key) => key !== "");

export function replaceAt(whole: Plain | undefined, keys: readonly string[], value: Plain | undefined): Plain {
  const [key, ...rest] = keys;
  if (key === undefined) return value ?? null;
  if (Array.isArray(whole)) {
    const list: readonly Plain[] = whole;
    return list.flatMap((one, index) => {
      if (index !== Number(key)) return [one];
      return rest.length === 0 && value === undefined ? [] : [replaceAt(one, rest, value)];
    });
  }
  const fields: Fields = isFields(whole) ? whole : {};
  if (rest.length > 0) return { ...fields, [key]: replaceAt(fields[key], rest, value) };
  const { [key]: _old, ...others } = fields;
  return value === undefined ? others : { ...others, [key]: value };
}

/** User data as the clouds take it. */
export const base64 = (text: string): string => Buffer.from(text).toString("base64");
