import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parse as parseYaml } from "yaml";
import { type core, safeParse } from "zod";
import { oldestVersion, urlOptionsSince } from "../config/checks/media.ts";
import { parse } from "../config/parse.ts";
import { sectionNames, sections } from "../config/sections/index.ts";
import { keysOf } from "../dev/config-table/keys.ts";
import { secretKeys } from "../model/cluster.ts";
import { alarmsOf } from "../model/operation/alarms.ts";
import { schema as alibaba } from "../providers/alibaba/schema.ts";
import { schema as aws } from "../providers/aws/schema.ts";
import { commands as table } from "../tools/cli/commands.ts";
import { cluster, withTls } from "./support/cluster.ts";
import { root } from "./support/contract.ts";
import { raw } from "./support/raw.ts";

const below = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

const pages = [...below("", ".md"), ...below("docs", ".md"), ...below("docs/ci", ".md")];
const textOf = (page: string): string => readFileSync(join(root, page), "utf8");
const all = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = ""]) => found);

/** A heading's anchor, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

const anchorsOf = (page: string): readonly string[] => all(textOf(page), /^#+ (.+)$/gm).map(anchorOf);

describe("The documentation", () => {
  it("shows YAML that can be read, in which each section is one that the program takes", () => {
    const examples = [...below("examples", ".md"), ...pages].flatMap((page) =>
      all(textOf(page), /^```yaml\n([\s\S]+?)^```/gm).map((text) => ({ page, text })),
    );
    const given = examples.flatMap(({ page, text }) =>
      Object.entries(parseYaml(text) as object).map(([key, value]) => ({ page, key, value })),
    );
    const own = given.filter(({ key }) => key.startsWith("ams:"));
    assert.ok(own.length > 5);
    const known = new Map<string, core.$ZodType>(Object.entries(sections));
    for (const { page, key, value } of own) {
      const section = known.get(key.replace("ams:", ""));
      assert.ok(section !== undefined, `${page}: ${key}`);
      // A balancer's kind decides what its other keys may be; without one it is the first.
      const whole = key === "ams:balancer" ? { kind: "managed", ...value } : value;
      const issues = safeParse(section, whole).error?.issues ?? [];
      // An example may leave keys out that a stack file has.
      const wrong = issues.filter(({ path }) => path.reduce((at, part) => Object(at)[part], whole) !== undefined);
      assert.deepEqual(wrong, [], `${page}: ${key}`);
    }
  });

  it("has no link within the project that leads nowhere", () => {
    const links = pages.flatMap((page) => all(textOf(page), /\]\(([^)\s]+)\)/g).map((link) => ({ page, link })));
    const broken = links.filter(({ page, link }) => {
      if (/^(https?|mailto):/.test(link)) return false;
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : normalize(join(dirname(page), path));
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    assert.ok(links.length > 60, `${links.length} links`);
    assert.deepEqual(broken, []);
  });

  it("is listed in docs/README.md, page by page", () => {
    const listed = all(textOf("docs/README.md"), /\]\(([^)#\s]+)/g);
    const missing = below("docs", ".md").map((page) => page.slice("docs/".length));
    assert.deepEqual(
      missing.filter((page) => page !== "README.md" && !listed.includes(page)),
      [],
    );
  });

  it("names no script that package.json doesn't have", () => {
    const { scripts } = JSON.parse(textOf("package.json"));
    const named = pages.flatMap((page) => all(textOf(page), /npm run (?:--silent )?([a-z][\w:-]*)/g));
    assert.ok(named.length > 60, `${named.length} scripts`);
    assert.deepEqual(
      [...new Set(named)].filter((name) => !(name in scripts)),
      [],
    );
  });

  it("names no configuration key that there isn't", () => {
    const named = pages.flatMap((page) => keysIn(textOf(page)).map((key) => ({ page, key })));
    assert.ok(named.length > 200, `${named.length} keys`);
    assert.deepEqual(
      named.filter(({ key }) => !isKnown(key)),
      // The program's own example of a typo.
      [{ page: "README.md", key: "orign" }],
    );
  });

  it("names each command for people and each part of a stack in ARCHITECTURE.md", () => {
    const text = textOf("ARCHITECTURE.md");
    const [, commands = ""] = /^\| `tools\/` \|([^|]+)/m.exec(text) ?? [];
    const [, parts = ""] = /Cluster part > ([\s\S]+?) ->/.exec(text) ?? [];
    const [, kinds = ""] = /type ComponentKind =([^;]+);/.exec(textOf("providers/cluster-component.ts")) ?? [];
    assert.deepEqual([...all(commands, /`([\w-]+)`/g)].sort(), Object.keys(table).sort());
    assert.deepEqual(["Cluster", ...all(parts, /([A-Z]\w+)/g)].sort(), [...all(kinds, /"(\w+)"/g)].sort());
  });

  it("names each service of a cloud that the machines ask in docs/outbound.md", () => {
    const sources = ["aws", "alibaba"].flatMap((cloud) => below(`machine/agent/clouds/${cloud}`, ".py").map(textOf));
    // A product and its version, or a service and its call.
    const asked = new Set(
      sources.flatMap((text) => all(text, /"([a-z][a-z0-9]+)", "(?:\d{4}-|Logs_|secretsmanager\.)/g)),
    );
    assert.ok(asked.size > 7, [...asked].join(" "));
    const text = textOf("docs/outbound.md");
    assert.deepEqual(
      [...asked].filter((service) => !text.includes(`\`${service}\``)),
      [],
    );
  });

  it("says of each setting for tuning whether a stack can have it, and which AMS is the oldest", () => {
    const text = textOf("docs/machines.md");
    const rows = [...text.matchAll(/^\| (`[^|]+) \|[^|]+\| (accepted|rejected) \|$/gm)];
    const tried = rows.flatMap(([, names = "", verb]) => all(names, /`([^`]+)`/g).map((name) => ({ name, verb })));
    assert.ok(tried.length > 20, `${tried.length} settings`);
    for (const { name, verb } of tried) {
      const { faults } = parse(raw({ media: { properties: { [name]: "1" } } }));
      assert.equal(faults.length === 0 ? "accepted" : "rejected", verb, name);
    }
    assert.ok(text.includes(`The oldest supported release is ${oldestVersion}.`));
    assert.ok(text.includes(`requires ${urlOptionsSince},`));
  });

  it("tells troubles by alarms, checks and steps that there are", () => {
    const text = textOf("docs/troubleshooting.md");
    const clusters = [
      cluster({ ...withTls, database: { kind: "replica-set" } }),
      cluster({ balancer: { kind: "haproxy" } }),
      cluster({ applications: { live: { publish: "open" } } }),
    ];
    const alarms = [...new Set(clusters.flatMap(alarmsOf).map(({ name }) => name))];
    const named = all(text, /\balarm `([^`]+)`/g);
    const listed = all(textOf("docs/operations.md"), /^\| `([a-z-]+(?:-ROLE)?)` \|/gm);
    assert.deepEqual(
      alarms.map((name) => name.replace(/-(origin|edge)$/, "-ROLE")).filter((name) => !listed.includes(name)),
      [],
    );
    assert.deepEqual(
      alarms.filter((name) => !named.includes(name) && !/^(cpu|memory|database-slow)-/.test(name)),
      [],
    );
    assert.deepEqual(
      named.filter((name) => !alarms.includes(name)),
      [],
    );
    const machine = readdirSync(join(root, "machine/agent"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".py"))
      .map((name) => textOf(`machine/agent/${name}`))
      .join("\n");
    assert.deepEqual(
      all(text, /step=(\w+)/g).filter((step) => !new RegExp(`"${step}"|def ${step}\\(`).test(machine)),
      [],
    );
    const checks = below("tools/verify", ".ts").flatMap((file) => all(textOf(file), /\bid: (?:"|`)([^"`]+)/g));
    const patterns = checks.map((id) => new RegExp(`^${id.replace(/\$\{[^}]+\}/g, "\\d+")}$`));
    const asked = [...all(text, /\bcheck `([^`]+)`/g), ...all(text, /^.*--only (\S+?)`/gm)];
    assert.ok(asked.length > 10);
    assert.deepEqual(
      asked.filter((id) => !patterns.some((pattern) => pattern.test(id) || pattern.source.startsWith(`^${id}-`))),
      [],
    );
  });
});

/** Keys written as `ams:origin.max`, and those that `--config` and `pulumi config` are given. */
function keysIn(text: string): readonly string[] {
  const spelled = all(text, /(?<![\w/-])ams:([a-z][\w-]*(?:\.[a-z]\w*|\[\w+\])*)/g);
  const tried = all(text, /--config '?(?:ams:)?([a-z]\w*(?:\.\w+|\[\d+\])*)=/g);
  return [...spelled, ...tried];
}

const known: ReadonlySet<string> = new Set([
  ...secretKeys,
  ...["aws", "alibaba", ...sectionNames],
  ...sectionNames.flatMap((name) => withGroups(name, keysOf(sections[name]))),
  ...withGroups("aws", keysOf(aws)),
  ...withGroups("alibaba", keysOf(alibaba)),
]);

/** `a.b.c` makes `a.b` known too. */
function withGroups(name: string, keys: ReturnType<typeof keysOf>): readonly string[] {
  return keys.flatMap(({ steps }) =>
    steps.map((_, end) => [name, ...steps.slice(0, end + 1)].join(".").replace(".[", "[")),
  );
}

function isKnown(key: string): boolean {
  const path = key.replace(/\[\w+\]/g, "[n]").replace(/^applications\.[\w-]+/, "applications.NAME");
  // A map's keys are its owner's.
  return (
    known.has(path) ||
    known.has(path.replace(/\[n\]$/, "")) ||
    /^(tags|media\.properties|applications\.NAME\.settings|applicationKeys)\./.test(path) ||
    path === "applications.NAME"
  );
}
