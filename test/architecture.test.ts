import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { clouds, render, root, stackFiles } from "./support/contract.ts";

/** The rooms, and what each may import besides Node itself; `tools`, `dev` and `test` may read everything. */
const program: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }>> = {
  config: { rooms: ["config", "model"], packages: ["zod", "asn1js"] },
  model: { rooms: ["model", "config"], packages: ["ipaddr.js"] },
  machine: { rooms: ["machine", "model", "config"], packages: ["yaml", "pako"] },
  providers: { rooms: ["providers", "machine", "model", "config"], packages: ["@pulumi/pulumi", "@pulumi/random"] },
  recording: { rooms: ["recording", "providers", "machine", "model", "config"], packages: ["@pulumi/pulumi"] },
  policy: { rooms: ["policy", "recording", "model", "config"], packages: ["@pulumi/policy"] },
  "ams-cluster.ts": { rooms: ["providers", "machine", "model", "config"], packages: ["@pulumi/pulumi"] },
  "index.ts": { rooms: ["providers", "machine", "model", "config"], packages: ["@pulumi/pulumi"] },
};

/** Packages that one folder alone may import, by submodule: the roots load everything for the type checker. */
const sdkOf: Readonly<Record<string, string>> = {
  "@pulumi/aws": "providers/aws",
  "@pulumi/alicloud": "providers/alibaba",
};

/** Folders of more than 16 files, with the reason. */
const largeFolders: Readonly<Record<string, string>> = {
  docs: "a page for each task",
  "dev/bench": "a file for each measurement",
  "test/simulation/day": "one program, which plays days",
  "test/machine": "a test for each of the machines' programs",
  "test/proxy": "a test for each property of the proxies, and their rig",
  "test/support": "what tests of all rooms share",
  "test/support/cloud": "one program, the stand-in cloud",
  "test/tools": "a test for each command",
};

const ignored = ["node_modules", ".git", "bin", "dist"];

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (ignored.includes(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

const sources = filesBelow("").filter((path) => path.endsWith(".ts"));
const textOf = (path: string): string => readFileSync(join(root, path), "utf8");

interface Import {
  readonly from: string;
  /** A file of the project, from its root, or a package's name with its submodule. */
  readonly to: string;
  readonly local: boolean;
}

function importsOf(path: string): readonly Import[] {
  const pattern = /(?:\bfrom|\bimport|\bimport\()\s*"([^"]+)"/g;
  return [...textOf(path).matchAll(pattern)].flatMap(([, target = ""]) => {
    if (target.startsWith("node:")) return [];
    const local = target.startsWith(".");
    return [{ from: path, to: local ? normalize(join(dirname(path), target)) : target, local }];
  });
}

const roomOf = (path: string): string => path.split("/")[0] ?? path;
const packageOf = (name: string): string =>
  name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");

const programImports = sources.filter((path) => roomOf(path) in program).flatMap(importsOf);

const show = ({ from, to }: Import): string => `${from} imports ${to}`;

describe("The architecture", () => {
  it("is looked at whole", () => {
    for (const room of Object.keys(program)) {
      assert.ok(
        programImports.some(({ from }) => roomOf(from) === room),
        `no imports found in ${room}`,
      );
    }
  });

  it("lets imports point one way: model <- machine <- providers <- index, recording <- policy, and none to tools or test", () => {
    const wrong = programImports.filter(
      ({ from, to, local }) => local && !program[roomOf(from)]?.rooms.includes(roomOf(to)),
    );
    assert.deepEqual(wrong.map(show), []);
  });

  it("gives each room few packages, and a cloud's SDK to that cloud's folder alone", () => {
    const wrong = programImports.filter(({ from, to, local }) => {
      if (local || program[roomOf(from)]?.packages.includes(packageOf(to)) === true) return false;
      const home = sdkOf[packageOf(to)];
      return home === undefined || !from.startsWith(`${home}/`) || to === packageOf(to);
    });
    assert.deepEqual(wrong.map(show), []);
  });

  it("loads Zod in one place, as CommonJS", () => {
    const places = programImports.filter(({ to }) => packageOf(to) === "zod").map(({ from }) => from);
    assert.deepEqual([...new Set(places)], ["config/zod.ts"]);
  });

  it("asks in one place where it lies: start.mjs makes one script of all files, in which they would all get one answer", () => {
    const all = filesBelow("").filter((path) => /\.(ts|cjs)$/.test(path) && roomOf(path) !== "test");
    const asking = all.filter((path) => /import\.meta|__dirname|__filename/.test(textOf(path)));
    assert.deepEqual(asking, ["model/project.cjs"]);
  });

  it("has no circle of files, types among them", () => {
    const next = new Map(
      sources.map((path) => [path, importsOf(path).flatMap(({ to, local }) => (local ? [to] : []))]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, above: readonly string[]): void => {
      if (above.includes(path)) circles.push([...above.slice(above.indexOf(path)), path].join(" -> "));
      if (done.has(path) || above.includes(path)) return;
      for (const one of next.get(path) ?? []) visit(one, [...above, path]);
      done.add(path);
    };
    for (const path of sources) visit(path, []);
    assert.deepEqual(circles, []);
  });

  it("keeps the clouds apart: no adapter imports the other one", () => {
    const wrong = programImports.filter(({ from, to }) =>
      /^(providers|recording)\/aws\//.test(from)
        ? to.includes("/alibaba/")
        : /^(providers|recording)\/alibaba\//.test(from) && to.includes("/aws/"),
    );
    assert.deepEqual(wrong.map(show), []);
  });

  it("has the same file names for both clouds", () => {
    for (const room of ["providers", "recording"]) {
      const names = (cloud: string) => filesBelow(join(room, cloud)).map((path) => relative(join(room, cloud), path));
      assert.deepEqual(names("aws").slice().sort(), names("alibaba").slice().sort());
    }
  });

  it("keeps every folder small enough to look through", () => {
    const counts = new Map<string, number>();
    for (const path of filesBelow("")) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
    const large = [...counts].filter(([folder, count]) => folder !== "." && count > 16 && !(folder in largeFolders));
    assert.deepEqual(large, []);
    for (const folder of Object.keys(largeFolders)) assert.ok((counts.get(folder) ?? 0) > 16, `${folder} is small now`);
  });

  it("keeps every file short enough for a head; tests are lists and may be longer", () => {
    const long = sources.map((path) => ({ path, lines: textOf(path).split("\n").length - 1 }));
    assert.deepEqual(
      long.filter(({ path, lines }) => lines > (path.endsWith(".test.ts") ? 350 : 220)),
      [],
    );
  });
});

/** Tokens and names are identity: a change replaces what stands behind them. Add to the list, never edit it. */
const partTokens = [
  "antmedia:cluster:Agent",
  "antmedia:cluster:Alarms",
  "antmedia:cluster:Certificate",
  "antmedia:cluster:Cluster",
  "antmedia:cluster:Database",
  "antmedia:cluster:Dns",
  "antmedia:cluster:Firewall",
  "antmedia:cluster:LoadBalancer",
  "antmedia:cluster:Logs",
  "antmedia:cluster:Network",
  "antmedia:cluster:NodeGroup",
  "antmedia:cluster:Secrets",
];

describe("The identity of what is deployed", () => {
  for (const cloud of clouds) {
    it(`has the pinned part tokens in the stack file of ${cloud}`, async () => {
      const { recording } = await render(cloud, stackFiles[cloud]);
      const tokens = recording.resources.filter(({ custom }) => !custom).map(({ type }) => type);
      assert.deepEqual([...new Set(tokens)].sort(), partTokens);
    });

    // A resource that isn't in the list any more is deleted at the next update, and a new one made: rename with an
    // alias, then renew the lists with UPDATE=1 npm test.
    it(`matches the pinned types and names for the stack file of ${cloud}`, async () => {
      const { recording } = await render(cloud, stackFiles[cloud]);
      const names = recording.resources.map(({ urn }) => urn.split("::").slice(2).join(" "));
      const golden = join(root, `test/golden/names.${cloud}.txt`);
      const text = `${[...names].sort().join("\n")}\n`;
      if (process.env["UPDATE"] === "1") writeFileSync(golden, text);
      assert.equal(text, readFileSync(golden, "utf8"));
    });
  }
});
