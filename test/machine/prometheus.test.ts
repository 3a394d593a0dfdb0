import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { exportedName } from "../../model/operation/exporter.ts";
import { metrics } from "../../model/operation/metrics.ts";
import { rulesFile } from "../../tools/prometheus/rules.ts";
import { scrapeFile } from "../../tools/prometheus/scrape.ts";
import { cluster } from "../support/cluster.ts";
import { documentOf, plain, publish } from "./documents.ts";
import { startExporter } from "./exporters.ts";
import { facts, furnish } from "./published.ts";
import { hurry, library, put, remove, type Service, serve, unpack, until } from "./rig.ts";
import { closeAll, freePort, type Node, node, type Site, site } from "./site.ts";
import { isMember } from "./states.ts";

/** Prometheus itself, which reads machines of the loopback cluster by our files, with a second for each minute. */

const of = cluster({
  cloud: "alibaba",
  applications: { live: { publish: "open", play: "open" } },
  monitoring: { scrapeCidrs: ["10.20.0.0/24"] },
});

const seconds = (text: string): string => text.replace(/for: (\d+)m/g, "for: $1s");

const open: (() => unknown)[] = [];

interface Alert {
  readonly state: "pending" | "firing";
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface Prometheus {
  readonly log: () => string;
  /** By instance. */
  readonly target: (ports: Readonly<Record<string, number>>) => void;
  readonly series: (expression: string) => Promise<number>;
  readonly firing: (alarm: string) => Promise<Alert | undefined>;
}

async function prometheus(): Promise<Prometheus> {
  const folder = mkdtempSync(`${tmpdir()}/ams-prometheus-`);
  open.push(() => remove(folder));
  const own = scrapeFile(of)
    .replace(/\/etc\/prometheus\/\S+/, `${folder}/targets.json`)
    .replace(/interval: \d+s/g, "interval: 1s")
    .replace("timeout: 5s", "timeout: 1s");
  put(`${folder}/alerts.yml`, seconds(rulesFile(of)));
  put(`${folder}/prometheus.yml`, `global:\n  evaluation_interval: 1s\nrule_files: [alerts.yml]\n${own}`);
  const port = await freePort();
  const words = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`];
  const server = serve("prometheus", [...words, `--web.listen-address=127.0.0.1:${port}`], {});
  open.push(() => server.stop());
  const get = async (path: string) => {
    const reply = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`);
    const { data }: { data: { alerts: readonly Alert[]; result: readonly unknown[] } } = JSON.parse(await reply.text());
    return data;
  };
  return {
    log: server.log,
    target: (ports) =>
      writeFileSync(
        `${folder}/targets.json`,
        JSON.stringify(
          Object.entries(ports).map(([instance, at]) => ({ targets: [`127.0.0.1:${at}`], labels: { instance } })),
        ),
      ),
    series: async (expression) => (await get(`query?query=${encodeURIComponent(expression)}`)).result.length,
    firing: async (alarm) =>
      (await get("alerts")).alerts.find(({ state, labels }) => state === "firing" && labels["alarm"] === alarm),
  };
}

/** Waits for what has to be asked for. */
async function eventually(what: string, holds: () => Promise<boolean>, log: () => string): Promise<void> {
  const end = Date.now() + 120_000;
  for (let found = false; !found; ) {
    found = await holds().catch(() => false);
    if (found) return;
    if (Date.now() > end) throw new Error(`never: ${what}\n${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Its figures are old after six seconds, and not after one: a loaded machine measures late. */
const measured = { metrics: { ...facts.metrics, periodSeconds: 2 } };

async function member(at: Site, address: string): Promise<Node> {
  const one = await node(at, address, { root: unpack("origin", of) });
  furnish(one, 2);
  hurry(one.root, measured);
  const service = one.start();
  await until("a member", isMember(one), service.log);
  return one;
}

/** A database machine with a data volume of its own, which fills once the file `fill` is there. */
function database(at: Site): { readonly root: string; readonly fill: () => void; readonly service: Service } {
  const root = unpack("database", of);
  put(`${root}/var/lib/cloud/data/instance-id`, "i-db1");
  const path = `${root}/etc/ams-cluster/facts.json`;
  hurry(root, { metrics: { ...JSON.parse(readFileSync(path, "utf8")).metrics, periodSeconds: 2 } });
  put(`${root}/var/lib/mongodb/.keep`, "");
  const script = `
    mount -t tmpfs -o size=8m volume "$1/var/lib/mongodb"
    (until [ -e "$1/fill" ]; do sleep 0.2; done; head -c 7500000 /dev/zero >"$1/var/lib/mongodb/data") &
    exec python3 "$2/metrics.py"`;
  const env = { AMS_CLUSTER_ROOT: root, AMS_METADATA_URL: at.cloud.url, AMS_API_URL: at.cloud.url };
  const words = ["--mount", "sh", "-ec", script, "sh", root, library(root)];
  const service = serve("unshare", words, { ...env, AMS_ADDRESS: "10.0.0.31", AMS_STATUS: "status-metrics" });
  open.push(
    () => remove(root),
    () => service.stop(),
    () => put(`${root}/fill`, ""),
  );
  return { root, service, fill: () => put(`${root}/fill`, "") };
}

describe("Prometheus", () => {
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
    await closeAll();
  });

  it("reads the loopback cluster, and its alerts fire on a dead node, a full volume and drift of applications", async () => {
    const at = await site("alibaba");
    await at.databaseUp();
    const first = await member(at, "10.0.0.11");
    const second = await member(at, "10.0.0.12");
    const stored = database(at);
    publish(at, 1, documentOf("enforce", { LiveApp: plain }));
    first.agent("applications", second);
    first.agent("metrics", second);
    second.agent("metrics", first);
    const exporters = await Promise.all([first.root, second.root, stored.root].map(startExporter));
    for (const { service } of exporters) open.push(() => service.stop());
    const [portOfFirst = 0, portOfSecond = 0, portOfDatabase = 0] = exporters.map(({ port }) => port);
    const server = await prometheus();
    const targets = { "i-first": portOfFirst, "i-second": portOfSecond, "i-db1": portOfDatabase };
    server.target(targets);

    // Machines of a stack without restore drills have nothing to say of them.
    const present = metrics.filter(
      (metric) => (metric.machine === "media" || metric.machine === "database") && !("ofAlarm" in metric),
    );
    for (const { name } of present)
      await eventually(
        `a series of ${name}`,
        async () => (await server.series(exportedName(name))) > 0,
        () => server.log() + stored.service.log(),
      );
    assert.equal(await server.series('ams_viewers{cluster="ams-test",role="origin"}'), 2);
    assert.equal(await server.series("up == 1"), 3);
    const noDrift = async () => (await server.series("ams_applications_drift == 0")) > 0;
    await eventually("applications as they should be", noDrift, server.log);
    const alarms = ["applications-drift", "dead-node", "database-volume", "machine-down", "no-figures"];
    // Those that fired while nothing was measured yet have ended.
    const isQuiet = async () => (await Promise.all(alarms.map(server.firing))).every((alert) => alert === undefined);
    await eventually("no alert", isQuiet, server.log);

    const fires = (alarm: string) =>
      eventually(`an alert for ${alarm}`, async () => (await server.firing(alarm)) !== undefined, server.log);
    stored.fill();
    await fires("database-volume");
    assert.equal((await server.firing("database-volume"))?.annotations["machine"], "i-db1");

    publish(at, 2, documentOf("report", { LiveApp: plain, second: plain }));
    await fires("applications-drift");

    await second.powerOff();
    await exporters[1]?.service.stop();
    await fires("machine-down");
    assert.equal((await server.firing("machine-down"))?.labels["instance"], "i-second");
    await fires("dead-node");

    // A machine that its group took away is nobody's to look for.
    const { "i-second": _, ...left } = targets;
    server.target(left);
    await eventually(
      "the end of the alert",
      async () => (await server.firing("machine-down")) === undefined,
      server.log,
    );
  });
});
