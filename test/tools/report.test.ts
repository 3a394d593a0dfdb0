import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { flows } from "../../model/network/firewall.ts";
import type { Flow } from "../../model/network/flow.ts";
import { httpListeners, streamListeners } from "../../model/traffic/listeners.ts";
import type { Recording } from "../../recording/record.ts";
import { Secret, textsOf, type Value } from "../../recording/value.ts";
import { toCosted } from "../../tools/cost/costed.ts";
import { monthlyCost } from "../../tools/cost/monthly.ts";
import { totalLine } from "../../tools/cost/text.ts";
import { planStack } from "../../tools/diagram/planned.ts";
import { compare } from "../../tools/diff/compare.ts";
import { reportOn } from "../../tools/diff/page/report.ts";
import { shortType } from "../../tools/diff/urn.ts";
import { page } from "../../tools/report/page.ts";
import type { Subject } from "../../tools/report/subject.ts";
import { parseChange } from "../../tools/stack-file/config-path.ts";

const root = resolve(import.meta.dirname, "../..");

/** Administrators and six zones: the page at its fullest. */
const full = [
  "access.adminCidrs[0]=203.0.113.0/24",
  "access.adminCidrs[1]=198.51.100.7/32",
  ...["c", "d", "e", "f"].map((zone, index) => `network.zones[${index + 2}]=${zone}`),
];

async function subjectOf(stack: string, ...typed: readonly string[]): Promise<Subject> {
  const planned = await planStack(root, stack, typed.map(parseChange));
  return {
    planned,
    cost: monthlyCost(toCosted(planned)),
    findings: { findings: [], excepted: [] },
    changes: undefined,
  };
}

/** What a reader sees, without markup; one blank between words. */
const visible = (html: string): string =>
  html
    .replace(/<style>[\s\S]*?<\/style>/g, " ")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replace(/\s+/g, " ");

/** The section's part for a stack. */
function columnOf(html: string, section: string, stack: string): string {
  const [, text = ""] = new RegExp(`<section id="${section}"([\\s\\S]*?)</section>`).exec(html) ?? [];
  const column = text.split('<div class="column">').find((part) => part.includes(`<h3>${stack}</h3>`));
  assert.ok(column, `no ${stack} in ${section}`);
  return visible(column);
}

describe("The report", () => {
  let subjects: readonly Subject[];
  let html: string;
  before(async () => {
    subjects = [await subjectOf("aws", ...full), await subjectOf("alibaba", ...full)];
    html = page(subjects);
  });

  it("has each listener with its rules, for each stack", () => {
    for (const { planned } of subjects) {
      const column = columnOf(html, "listeners", planned.stack);
      for (const { port, protocol, rules } of [
        ...httpListeners(planned.cluster),
        ...streamListeners(planned.cluster),
      ]) {
        assert.ok(column.includes(` ${port} ${protocol} `), `${port} ${protocol}`);
        for (const { name, when } of rules) {
          for (const text of [name, ...(when.paths ?? []), ...(when.sources ?? [])])
            assert.ok(column.includes(text), text);
        }
      }
    }
  });

  it("has each flow of the firewall with its ports and its reason, for each stack", () => {
    for (const { planned } of subjects) {
      const column = columnOf(html, "firewall", planned.stack);
      const rows = flows(planned.cluster);
      assert.ok(rows.some((row) => row.from === "admin"));
      for (const row of rows) {
        for (const text of [row.why, rangeOf(row), row.from, row.to])
          assert.ok(column.includes(text), `${row.key}: ${text}`);
      }
    }
  });

  it("has each resource, output and line of the cost, for each stack", () => {
    for (const { planned, cost } of subjects) {
      const made = planned.recording.resources.filter(({ custom }) => custom);
      const column = columnOf(html, "resources", planned.stack);
      for (const { type, name } of made) assert.ok(column.includes(`${shortType(type)} ${name} `), name);
      for (const key of Object.keys(planned.recording.outputs)) {
        assert.ok(columnOf(html, "outputs", planned.stack).includes(key), key);
      }
      for (const { what } of cost.rows) assert.ok(columnOf(html, "cost", planned.stack).includes(what), what);
      assert.ok(columnOf(html, "cost", planned.stack).includes(totalLine(cost).what));
    }
  });

  it("says what changes and what policy finds, only when it was asked or there is one", () => {
    assert.doesNotMatch(html, /id="changes"/);
    const [subject] = subjects;
    assert.ok(subject);
    const { stack, cluster } = subject.planned;
    const resources = subject.planned.recording.resources.filter(({ custom }) => custom);
    const options = { protect: false, retainOnDelete: false, ignoreChanges: [], replaceOnChanges: [], aliases: [] };
    const planned = resources.map(({ urn, type, name, inputs }) => ({
      urn,
      type,
      name,
      inputs,
      options,
      secrets: {},
      fingerprints: {},
    }));
    const after = { stack, cloud: cluster.cloud, resources: planned };
    const added = planned.filter(({ type }) => type === "aws:lb/listener:Listener");
    const before = { ...after, resources: planned.filter((one) => !added.includes(one)) };
    const name = "ams-aws-database-data";
    const finding = { rule: "encryption", name, message: "a <disk> in clear", urn: "", remedy: "" };
    const excepted = { ...finding, rule: "exposure", reason: "a <test>", until: "2999-12-31" };
    const changes = reportOn(compare(before, after), undefined, {
      findings: ["tls: a <listener>"],
      cost: "+1.00 USD",
    });
    const told = page(
      [{ ...subject, findings: { findings: [finding], excepted: [excepted] }, changes }],
      "abc1234 -> working tree",
    );
    assert.match(columnOf(told, "policy", stack), /encryption ams-aws-database-data a <disk> in clear/);
    assert.match(columnOf(told, "policy", stack), /exposure ams-aws-database-data accepted until 2999-12-31: a <test>/);
    assert.match(
      columnOf(told, "changes", stack),
      new RegExp(`${added.length} create, 0 update[\\s\\S]*\\+1\\.00 USD`),
    );
    assert.match(columnOf(told, "changes", stack), /new policy finding: tls: a <listener>/);
    assert.match(told, /abc1234 -&gt; working tree/);
  });

  it("has its date, revision and version, those of the servers, and the warnings of each stack", () => {
    const directory = mkdtempSync(join(tmpdir(), "ams-report-"));
    const file = join(directory, "report.html");
    const words = ["start.mjs", "tools/cli.ts", "report", "--stack", "aws", "--out", file];
    assert.equal(spawnSync(process.execPath, words, { cwd: root }).status, 0);
    const written = visible(readFileSync(file, "utf8"));
    rmSync(directory, { recursive: true, force: true });
    assert.match(
      written,
      /Generated on \d{4}-\d\d-\d\d (from revision [0-9a-f]{7,}.*? )?by ams-cluster \d+\.\d+\.\d+\./,
    );
    const [subject] = subjects;
    assert.ok(subject !== undefined && subject.planned.recording.warnings.length > 0);
    const { stack, cluster, recording } = subject.planned;
    const column = columnOf(html, "overview", stack);
    for (const text of [...recording.warnings, `Ant Media Server ${cluster.media.version}`])
      assert.ok(column.includes(text), text);
  });

  it("loads nothing and runs nothing", () => {
    assert.doesNotMatch(html, /<(script|link|img|iframe|object|embed|base|form)\b|@import|url\(|\bon[a-z]+=/);
    for (const [, name, url] of html.matchAll(/<([a-z]+)[^>]*\s(?:src|href)="([^"]*)"/g)) {
      assert.equal(name, "a");
      assert.match(url ?? "", /^(#[a-z]+|https:\/\/\S+)$/);
    }
    const elsewhere = html.replace(/<a href="[^"]*"/g, "").replaceAll('xmlns="http://www.w3.org/2000/svg"', "");
    assert.doesNotMatch(elsewhere.replace(/https:\/\/live\.example\.com\S*/g, ""), /https?:\/\//);
  });

  it("holds no secret, and no id twice", () => {
    for (const { planned } of subjects) {
      const secrets = secretTextsOf(planned.recording);
      assert.ok(secrets.length > 0);
      for (const text of secrets) assert.ok(!html.includes(text), text);
    }
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    for (const [, target] of html.matchAll(/<a href="#([^"]*)"/g)) assert.ok(ids.includes(target), target);
  });
});

const rangeOf = ({ protocol, ports: [first, last] }: Flow): string =>
  protocol === "all" ? "all" : first === last ? `${first}` : `${first}-${last}`;

/** Texts that stand within secrets, long enough to be no coincidence. */
function secretTextsOf({ resources }: Recording): readonly string[] {
  const within = (value: Value): readonly string[] => {
    if (value instanceof Secret) return textsOf(value, "revealed");
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(within) : [];
  };
  return resources.flatMap(({ inputs }) => Object.values(inputs).flatMap(within)).filter((text) => text.length >= 8);
}
