import { type Line, wordsOf } from "./lines.ts";
import type { Report } from "./reports.ts";

/** What a machine has of ams:applications, by its own newest word (machine/agent/applications/applications.py). */
export interface Held {
  /** The document's version; undefined on a machine that has none yet. */
  readonly version: string | undefined;
  /** Why the machine cannot read the document that is in the bucket by now. */
  readonly unread: string | undefined;
}

/** What it reports each minute is newer than what it said of a document; only there is the reason. */
function reported({ document, figures }: Report, said: Held | undefined): Held {
  const unread = figures["ApplicationsUnread"] === 1 ? (said?.unread ?? "see step=document in its log") : undefined;
  return { version: document ?? said?.version, unread };
}

/** By the node's address. */
export function documents(
  lines: readonly Line[],
  reports: ReadonlyMap<string, Report> = new Map(),
): ReadonlyMap<string, Held> {
  const found = new Map<string, Held>();
  for (const { text } of lines) {
    const { step, state, node, version, reason } = wordsOf(text);
    if (step !== "applications" || node === undefined) continue;
    if (state === "holds") found.set(node, { version, unread: undefined });
    if (state === "unread") found.set(node, { version, unread: reason ?? "no reason given" });
  }
  for (const [node, report] of reports)
    if (report.document !== undefined || found.has(node)) found.set(node, reported(report, found.get(node)));
  return found;
}

/** A UUID of version 7 begins with its time in milliseconds (RFC 9562, section 5.7). */
export const timeOf = (version: string): number => Number.parseInt(version.replaceAll("-", "").slice(0, 12), 16);

/** To the second, in UTC. */
export const shown = (version: string): string =>
  new Date(timeOf(version))
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "");

/** The machines take a new document within two minutes. */
const takenSeconds = 120;

/** What a person has to look at, of the nodes that are alive. */
export function documentProblems(
  held: ReadonlyMap<string, Held>,
  alive: readonly string[],
  now: number,
): readonly string[] {
  const known = alive.flatMap((ip) => {
    const one = held.get(ip);
    return one === undefined ? [] : [{ ip, ...one }];
  });
  const versions = known.flatMap(({ version }) => (version === undefined ? [] : [version])).sort();
  const newest = versions.at(-1);
  return known.flatMap(({ ip, version, unread }) => {
    if (unread !== undefined) return [`${ip}: cannot read the ams:applications document: ${unread}`];
    if (newest === undefined || version === newest || (now - timeOf(newest)) / 1000 < takenSeconds) return [];
    const has =
      version === undefined
        ? "has no ams:applications document"
        : `has the ams:applications document from ${shown(version)}`;
    return [`${ip}: ${has}, but the newest document is from ${shown(newest)}`];
  });
}
