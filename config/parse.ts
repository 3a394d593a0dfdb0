import { ladderOf } from "../model/applications/ladder.ts";
import { secretKeys } from "../model/cluster.ts";
import { bootMinutes } from "../model/groups/event.ts";
import { defaultName, maxNameLength, namePattern } from "../model/naming.ts";
import { nearestName } from "../model/nearest-name.ts";
import { mergeRanges } from "../model/network/ranges.ts";
import { checkAcross } from "./checks/across.ts";
import { propertyWarnings } from "./checks/ams/properties.ts";
import { checkUploaded } from "./checks/certificate/uploaded.ts";
import { eventWarnings } from "./checks/groups.ts";
import { reachWarnings } from "./checks/network.ts";
import { checkUnusedSecrets } from "./checks/secrets.ts";
import { readSetup } from "./checks/setup.ts";
import { turnWarnings } from "./checks/turn.ts";
import { type Fault, show } from "./fault.ts";
import { checkForm } from "./form.ts";
import { checkLimits } from "./limits.ts";
import type { RawConfig } from "./raw.ts";
import { setPath } from "./remedy/command.ts";
import { unknownKey } from "./remedy/fix.ts";
import type { Place } from "./remedy/shape.ts";
import { checkSecrets, valueAt } from "./secret.ts";
import { certificateSource } from "./sections/entrance.ts";
import { absentOf, type SectionName, sectionNames, sections } from "./sections/index.ts";
import { fromText } from "./text.ts";
import type { Applications, Audience, Chosen, Cluster, Sections } from "./types.ts";

export interface Parsed {
  readonly faults: readonly Fault[];
  /** What may be right, and a person should look at; there whatever else is wrong. */
  readonly warnings: readonly string[];
  /** There only without faults. */
  readonly cluster?: Cluster;
  /** The cloud, as far as it could be read, so that its own settings can be checked too. */
  readonly cloud?: Cluster["cloud"];
}

/** Top-level keys that an adapter reads itself. */
export const cloudBlocks = ["aws", "alibaba"] as const;

export const regionKey = { aws: "aws:region", alibaba: "alicloud:region" } as const;

/** Reads a whole configuration and reports every fault at once; never throws for a value that a person typed. */
export function parse(raw: RawConfig): Parsed {
  const limit = checkLimits(raw.values);
  if (limit !== undefined) return { faults: [limit], warnings: [] };
  const uploaded = checkUploaded(raw);
  const secretFaults = checkSecrets(raw);
  const told = new Set(secretFaults.map(({ path }) => path));
  const faults: Fault[] = [...unknownKeys(raw), ...secretFaults, ...uploaded.faults];
  const read: Record<string, unknown> = {};
  for (const name of sectionNames) {
    const value = withKind(name, raw.values[name] ?? absentOf(name));
    const { data, known, faults: found } = checkForm<unknown>(name, sections[name], value, placeOf(read["cloud"], raw));
    read[name] = found.length === 0 ? data : known;
    if (!(name in raw.secrets) && !isMistyped(raw, name)) faults.push(...found.filter(({ path }) => !told.has(path)));
  }
  const parts = read as Partial<Sections>;
  const name = checkName(raw, parts.name, faults);
  const region = checkRegion(raw, parts.cloud, faults);
  const chosen = withSource(parts, raw);
  const setup = readSetup(parts.machines, raw.directory);
  const meant = new Set(faults.map((fault) => fault.meant));
  faults.push(...checkAcross(chosen, raw.secrets).filter(({ path }) => !meant.has(path)));
  faults.push(...checkUnusedSecrets(chosen, raw.secrets), ...setup.faults);
  const cloud = parts.cloud === undefined ? {} : { cloud: parts.cloud };
  const leadMinutes = bootMinutes(parts.media?.startMinutes ?? 0, setup.script?.minutes ?? 0);
  const warnings = [
    ...uploaded.warnings,
    ...(parts.media === undefined ? [] : propertyWarnings(parts.media)),
    ...reachWarnings(chosen),
    ...turnWarnings(parts.turn),
    ...eventWarnings("origin", parts.origin, leadMinutes),
    ...eventWarnings("edge", parts.edge, leadMinutes),
  ];
  if (faults.length > 0 || region === undefined) return { faults, warnings, ...cloud };
  const { turn, domain, cdn, database, audience, applications, network, machines: _, ...rest } = parts as Sections;
  const cluster = {
    ...rest,
    access: { ...rest.access, adminCidrs: mergeRanges(rest.access.adminCidrs) },
    network: { ...network, nat: network.nat ?? (network.existing === undefined ? "one" : "none") },
    name,
    region,
    database: rest.mode === "standalone" ? { kind: "none" } : database,
    ...(turn === undefined ? {} : { turn }),
    ...(domain === undefined ? {} : { domain }),
    ...(cdn === undefined ? {} : { cdn }),
    ...(audience === undefined ? {} : { audience: withLadder(audience, applications) }),
    ...(applications === undefined ? {} : { applications }),
    ...(setup.script === undefined ? {} : { setup: setup.script }),
  };
  return { faults, warnings, ...cloud, cluster: deepFreeze(cluster) as Cluster };
}

/** Where the stack is for, as far as it could be read; the cloud is the first section. */
function placeOf(cloud: unknown, { regions }: RawConfig): Place {
  if (cloud !== "aws" && cloud !== "alibaba") return {};
  const region = regions[cloud];
  return { cloud, region: isRegion(region) ? region : undefined };
}

/** An audience that names no renditions gets those of the applications. */
const withLadder = (audience: Audience, applications: Applications = {}): Audience =>
  audience.ladder.length === 0 ? { ...audience, ladder: ladderOf(applications) } : audience;

export const usualKinds: Partial<Record<SectionName, string>> = { database: "instance", balancer: "managed" };

/** A database that doesn't say its kind is one instance, a balancer the cloud's own. */
function withKind(section: SectionName, value: unknown): unknown {
  const kind = usualKinds[section];
  return kind === undefined || typeof value !== "object" ? value : { kind, ...value };
}

/** Where a certificate comes from decides what else is needed, whatever is missing of the certificate itself. */
function withSource(parts: Partial<Sections>, raw: RawConfig): Chosen {
  const { data } = certificateSource.safeParse(valueAt(raw.values["certificate"], "source"));
  return data === undefined || parts.certificate !== undefined ? parts : { ...parts, certificate: { source: data } };
}

const known: readonly string[] = [...sectionNames, ...cloudBlocks, ...secretKeys];

const unknownNames = ({ values }: RawConfig): readonly string[] =>
  Object.keys(values).filter((key) => !known.includes(key));

const unknownKeys = (raw: RawConfig): readonly Fault[] =>
  unknownNames(raw).map((key) => unknownKey("ams:", key, asMeant(key, raw.values[key]), known));

/** The engine's text of a group, as the key reads it that was meant. */
function asMeant(key: string, value: unknown): unknown {
  const nearest = nearestName(key, known);
  return nearest === undefined || typeof value !== "string" ? value : fromText(nearest, value);
}

/** Whether a key is missing because its name is mistyped: the unknown key is the one fault. */
export const isMistyped = (raw: RawConfig, name: string): boolean =>
  raw.values[name] === undefined && unknownNames(raw).some((key) => nearestName(key, known) === name);

function checkName(raw: RawConfig, name: string | undefined, faults: Fault[]): string {
  const chosen = name ?? defaultName(raw.stack);
  if (chosen.length > maxNameLength || !namePattern.test(chosen)) {
    faults.push({
      path: "ams:name",
      got: name === undefined ? `${show(chosen)}, derived from the stack name` : show(chosen),
      allowed: `up to ${maxNameLength} lower-case letters, digits and dashes, starting with a letter`,
      fix: setPath("ams:name", nameOf(chosen)),
    });
  }
  return chosen;
}

/** A name that is allowed, as near as can be. */
function nameOf(typed: string): string {
  const name = typed
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[-0-9]+/, "")
    .slice(0, maxNameLength);
  return namePattern.test(name) ? name : "live";
}

function checkRegion(raw: RawConfig, cloud: Cluster["cloud"] | undefined, faults: Fault[]): string | undefined {
  if (cloud === undefined) return undefined;
  const region = raw.regions[cloud];
  if (isRegion(region)) return region;
  const key = regionKey[cloud];
  const example = cloud === "aws" ? "ap-south-1" : "eu-central-1";
  faults.push({
    path: key,
    got: show(region),
    allowed: `a region id such as ${example}`,
    fix: setPath(key, regionOf(region) ?? example),
  });
  return undefined;
}

const isRegion = (text: unknown): text is string =>
  typeof text === "string" && /^[a-z]{2,4}(-[a-z]+){1,3}(-\d)?$/.test(text);

/** The region that a zone's id or capitals mean. */
function regionOf(typed: unknown): string | undefined {
  const text = String(typed).toLowerCase().replaceAll("_", "-").trim();
  return [text, text.replace(/(\d)-?[a-z]$/, "$1"), text.replace(/-[a-z]$/, "")].find(isRegion);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
