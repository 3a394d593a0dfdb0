import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { archive, type MachineRole } from "../../machine/index.ts";
import { exportedName, exportedPer } from "../../model/operation/exporter.ts";
import { metrics } from "../../model/operation/metrics.ts";
import { cluster } from "../support/cluster.ts";
import { startExporter } from "./exporters.ts";
import { put, remove, run, unpack, until } from "./rig.ts";

const scraped = { monitoring: { scrapeCidrs: ["10.20.0.0/24"] } };

interface Exporter {
  readonly port: number;
  readonly figures: (state: unknown) => void;
  readonly get: (path?: string, method?: string) => Promise<Response>;
  readonly page: () => Promise<string>;
}

const open: (() => unknown)[] = [];

/** The program of a machine, on a free port of the loopback address. */
async function exporter(role: MachineRole, of = cluster(scraped)): Promise<Exporter> {
  const root = unpack(role, of);
  open.push(() => remove(root));
  const { port, service } = await startExporter(root);
  open.push(() => service.stop());
  const get = (asked = "/metrics", method = "GET") => fetch(`http://127.0.0.1:${port}${asked}`, { method });
  return {
    port,
    figures: (state) =>
      put(`${root}/run/ams-cluster/figures`, typeof state === "string" ? state : JSON.stringify(state)),
    get,
    page: async () => (await get()).text(),
  };
}

/** Samples of a page, by their name and labels. */
const samples = (page: string): ReadonlyMap<string, number> =>
  new Map(
    page
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );

const now = (): number => Date.now() / 1000;

const turn = { turn: {}, domain: { name: "live.example.com", zone: "example.com" } };

describe("the exporter", () => {
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });

  for (const [role, kind, values] of [
    ["origin", "media", {}],
    ["database", "database", {}],
    ["proxy", "proxy", { balancer: { kind: "haproxy" } }],
    ["turn", "turn", turn],
  ] as const)
    it(`serves the figures of ${role} as Prometheus's own linter likes them`, async () => {
      const one = await exporter(role, cluster({ ...scraped, ...values }));
      const own = metrics.filter(({ machine }) => machine === kind);
      one.figures({ time: now(), values: Object.fromEntries(own.map(({ name }, index) => [name, index + 0.5])) });
      const reply = await one.get();
      assert.equal(reply.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
      const page = await reply.text();
      const labels = `{cluster="ams-test",role="${role}"}`;
      const { [`ams_figures_age_seconds${labels}`]: age = 99, ...rest } = Object.fromEntries(samples(page));
      assert.ok(age < 10);
      const wanted = own.map(({ name }, index) => [
        `${exportedName(name)}${labels}`,
        (index + 0.5) / exportedPer(name),
      ]);
      assert.deepEqual(rest, Object.fromEntries(wanted));
      const linted = run("promtool", ["check", "metrics"], {}, page);
      assert.equal(linted.status, 0, linted.all);
      assert.equal(linted.all.trim(), "");
    });

  it("serves no figures that are old, none or broken, but says their age", async () => {
    const one = await exporter("edge");
    const state = { time: now(), values: { Viewers: 7 }, decides: "egress" };
    const labels = 'cluster="ams-test",role="edge"';
    const age = async (): Promise<number | undefined> =>
      samples(await one.page()).get(`ams_figures_age_seconds{${labels}}`);
    const names = async (): Promise<readonly string[]> => [...samples(await one.page()).keys()].slice(1);
    assert.deepEqual(await names(), []);
    one.figures(state);
    assert.deepEqual(await names(), [`ams_viewers{${labels}}`, `ams_load_decides{${labels},part="egress"}`]);
    one.figures({ ...state, time: now() - 170 });
    assert.equal((await names()).length, 2);
    one.figures({ ...state, time: now() - 190 });
    assert.deepEqual(await names(), []);
    assert.ok(((await age()) ?? 0) >= 190);
    // A clock that was put back.
    one.figures({ ...state, time: now() + 1000 });
    assert.equal(await age(), 0);
    for (const broken of ["", "{", "[]", '{"time":true}', { time: now(), values: { Viewers: "7\nams_x 1" } }]) {
      one.figures(broken);
      assert.deepEqual(await names(), [], JSON.stringify(broken));
    }
  });

  it("serves one page, to GET alone", async () => {
    const one = await exporter("edge");
    const states = [];
    for (const [path, method] of [
      ["/metrics?x=1"],
      ["/"],
      ["/metrics/../x"],
      ["/metrics", "POST"],
      ["/metrics", "PUT"],
    ])
      states.push((await one.get(path, method)).status);
    assert.deepEqual(states, [200, 404, 404, 405, 405]);
  });

  it("lets silent, endless and many clients hold it for seconds only", async () => {
    const one = await exporter("edge");
    const ends: number[] = [];
    const begin = Date.now();
    const client = (text: string): Socket => {
      const socket = connect(one.port, "127.0.0.1", () => socket.write(text));
      socket.on("error", () => undefined).on("close", () => ends.push(Date.now() - begin));
      socket.resume();
      return socket;
    };
    // One says nothing, one never ends its request, one says more than a request may hold, and the others only come.
    const endless = client("GET /metrics HTTP/1.1\r\n");
    const trickle = setInterval(() => endless.write("X-More: 1\r\n"), 500);
    client("");
    for (let index = 0; index < 40; index += 1) client("");
    client(`GET /metrics HTTP/1.1\r\nX: ${"x".repeat(100_000)}\r\n\r\n`);
    await until("the end of those beyond the limit", () => ends.length >= 35);
    assert.ok(Date.now() - begin < 4000);
    await until("the end of all", () => ends.length === 43);
    clearInterval(trickle);
    assert.ok(Math.max(...ends) < 9000, `${Math.max(...ends)}`);
    assert.equal((await one.get()).status, 200);
  });

  it("is on no machine that nobody scrapes, whose agent stays as it was, byte for byte", () => {
    const without = archive(cluster(), "edge").text;
    assert.equal(archive(cluster({ monitoring: { scrapeCidrs: [] } }), "edge").text, without);
    assert.ok(!without.includes("exporter"));
    // Another range changes the firewall, and no machine.
    const other = { monitoring: { scrapeCidrs: ["10.21.0.0/24"] } };
    assert.equal(archive(cluster(other), "edge").digest, archive(cluster(scraped), "edge").digest);
    assert.equal(archive(cluster(scraped), "origin").digest, archive(cluster(scraped), "edge").digest);
  });
});
