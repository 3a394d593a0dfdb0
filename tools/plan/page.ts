import type { Cluster } from "../../config/types.ts";
import type { Limits } from "../../model/operation/quota-needs.ts";
import type { RecordedResource, Recording } from "../../recording/record.ts";
import { Secret, Unknown, type Value } from "../../recording/value.ts";
import { alignRows, type Row } from "../cli/table.ts";
import type { Terminal } from "../cli/terminal.ts";
import { shortType } from "../diff/urn.ts";
import { findingsOn } from "../report/findings.ts";
import { findingRows } from "./findings.ts";
import { plannedNeeds } from "./quota-needs.ts";
import { quotaRows } from "./quota-rows.ts";
import { showValue } from "./show.ts";
import { summarize } from "./summaries.ts";
import { applicationRows, firewallRows, listenerRows, setupRows } from "./tables.ts";

export interface PageOptions extends Terminal {
  /** Quotas that the stack says its account has. @default those of a new account */
  readonly limits?: Limits;
}

/** Everything about a stack, for a person. */
export function page(stack: string, cluster: Cluster, recording: Recording, options: PageOptions): string {
  const { paint, width } = options;
  const table = (rows: readonly Row[]) => alignRows(rows, 2, options);
  const made = recording.resources.filter(({ custom }) => custom);
  const title = `${paint("bold", stack)}  ${cluster.cloud} ${cluster.region}, zones ${cluster.network.zones.join(" ")}`;
  return [
    `${title}: ${paint("bold", `${made.length} resources`)} in ${recording.resources.length - made.length} parts`,
    ...section("Resources", tree(cluster, recording.resources, options)),
    ...section("Listeners", table(listenerRows(cluster))),
    ...(cluster.applications === undefined ? [] : section("Applications", table(applicationRows(cluster)))),
    ...(cluster.setup === undefined ? [] : section("Setup script", table(setupRows(cluster.setup)))),
    ...section("Firewall: all other traffic is blocked", table(firewallRows(cluster))),
    ...section(
      "Quotas at the maximum size",
      table(quotaRows(cluster, plannedNeeds({ stack, cluster, recording }), options.limits ?? {})),
    ),
    ...section("Policy", table(findingRows(findingsOn(recording.resources, cluster.exceptions)))),
    ...section(
      "Resources by type",
      alignRows([[{ text: counts(made).join("  ") }]], 2, { paint, width: Math.min(width, 120) }).map((text) =>
        text.replaceAll(unbroken, " "),
      ),
    ),
    ...section("Outputs (values in braces are known only after deployment)", table(outputRows(recording.outputs))),
    "",
  ].join("\n");

  function section(name: string, lines: readonly string[]): readonly string[] {
    return ["", paint("bold", name), ...lines];
  }
}

/** A blank at which no line is broken. */
const unbroken = "\u00a0";

function counts(made: readonly RecordedResource[]): readonly string[] {
  const numbers = new Map<string, number>();
  for (const { type } of made) numbers.set(shortType(type), (numbers.get(shortType(type)) ?? 0) + 1);
  return [...numbers]
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b))
    .map(([type, count]) => `${count}${unbroken}${type}`);
}

/** What people open first; the rest follows as it comes. */
const firstOutputs = ["publishUrl", "playUrl", "cdnUrl", "rtmpUrl", "panelUrl", "panelUser", "panelSecret"];

function outputRows(outputs: Readonly<Record<string, Value>>): readonly Row[] {
  const keys = [...firstOutputs, ...Object.keys(outputs).filter((key) => !firstOutputs.includes(key))];
  return keys.flatMap((key) => rowsOf(key, outputs[key]));
}

/** A group of values has a row for each of them. */
function rowsOf(key: string, value: Value | undefined): readonly Row[] {
  if (value === undefined) return [];
  if (typeof value === "object" && value !== null && !(value instanceof Unknown) && !(value instanceof Secret)) {
    const parts = Object.entries(value).flatMap(([name, part]: [string, Value]) => rowsOf(`${key}.${name}`, part));
    return parts.length > 0 ? parts : [[{ text: key }, { text: "none", style: "dim" }]];
  }
  const style = value instanceof Unknown ? "dim" : "green";
  return [[{ text: key }, { text: showValue(value, "\0") || "none", style }]];
}

/** Their rows stand in the tables below the tree. */
const isTabulated = (type: string): boolean => /SecurityGroup(Ingress|Egress)?Rule$|:(Listener)?Rule$/.test(type);

function tree(cluster: Cluster, resources: readonly RecordedResource[], terminal: Terminal): readonly string[] {
  const { paint } = terminal;
  const childrenOf = (urn: string | undefined) => resources.filter(({ parent }) => parent === urn);
  const partLines = (part: RecordedResource, depth: number): readonly string[] => {
    const children = childrenOf(part.urn);
    const plain = children.filter(({ custom, type }) => custom && !isTabulated(type));
    const rows = [...plain.map((child) => resourceRow(child, part.name, cluster.name)), ...tabulated(children)];
    return [
      `${"  ".repeat(depth)}${paint("bold", shortType(part.type))} ${paint("dim", part.name)}`,
      ...alignRows(rows, 6, terminal),
      ...children.filter(({ custom }) => !custom).flatMap((child) => partLines(child, depth + 1)),
    ];
  };
  return childrenOf(undefined).flatMap((top) => partLines(top, 1));
}

function resourceRow(resource: RecordedResource, partName: string, clusterName: string): Row {
  const { name, type, protect } = resource;
  const key = name === partName ? "" : name.replace(`${partName}-`, "").replace(`${clusterName}-`, "");
  const summary = [...summarize(resource, clusterName), ...(protect ? ["protected"] : [])];
  return [{ text: shortType(type), style: "cyan" }, { text: key }, { text: summary.join(", ") }];
}

function tabulated(children: readonly RecordedResource[]): readonly Row[] {
  const numbers = new Map<string, number>();
  for (const { type } of children.filter((child) => isTabulated(child.type)))
    numbers.set(type, (numbers.get(type) ?? 0) + 1);
  return [...numbers].map(([type, count]) => [
    { text: shortType(type), style: "cyan" },
    { text: `${count} in total` },
    { text: type.includes("SecurityGroup") ? "see Firewall" : "see Listeners", style: "dim" },
  ]);
}
