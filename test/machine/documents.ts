import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { agentBucket } from "../../model/naming.ts";
import { ask } from "../ams/real/ask.ts";
import type { Question } from "../ams/real/conformance.ts";
import { cluster } from "../support/cluster.ts";
import { objectHost } from "./objects.ts";
import { hurry, put, type Service, until } from "./rig.ts";
import { type Node, node, type Site, secretKey, secretOf } from "./site.ts";
import { isMember } from "./states.ts";

/** What an application is to be, as the document has it. */
export interface Wanted {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: readonly string[];
}

export const streamKey = "streamKey01234567890123456789012345";

const open = { acceptOnlyStreamsInDataStore: false, ingestingStreamLimit: -1, publishJwtControlEnabled: false };

/** One with a key of its own, and renditions. */
export const live: Wanted = {
  settings: {
    ...open,
    publishJwtControlEnabled: true,
    hlsMuxingEnabled: false,
    encoderSettings: [{ height: 720, videoBitrate: 2_000_000, audioBitrate: 96_000, forceEncode: false }],
  },
  secrets: ["jwtStreamSecretKey"],
};

export const plain: Wanted = { settings: { ...open, hlsTime: "4" }, secrets: [] };

const closed: Wanted = {
  settings: { acceptOnlyStreamsInDataStore: true, ingestingStreamLimit: 0, publishJwtControlEnabled: true },
  secrets: ["jwtStreamSecretKey"],
};

export const documentOf = (mode: "off" | "enforce" | "report", applications: Readonly<Record<string, Wanted>>) => ({
  mode,
  applications,
  closed,
});

/** UUIDs of version 7 in their order. */
export const version = (number: number): string => `019ad000-0000-7000-8000-${String(number).padStart(12, "0")}`;

const place = ({ kind }: Site, key: string): string =>
  `${objectHost(kind, agentBucket(cluster({ cloud: kind })), "ap-south-1")}/${key}`;

/** Puts a document into the bucket, and the pointer to it; `pointer` changes that one. */
export function publish(at: Site, number: number, document: unknown, pointer: object = {}): void {
  const text = typeof document === "string" ? document : `${JSON.stringify(document, undefined, 1)}\n`;
  const sha256 = createHash("sha256").update(text).digest("hex");
  const key = `applications/${sha256}.json`;
  at.cloud.objects.set(place(at, key), text);
  const current = { version: version(number), key, sha256, ...pointer };
  at.cloud.objects.set(place(at, "applications/current.json"), JSON.stringify(current));
}

/** The machines' secret with keys of applications. */
export function keep(at: Site, applications: Readonly<Record<string, Readonly<Record<string, string>>>>): void {
  at.cloud.secrets.set(secretKey(at.kind), JSON.stringify({ ...secretOf(at.url), applications }));
}

export type Settings = Readonly<Record<string, unknown>>;

/** What somebody with the panel's rights asks of a node. */
async function rest(of: Node, path: string, more: Partial<Question> = {}) {
  const server = { url: of.url, application: "live", ...of.keys() };
  return ask({ path: `/rest/v2/applications${path}`, by: "node", ...more }, server);
}

export const settingsOf = async (of: Node, name = "live"): Promise<Settings> =>
  (await rest(of, `/settings/${name}`)).value as Settings;

export const applicationsOf = async (of: Node): Promise<readonly string[]> =>
  ((await rest(of, "")).value as { readonly applications: readonly string[] }).applications;

/** Changes some settings as the panel does: with all others as they are. */
export async function click(of: Node, settings: Settings, name = "live"): Promise<boolean> {
  const body = { ...(await settingsOf(of, name)), ...settings };
  return ((await rest(of, `/settings/${name}`, { method: "POST", body })).value as { success: boolean }).success;
}

export const create = async (of: Node, name: string): Promise<number> =>
  (await rest(of, `/${name}`, { method: "POST" })).status;

/** Waits until an application's settings are these. */
export async function becomes(
  of: Node,
  wanted: Settings,
  name = "live",
  log: () => string = () => "",
  seconds = 30,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found: Settings = (await settingsOf(of, name)) ?? {};
    const wrong = Object.keys(wanted).filter((key) => JSON.stringify(found[key]) !== JSON.stringify(wanted[key]));
    if (wrong.length === 0) return;
    const values = wrong.map((key) => `${key}=${JSON.stringify(found[key])}`);
    if (Date.now() > end) throw new Error(`never: ${name} with ${wrong.join(", ")}; it has ${values}\n${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What the program says of its last look. */
export function drift({ root }: Node): {
  readonly version?: string;
  readonly mode?: string;
  readonly drift?: number | null;
  readonly unread?: boolean;
  readonly applications?: Readonly<Record<string, readonly string[]>> | null;
} {
  try {
    return JSON.parse(readFileSync(`${root}/run/ams-cluster/drift`, "utf8"));
  } catch {
    // Not there yet.
    return {};
  }
}

/** A standalone server that runs, without a database. */
export async function alone(at: Site): Promise<Node> {
  const one = await node(at);
  hurry(one.root, { mode: "standalone" });
  await started(one);
  return one;
}

export async function started(one: Node): Promise<Service> {
  const service = one.start();
  await until("a member", isMember(one), service.log);
  return service;
}

/** Waits for the program's word on the state of all applications. */
export const says = (one: Node, agent: Service, words: Readonly<Record<string, readonly string[]>>): Promise<void> =>
  until(
    `the findings ${JSON.stringify(words)}`,
    () => JSON.stringify(drift(one).applications) === JSON.stringify(words),
    () => `${JSON.stringify(drift(one))}\n${agent.log()}`,
    30,
  );

export const fault = (of: Node, name: string, value: unknown): void =>
  put(`${of.ams}/faults/${name}`, JSON.stringify(value));
