import type { Member } from "../live/nodes.ts";
import type { Held } from "./documents.ts";
import type { Report } from "./reports.ts";
import type { Beyond, Thresholds } from "./thresholds.ts";

export interface NodeStatus {
  readonly ip: string;
  /** Undefined where AMS could not be asked. */
  readonly alive: boolean | undefined;
  readonly heartbeatSeconds: number | undefined;
  /** It lives, and its clock or that of the node that answered is wrong. */
  readonly clockIsOff: boolean;
  /** Records of the same address that a restart has left behind. */
  readonly deadTwins: number;
  readonly cpuPercent: string | undefined;
  readonly memoryPercent: string | undefined;
  readonly databaseMilliseconds: number | undefined;
  /** Streams that it takes in, of the application that was asked for; undefined where AMS could not be asked. */
  readonly streams: number | undefined;
  /** What it has of ams:applications; undefined when nobody brought lines of its log. */
  readonly document: Held | undefined;
  /** By its own word of the last minutes; undefined when nobody brought lines of its log, or it is silent there. */
  readonly report: Report | undefined;
  /** Figures where alarms begin. */
  readonly beyond: readonly Beyond[];
}

function percentOf(memory: string | null | undefined): string | undefined {
  const [used, total] = (memory ?? "").split("/").map(Number);
  return used !== undefined && total ? `${Math.round((100 * used) / total)}` : (memory ?? undefined);
}

/** The machine's own figure is the one that the alarm sees. */
const memoryOf = (report: Report | undefined, memory: string | null | undefined): string | undefined =>
  report?.figures["MemoryPercent"] === undefined
    ? percentOf(memory)
    : String(Math.round(report.figures["MemoryPercent"]));

export interface Known {
  readonly documents: ReadonlyMap<string, Held>;
  readonly reports: ReadonlyMap<string, Report>;
  readonly thresholds: Thresholds;
}

/** A member of AMS's list. */
export function nodeOf({ node, ...known }: Member, streams: number, more: Known): NodeStatus {
  const report = more.reports.get(node.ip);
  const cpuPercent = node.cpu ?? undefined;
  return {
    ...known,
    ...{ ip: node.ip, cpuPercent, memoryPercent: memoryOf(report, node.memory), streams, report },
    databaseMilliseconds: node.dbQueryAveargeTimeMs ?? report?.figures["DatabaseQueryMilliseconds"],
    document: more.documents.get(node.ip),
    beyond: more.thresholds.beyond(report?.role, report?.figures ?? {}),
  };
}

/** A machine of which AMS said nothing. */
export const reportedNode = (report: Report, { documents, thresholds }: Known): NodeStatus => ({
  ...{ ip: report.ip, alive: undefined, heartbeatSeconds: undefined, clockIsOff: false, deadTwins: 0 },
  ...{ cpuPercent: undefined, memoryPercent: memoryOf(report, undefined), streams: undefined, report },
  databaseMilliseconds: report.figures["DatabaseQueryMilliseconds"],
  document: documents.get(report.ip),
  beyond: thresholds.beyond(report.role, report.figures),
});
