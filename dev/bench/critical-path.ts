import { readFileSync } from "node:fs";
import { projectFile, projectFolder } from "../../model/project.ts";
import { type RecordedResource, record } from "../../recording/record.ts";
import { readStack } from "../../tools/stack-file/read.ts";
import { longestPath, type Node, type Path, reached } from "./graph.ts";
import { exact, type Row } from "./row.ts";
import { withServices } from "./service.ts";

const read = (name: string): string => readFileSync(projectFile(`dev/bench/${name}`), "utf8");

interface Time {
  readonly seconds: number;
  readonly source: string;
}

interface Times {
  /** Of a type that the table does not have: a call of an API that answers at once. */
  readonly others: Time;
  readonly types: Readonly<Record<string, Time>>;
}

/** A wait that no property implies, and why it is there all the same. */
interface Wait {
  readonly type: string;
  readonly for: readonly string[];
  readonly why: string;
}

interface VendorNode {
  readonly type: string;
  readonly after: readonly string[];
}

const times: Times = JSON.parse(read("create-times.json"));
const waits: readonly Wait[] = JSON.parse(read("waits.json"));
const vendor: Readonly<Record<string, VendorNode>> = JSON.parse(read("vendor-graph.json")).resources;

const secondsOf = (type: string): number => (times.types[type] ?? times.others).seconds;

/** Until all that is made serves, and not only until it is made. */
const pathOf = (graph: ReadonlyMap<string, Node>): Path => longestPath(withServices(graph), secondsOf);

/** Longest path of the vendor's CloudFormation template. */
const vendorPath = (): Path => pathOf(new Map(Object.entries(vendor).map(([name, node]) => [name, { name, ...node }])));

const impliedBy = ({ propertyDependencies }: RecordedResource): ReadonlySet<string> =>
  new Set(Object.values(propertyDependencies).flat());

interface Extra {
  readonly from: RecordedResource;
  readonly to: RecordedResource;
  readonly why: string | undefined;
}

/** The waits that no property of the resource implies. */
export function extraWaits(resources: readonly RecordedResource[]): readonly Extra[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  return resources.flatMap((from) => {
    const implied = impliedBy(from);
    return from.dependencies.flatMap((urn): readonly Extra[] => {
      const to = byUrn.get(urn);
      if (to === undefined || !to.custom || implied.has(urn)) return [];
      return [{ from, to, why: reasonFor(from.type, to.type) }];
    });
  });
}

const reasonFor = (from: string, to: string): string | undefined =>
  waits.find(({ type, for: awaited }) => type === from && awaited.includes(to))?.why;

type Edges = "all" | "reasoned" | "properties";

function graphOf(resources: readonly RecordedResource[], edges: Edges): ReadonlyMap<string, Node> {
  const extras = extraWaits(resources);
  const custom = new Set(resources.filter((resource) => resource.custom).map(({ urn }) => urn));
  const isKept = ({ why }: Extra): boolean => edges === "all" || (edges === "reasoned" && why !== undefined);
  return new Map(
    resources
      .filter((resource) => resource.custom)
      .map((resource) => {
        const more = extras.filter((extra) => extra.from === resource && isKept(extra)).map(({ to }) => to.urn);
        const after = [...impliedBy(resource), ...more].filter((urn) => custom.has(urn));
        return [resource.urn, { name: resource.name, type: resource.type, after }];
      }),
  );
}

const stepsOf = ({ nodes }: Path): string =>
  nodes
    .filter(({ type }) => secondsOf(type) > times.others.seconds)
    .map(({ type }) => `${type.split(/[:/]/).at(-1)} ${secondsOf(type)}`)
    .join(", ");

/** How long a deployment takes at best until its cluster serves, over a table of typical times: nothing is made. */
export async function criticalPath(): Promise<readonly Row[]> {
  const rows = await Promise.all((["aws", "alibaba"] as const).map(rowsOf));
  return rows.flat();
}

async function rowsOf(cloud: "aws" | "alibaba"): Promise<readonly Row[]> {
  const { resources } = await record(readStack(projectFolder, cloud));
  const [all, reasoned, properties] = (["all", "reasoned", "properties"] as const).map((edges) =>
    pathOf(graphOf(resources, edges)),
  );
  if (all === undefined || reasoned === undefined || properties === undefined) throw new Error("a graph has a path");
  const own: Row = {
    name: `critical path of ${cloud} / its chain of real dependencies`,
    ratio: exact(all.seconds / reasoned.seconds),
    aim: 1,
    note: `${all.seconds} s / ${reasoned.seconds} s (by properties only, ${properties.seconds} s): ${stepsOf(all)}`,
  };
  for (const line of unexplained(resources)) process.stderr.write(`waits.json has no reason for: ${line}\n`);
  if (cloud === "alibaba") return [own];
  const other = vendorPath();
  const against: Row = {
    name: `critical path of ${cloud} / the vendor's CloudFormation`,
    ratio: exact(all.seconds / other.seconds),
    aim: 0.7,
    note: `${all.seconds} s / ${other.seconds} s: ${stepsOf(other)}`,
  };
  return [own, against];
}

/**
 * Waits without a reason, by types. One that properties and waits with a reason imply at some remove (a machine that waits
 * for the public route waits for its network too) costs nothing and needs none.
 */
export function unexplained(resources: readonly RecordedResource[]): readonly string[] {
  const reasoned = graphOf(resources, "reasoned");
  const without = extraWaits(resources).filter(
    ({ from, to, why }) => why === undefined && !reached(reasoned, from.urn).has(to.urn),
  );
  return [...new Set(without.map(({ from, to }) => `${from.type} for ${to.type}`))];
}
