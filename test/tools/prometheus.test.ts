import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Cluster } from "../../config/types.ts";
import { alarmsOf } from "../../model/operation/alarms.ts";
import { exportedName } from "../../model/operation/exporter.ts";
import { metrics } from "../../model/operation/metrics.ts";
import { dashboardFile } from "../../tools/prometheus/dashboard.ts";
import { rulesFile } from "../../tools/prometheus/rules.ts";
import { scrapeFile, targetsScript } from "../../tools/prometheus/scrape.ts";
import { put, remove, run, tool } from "../machine/rig.ts";
import { cluster } from "../support/cluster.ts";

const full = (cloud: "aws" | "alibaba"): Cluster =>
  cluster({
    cloud,
    database: { kind: "replica-set", restoreDrill: { maxAgeDays: 40 } },
    balancer: { kind: "haproxy" },
    certificate: { source: "issued" },
    domain: { name: "live.example.com", zone: "example.com" },
    turn: {},
    applications: { live: { publish: "open", play: "open" } },
    monitoring: { scrapeCidrs: ["10.20.0.0/24"] },
  });

/** What promtool says of a file; its exit code is zero where all is right. */
function promtool(words: readonly string[], name: string, text: string) {
  const folder = mkdtempSync(join(tmpdir(), "ams-promtool-"));
  writeFileSync(join(folder, name), text);
  const done = run("promtool", [...words, join(folder, name)]);
  remove(folder);
  return done;
}

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}

const panelsOf = (of: Cluster): readonly Panel[] => JSON.parse(dashboardFile(of)).panels;

/** Values of a minute each, in promtool's notation, and whether the alert then fires. */
interface Scenario {
  readonly alert: string;
  readonly series: string;
  readonly values: string;
  readonly minutes: readonly (readonly [minute: number, fires: boolean])[];
  readonly machine?: string;
}

const labelled = (name: string, role: string, instance: string): string =>
  `${name}{cluster="ams-test",role="${role}",instance="${instance}"}`;

const scenarios: Readonly<Record<string, Scenario>> = {
  "a dead node": {
    alert: "dead-node",
    series: labelled("ams_oldest_heartbeat_seconds", "origin", "i-1"),
    values: "2x3 30+60x6",
    minutes: [
      [3, false],
      [5, false],
      [7, true],
    ],
  },
  "a node that comes back": {
    alert: "dead-node",
    series: labelled("ams_oldest_heartbeat_seconds", "origin", "i-1"),
    values: "2x3 30 90 2x9",
    minutes: [
      [6, false],
      [9, false],
    ],
  },
  "no node that reports": {
    alert: "dead-node",
    series: labelled("ams_oldest_heartbeat_seconds", "origin", "i-1"),
    values: "2x3 stale _x9",
    minutes: [
      [3, false],
      [8, true],
    ],
  },
  "a full volume": {
    alert: "database-volume",
    series: labelled("ams_data_volume_used_percent", "database", "i-7"),
    values: "79x2 81x9",
    minutes: [
      [2, false],
      [6, false],
      [8, true],
    ],
    machine: "i-7",
  },
  "drift of applications": {
    alert: "applications-drift",
    series: labelled("ams_applications_drift", "edge", "i-1"),
    values: "0x2 2x9",
    minutes: [
      [2, false],
      [8, true],
    ],
  },
  "a slow database, in base units": {
    alert: "database-slow-edge",
    series: labelled("ams_database_query_seconds", "edge", "i-3"),
    values: "0.09x2 0.11x9",
    minutes: [
      [2, false],
      [8, true],
    ],
    machine: "i-3",
  },
  "a client that one machine refused": {
    alert: "refusing-edge",
    series: labelled("ams_refused_clients", "edge", "i-4"),
    values: "0 1 0x4",
    minutes: [
      [0, false],
      [1, true],
      [2, false],
    ],
    machine: "i-4",
  },
};

const pascal = (name: string): string => name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

function testOf({ alert, series, values, minutes, machine }: Scenario): object {
  const row = alarmsOf(full("aws")).find(({ name }) => name === alert);
  assert.ok(row !== undefined, alert);
  const role =
    row.source.kind === "metric" && alert.endsWith(row.source.publisher) ? { role: row.source.publisher } : {};
  const labels = { cluster: "ams-test", alarm: alert, ...(alert === "database-volume" ? { role: "database" } : role) };
  const annotations = { summary: row.meaning, description: row.remedy, ...(machine === undefined ? {} : { machine }) };
  return {
    interval: "1m",
    input_series: [{ series, values }],
    alert_rule_test: minutes.map(([minute, fires]) => ({
      eval_time: `${minute}m`,
      alertname: `Ams${pascal(alert)}`,
      exp_alerts: fires ? [{ exp_labels: labels, exp_annotations: annotations }] : [],
    })),
  };
}

describe("the alert rules for Prometheus", () => {
  for (const cloud of ["aws", "alibaba"] as const)
    it(`are valid, and one for each alarm on ${cloud} whose value the machines have`, () => {
      const of = full(cloud);
      const text = rulesFile(of);
      const done = promtool(["check", "rules"], "alerts.yml", text);
      const own = alarmsOf(of).filter(({ source }) => source.kind === "metric");
      assert.match(done.all, new RegExp(`SUCCESS: ${own.length + 2} rules found`));
      for (const { name } of own) assert.match(text, new RegExp(`alarm: ${name}\\n`));
      for (const { name } of alarmsOf(of).filter(({ source }) => source.kind !== "metric"))
        assert.match(text.split("\ngroups:")[0] ?? "", new RegExp(`\\b${name}\\b`));
    });

  for (const [name, scenario] of Object.entries(scenarios))
    it(`fire when they should and not before, by Prometheus's own engine: ${name}`, () => {
      const folder = mkdtempSync(join(tmpdir(), "ams-promtool-"));
      writeFileSync(join(folder, "alerts.yml"), rulesFile(full("aws")));
      const tests = { rule_files: ["alerts.yml"], evaluation_interval: "1m", tests: [testOf(scenario)] };
      writeFileSync(join(folder, "tests.yml"), stringify(tests));
      const done = run("promtool", ["test", "rules", join(folder, "tests.yml")]);
      remove(folder);
      assert.equal(done.status, 0, done.all);
    });
});

describe("the scrape configuration for Prometheus", () => {
  for (const cloud of ["aws", "alibaba"] as const)
    it(`is one that Prometheus takes, on ${cloud}`, () => {
      const done = promtool(["check", "config"], "prometheus.yml", scrapeFile(full(cloud)));
      assert.equal(done.status, 0, done.all);
    });

  it("finds Alibaba Cloud's machines with a script, which keeps the last ones while the API is away", () => {
    const root = mkdtempSync(join(tmpdir(), "ams-targets-"));
    const path = `${root}/targets.sh`;
    put(path, targetsScript(full("alibaba")));
    assert.equal(run("shellcheck", ["--severity=style", path]).all, "");
    const instance = (id: string, address: string) => ({
      InstanceId: id,
      ZoneId: "ap-southeast-1a",
      VpcAttributes: { PrivateIpAddress: { IpAddress: [address] } },
    });
    const answer = JSON.stringify({
      Instances: { Instance: [instance("i-a", "10.0.0.4"), instance("i-b", "10.0.0.5")] },
    });
    tool(root, "aliyun", `#!/bin/sh\necho "$@" >${root}/asked\nprintf '%s' '${answer}'\n`);
    const env = { PATH: `${root}/bin:${process.env["PATH"]}` };
    const find = () => run("sh", [path, `${root}/targets.json`], env);
    const targets = () => JSON.parse(readFileSync(`${root}/targets.json`, "utf8"));
    assert.equal(find().status, 0);
    const labels = { zone: "ap-southeast-1a" };
    const found = [
      { targets: ["10.0.0.4:9464"], labels: { instance: "i-a", ...labels } },
      { targets: ["10.0.0.5:9464"], labels: { instance: "i-b", ...labels } },
    ];
    assert.deepEqual(targets(), found);
    assert.match(readFileSync(`${root}/asked`, "utf8"), /--Tag\.1\.Key ams-cluster --Tag\.1\.Value ams-test/);
    tool(root, "aliyun", "#!/bin/sh\nexit 1\n");
    assert.notEqual(find().status, 0);
    assert.deepEqual(targets(), found);
    // As the command line merges pages without a machine.
    tool(root, "aliyun", '#!/bin/sh\necho \'{"Instances":{"Instance":null}}\'\n');
    assert.equal(find().status, 0);
    assert.deepEqual(targets(), []);
    remove(root);
  });
});

describe("the dashboard for Grafana", () => {
  it("shows each metric once, in expressions that Prometheus takes, and panels that lie beside each other", () => {
    const panels = panelsOf(full("aws"));
    const all = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    for (const { name } of metrics)
      assert.equal(all.filter((expr) => expr.includes(`${exportedName(name)}{`)).length, 1, name);
    const rules = all.map((expr, index) => ({ record: `panel:${index}`, expr }));
    const done = promtool(["check", "rules"], "panels.yml", stringify({ groups: [{ name: "panels", rules }] }));
    assert.match(done.all, new RegExp(`SUCCESS: ${all.length} rules found`));
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`),
    );
    assert.equal(new Set(cells).size, cells.length);
    assert.ok(panels.every(({ gridPos: { x, w } }) => x + w <= 24));
  });

  it("has the metric of a single alarm where the cluster has that alarm", () => {
    const own = metrics.flatMap((metric) => ("ofAlarm" in metric ? [[metric.name, metric.ofAlarm] as const] : []));
    assert.deepEqual(own, [
      ["RestoreDrillOverdue", "restore-drill"],
      ["CertificateExpirySeconds", "certificate-proxy"],
    ]);
    const shows = (of: Cluster) => panelsOf(of).some(({ title }) => title === "Restore drill overdue");
    assert.deepEqual([shows(full("aws")), shows(cluster({}))], [true, false]);
    for (const [name, alarm] of own)
      assert.ok(
        alarmsOf(full("aws")).some((one) => one.name === alarm && "metric" in one.source && one.source.metric === name),
      );
  });

  it("has no panels of machines that the cluster lacks", () => {
    const titles = panelsOf(cluster({ mode: "standalone" })).filter(({ type }) => type === "row");
    assert.deepEqual(
      titles.map(({ title }) => title),
      ["Media machines"],
    );
    const drills = (of: Cluster) => panelsOf(of).some(({ title }) => title === "Restore drill overdue");
    assert.deepEqual([full("aws"), cluster()].map(drills), [true, false]);
  });
});
