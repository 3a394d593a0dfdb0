import { z } from "zod";
import { type Line, wordsOf } from "./lines.ts";

const number = z.coerce.number();

const form = z.object({
  node: z.string(),
  role: z.string(),
  zone: z.string().optional(),
  seconds: number,
  agent: z.string().optional(),
  ams: z.string().optional(),
  gate: z.string().optional(),
  document: z.string().optional(),
  member: z.string().optional(),
  why: z.string().optional(),
  drain: z.string().optional(),
  until: number.optional(),
  decides: z.string().optional(),
});

/** What a machine is and how it stands, by its own newest word (machine/agent/core/record.py). */
export interface Report {
  readonly machine: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly ip: string;
  readonly role: string;
  readonly zone: string | undefined;
  /** Since its start. */
  readonly ageSeconds: number;
  /** The first digits of its agent's digest. */
  readonly agent: string | undefined;
  /** AMS's version. */
  readonly release: string | undefined;
  readonly gate: string | undefined;
  /** The version of its ams:applications document. */
  readonly document: string | undefined;
  /** member, silent, unknown... (machine/agent/media/heartbeats.py), and why it is no member. */
  readonly member: string | undefined;
  readonly why: string | undefined;
  /** Why it leaves, and by when at the latest, in milliseconds since 1970; undefined for one without a deadline. */
  readonly drain: { readonly why: string; readonly until: number | undefined } | undefined;
  /** The part that the load figure is of. */
  readonly decides: string | undefined;
  /** By metric. */
  readonly figures: Readonly<Record<string, number>>;
}

function toReport({ machine, time, text }: Line): Report | undefined {
  const words = wordsOf(text);
  const { data } = form.safeParse(words);
  if (words["step"] !== "node" || words["state"] !== "reports" || data === undefined) return undefined;
  const { node, role, zone, seconds, agent, ams, gate, document, member, why, drain, until, decides } = data;
  // Metrics have capitals (model/operation/metrics.ts).
  const figures = Object.entries(words).flatMap(([key, value]) =>
    /^[A-Z]/.test(key) && Number.isFinite(Number(value)) ? [[key, Number(value)] as const] : [],
  );
  return {
    ...{ machine, time, ip: node, role, zone, ageSeconds: seconds, agent, release: ams, gate, document, member, why },
    drain: drain === undefined ? undefined : { why: drain, until: until === undefined ? undefined : until * 1000 },
    ...{ decides, figures: Object.fromEntries(figures) },
  };
}

/** Machines report each minute; one of whom there is nothing for longer than this is gone. */
export const reportSeconds = 180;

/** The newest of each machine that reported until the end, by its address. */
export function reports(lines: readonly Line[]): ReadonlyMap<string, Report> {
  const all = lines.flatMap((line) => toReport(line) ?? []);
  const end = Math.max(0, ...all.map(({ time }) => time));
  return new Map(all.filter(({ time }) => end - time <= reportSeconds * 1000).map((report) => [report.ip, report]));
}
