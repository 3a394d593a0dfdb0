import type { ResourceChange } from "./change.ts";
import type { StackDiff } from "./compare.ts";
import { className, partOf } from "./urn.ts";

/** What a reviewer has to know first. */
export interface Verdict {
  readonly text: string;
  /** The worst first. */
  readonly rank: number;
}

/** One sentence on a stack's change: the worst that it does. */
export function verdictOf(
  { resources, failures = [], operations = [] }: StackDiff,
  effects: readonly string[],
): Verdict {
  const of = (rank: number, text: string): Verdict => ({ rank, text });
  if (failures.length > 0) return of(0, "the preview failed");
  const refused = resources.filter(({ isRefused }) => isRefused);
  if (refused.length > 0)
    return of(
      1,
      `blocked by resource protection: ${namesOf(refused)}. To allow it, first deploy the stack with ams:protect set to false`,
    );
  const lost = resources.filter(losesData);
  if (lost.length > 0) return of(2, `data is lost: ${namesOf(lost)}`);
  const cut = resources.filter(cutsSessions);
  if (cut.length > 0) return of(3, `all sessions are interrupted: ${namesOf(cut)}`);
  if (operations.length > 0) return of(4, `cannot be fully evaluated: ${operations.length} unknown operations`);
  if (effects.some((text) => /^(rolls|new \w+ start)/.test(text))) return of(5, "nodes are replaced one by one");
  return resources.length > 0 ? of(6, "no interruption") : of(7, "no changes");
}

const mostNames = 5;

function namesOf(resources: readonly ResourceChange[]): string {
  const names = resources.map(({ operation, name }) => `${operation} ${name}`);
  const rest = names.length - mostNames;
  return `${names.slice(0, mostNames).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

const goes = ({ operation }: ResourceChange): boolean => operation === "delete" || operation === "replace";

/** Disks, buckets and managed databases that go without a snapshot, and not only from the stack. */
function losesData(change: ResourceChange): boolean {
  const { type, isRetained, before } = change;
  const isSaved = before["finalSnapshot"] === true || before["skipFinalSnapshot"] === false;
  const holdsData =
    /:(Volume|EcsDisk)$/.test(type) ||
    /^(aws:s3\/bucket\w*|alicloud:oss\/bucket):Bucket\w*$/.test(type) ||
    /^(aws:docdb\/cluster:Cluster|alicloud:mongodb\/instance:Instance)$/.test(type);
  return goes(change) && holdsData && !isRetained && !isSaved && partOf(change.urn) !== "Agent";
}

/** What every client is connected through, or to. */
const cutsSessions = (change: ResourceChange): boolean =>
  goes(change) &&
  (/^(LoadBalancer|Vpc|Network|Subnet|Switch)$/.test(className(change.type)) ||
    (/^(Group|ScalingGroup)$/.test(className(change.type)) &&
      /^(NodeGroup|ProxyGroup|TurnGroup)$/.test(partOf(change.urn))) ||
    (/^(TargetGroup|ServerGroup)$/.test(className(change.type)) && partOf(change.urn) === "LoadBalancer"));
