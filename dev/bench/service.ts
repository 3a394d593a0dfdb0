import { readFileSync } from "node:fs";
import { projectFile } from "../../model/project.ts";
import type { Node } from "./graph.ts";

/** What makes machines, and what these do after it is made until they serve. Phases are types of the table of times. */
interface Service {
  readonly type: string;
  /** What a machine does by itself. */
  readonly alone: readonly string[];
  /** Of which types everything has to be there, and to serve, before it can go on. */
  readonly needs: readonly string[];
  /** What it does then. */
  readonly then: string;
  /** Of which types everything has to be there until it counts as serving. */
  readonly until: readonly string[];
  /** Whether who waits for the resource waits for its machines too. */
  readonly awaited: boolean;
  readonly why: string;
}

export const services: readonly Service[] = JSON.parse(readFileSync(projectFile("dev/bench/services.json"), "utf8"));

const serviceOf = (type: string): Service | undefined => services.find((service) => service.type === type);

/** The same graph with what its machines do after they are made: who is made first need not serve first. */
export function withServices(nodes: ReadonlyMap<string, Node>): ReadonlyMap<string, Node> {
  const ids = (types: readonly string[]): readonly string[] =>
    [...nodes].filter(([, { type }]) => types.includes(type)).map(([id]) => id);
  /** What somebody waits for who needs all of these at work. */
  const served = (id: string): string => (serviceOf(nodes.get(id)?.type ?? "") === undefined ? id : `${id}#serves`);
  const awaited = (id: string): readonly string[] => {
    const service = serviceOf(nodes.get(id)?.type ?? "");
    return service?.awaited ? [`${id}#serves`, ...ids(service.until)] : [id];
  };
  return new Map(
    [...nodes].flatMap(([id, node]) => {
      const made: readonly (readonly [string, Node])[] = [[id, { ...node, after: node.after.flatMap(awaited) }]];
      const service = serviceOf(node.type);
      if (service === undefined) return made;
      const needs = ids(service.needs).map(served);
      return [...made, ...phases(id, node.name, service, needs)];
    }),
  );
}

/** A machine's phases, one after the other; the last one waits for what it needs too. */
function phases(id: string, name: string, service: Service, needs: readonly string[]): [string, Node][] {
  const alone = service.alone.map((type, index): [string, Node] => {
    const after = [index === 0 ? id : `${id}#${service.alone[index - 1]}`];
    return [`${id}#${type}`, { name, type, after }];
  });
  const last = alone.at(-1)?.[0] ?? id;
  return [...alone, [`${id}#serves`, { name, type: service.then, after: [last, ...needs] }]];
}
