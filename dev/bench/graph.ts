/** Something that is made, and what has to be there before. */
export interface Node {
  readonly name: string;
  readonly type: string;
  readonly after: readonly string[];
}

export interface Path {
  readonly seconds: number;
  /** From the first to the last. */
  readonly nodes: readonly Node[];
}

const nothing: Path = { seconds: 0, nodes: [] };

/** The longest path through a graph: with enough hands, what making all of it takes. */
export function longestPath(nodes: ReadonlyMap<string, Node>, secondsOf: (type: string) => number): Path {
  const known = new Map<string, Path>();
  const open = new Set<string>();
  const pathTo = (id: string): Path => {
    const done = known.get(id);
    if (done !== undefined) return done;
    const node = nodes.get(id);
    if (node === undefined) throw new Error(`${id} is waited for and not in the graph`);
    if (open.has(id)) throw new Error(`${id} waits for itself`);
    open.add(id);
    const before = longest(node.after.map(pathTo));
    open.delete(id);
    const path = { seconds: before.seconds + secondsOf(node.type), nodes: [...before.nodes, node] };
    known.set(id, path);
    return path;
  };
  return longest([...nodes.keys()].map(pathTo));
}

/** All that has to be there before, at any remove. */
export function reached(nodes: ReadonlyMap<string, Node>, from: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...(nodes.get(from)?.after ?? [])];
  for (const id of open) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(nodes.get(id)?.after ?? []));
  }
  return found;
}

const longest = (paths: readonly Path[]): Path =>
  paths.reduce((most, path) => (path.seconds > most.seconds ? path : most), nothing);
