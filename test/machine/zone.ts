import type { IncomingMessage } from "node:http";
import { awsFault } from "./signatures.ts";

/** A hosted zone of Route 53 with TXT records alone (API reference, "ChangeResourceRecordSets", "GetChange"). */
export interface Zone {
  /** By name, without the root's dot. */
  readonly records: Map<string, readonly string[]>;
  /** What has been asked, in the order of its coming. */
  readonly changes: Change[];
  /** Whether the caller's role may. @default everything */
  permits: (change: Change) => boolean;
}

/** What IAM knows of a request (service authorization reference, "Condition keys for Amazon Route 53"). */
export interface Change {
  readonly zone: string;
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly actions: readonly string[];
}

export const emptyZone = (): Zone => ({ records: new Map(), changes: [], permits: () => true });

const texts = (body: string, tag: string): readonly string[] =>
  [...body.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, "g"))].map(([, text = ""]) => text);

const told = (status: string) => ({
  status: 200,
  text: `<?xml version="1.0"?>\n<Answer xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeInfo><Id>/change/C1</Id><Status>${status}</Status></ChangeInfo></Answer>`,
});

/** The service is one for all regions, and its requests are signed for us-east-1. */
export function route53(request: IncomingMessage, body: string, zone: Zone) {
  const fault = awsFault(request, body, "us-east-1", "route53");
  if (fault !== undefined) return { status: 403, text: fault };
  if (request.url === "/2013-04-01/change/C1") return told("INSYNC");
  const [, id] = /^\/2013-04-01\/hostedzone\/(\w+)\/rrset\/$/.exec(request.url ?? "") ?? [];
  if (id === undefined || request.method !== "POST") return { status: 404, text: `${request.method} ${request.url}` };
  const rows = texts(
    body.replaceAll(/<Change>([\s\S]*?)<\/Change>/g, (row) => `<Row>${encodeURIComponent(row)}</Row>`),
    "Row",
  );
  const changes = rows.map(decodeURIComponent).map((row) => ({
    action: texts(row, "Action")[0] ?? "",
    name: (texts(row, "Name")[0] ?? "").replace(/\.$/, ""),
    type: texts(row, "Type")[0] ?? "",
    values: texts(row, "Value").map((value) => JSON.parse(value) as string),
  }));
  const change = {
    zone: id,
    names: changes.map(({ name }) => name),
    types: changes.map(({ type }) => type),
    actions: changes.map(({ action }) => action),
  };
  zone.changes.push(change);
  if (!zone.permits(change)) return { status: 403, text: "AccessDenied" };
  for (const { action, name, values } of changes) {
    const same = zone.records.get(name)?.join() === values.join();
    if (action === "DELETE" && !same) return { status: 400, text: "InvalidChangeBatch" };
    if (action === "DELETE") zone.records.delete(name);
    else zone.records.set(name, values);
  }
  return told("PENDING");
}
