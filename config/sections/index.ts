import { oneOf } from "../parts.ts";
import * as z from "../zod.ts";
import { applications, applicationsMode } from "./applications.ts";
import { audience } from "./audience.ts";
import { balancer } from "./balancer.ts";
import { cdn } from "./cdn.ts";
import { database } from "./database.ts";
import { access, certificate, domain } from "./entrance.ts";
import { exceptions } from "./exceptions.ts";
import { edge, origin } from "./groups.ts";
import { machines } from "./machines.ts";
import { encryption, media } from "./media.ts";
import { network } from "./network.ts";
import { alarms, drain, generation, logs, monitoring, protect, recordings, tags } from "./operation.ts";
import { turn } from "./turn.ts";

/**
 * The configuration's schema, a section for each top-level key below `ams:`: form, type, default, meaning and the default's
 * source. Strict objects: a typo is an error. Messages say what is allowed; `parse.ts` adds the key path, what came and what
 * to do.
 */
export const sections = {
  cloud: oneOf("aws", "alibaba").describe("Cloud to deploy to."),
  name: z.string({ error: "up to 16 lower-case letters, digits and dashes" }).optional().meta({
    description: "Prefix for every resource name: up to 16 lower-case letters, digits and dashes.",
    source: "`ams-<stack>`",
  }),
  mode: oneOf("cluster", "standalone").describe(
    "`cluster`: an origin group and an edge group that share a database. `standalone`: a single media machine, with no database or edge group. In standalone mode, the settings for the database and the edge group can stay in the stack file, so that you can switch back to `cluster` later.",
  ),
  network,
  database,
  origin,
  edge,
  balancer,
  turn,
  domain,
  certificate,
  cdn,
  access,
  encryption,
  media,
  machines,
  applications,
  applicationsMode,
  audience,
  drain,
  alarms,
  logs,
  monitoring,
  recordings,
  tags,
  protect,
  generation,
  exceptions,
} as const;

export type SectionName = keyof typeof sections;
export const sectionNames = Object.keys(sections) as readonly SectionName[];

/** Sections that the stack file may leave out, with what holds then. */
export const absent = {
  mode: "cluster",
  applicationsMode: "enforce",
  network: {},
  database: {},
  origin: {},
  edge: {},
  balancer: {},
  access: {},
  encryption: {},
  media: {},
  machines: {},
  drain: {},
  alarms: {},
  logs: {},
  monitoring: {},
  recordings: {},
  tags: {},
  protect: true,
  generation: 1,
  exceptions: [],
} as const satisfies Partial<Record<SectionName, unknown>>;

/** Sections that each cluster says itself. */
export const requiredSections = ["cloud", "network", "certificate"] as const satisfies readonly SectionName[];

export const absentOf = (name: SectionName): unknown => (absent as Partial<Record<SectionName, unknown>>)[name];
