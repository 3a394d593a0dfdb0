import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { put, remove, type Service, serve, until } from "../machine/rig.ts";
import { loopback } from "../support/loopback.ts";
import { expected, type Probe, probesOf } from "../support/probes.ts";
import { selfSigned } from "../support/self-signed.ts";
import { answered } from "./answered.ts";
import { packet, send, tcpStream } from "./client.ts";
import { behind, kinds, ready, startSite } from "./rig.ts";

/**
 * Prints how many of the listener table's rows the documents' HAProxy and Nginx get right, and how many ours do:
 * node --import tsx test/proxy/compare.ts
 */

const pair = selfSigned();
const clients = [`${loopback}.8.1`, `${loopback}.9.1`];
const rows = (port: number, path: RegExp, query: RegExp) => (one: Probe) =>
  one.port === port && path.test(one.path) && query.test(one.query);
const any = /^/;
const none = /^(token=abc)?$/;
const questions: readonly (readonly [string, (probe: Probe) => boolean])[] = [
  ["80: redirect to 443", rows(80, any, any)],
  ["5080: redirect to 5443", rows(5080, any, any)],
  ["443: target=origin and target=edge", rows(443, /^\/live\/(web|play)/, /target=(origin|edge)/)],
  ["443: HLS to the edges", rows(443, /\/live\/streams\//, none)],
  ["443: WHIP and WebSocket to the origins", rows(443, /whip|websocket/, none)],
  [
    "443 and 5443: panel and REST for admins alone",
    (one) => /^\/(rest\/.*)?$/.test(one.path) && [443, 5443].includes(one.port),
  ],
  ["5443: players to the edges", rows(5443, /^\/live\/(play|websocket|streams)/, none)],
  ["4444: panel for admins alone", rows(4444, any, any)],
];

/** Whether a question's answers are as the table says; a session cookie is not asked for here. */
async function right(host: string, probe: Probe): Promise<boolean> {
  const { port, path, query, from } = probe;
  const scheme = probe.protocol === "https" ? "https" : "http";
  const whole = query === "" ? path : `${path}?${query}`;
  const answer = await send({ host, port, path: whole, from, scheme, ca: pair.pem }).catch(() => undefined);
  const wanted = expected(behind("nginx", {}, pair), probe);
  const got = answer === undefined ? "nothing" : answered(answer, port);
  return got === wanted || (wanted === "panel" && got === "origin");
}

/** Whether a publisher who says nothing for six seconds is still there. */
async function patient(host: string): Promise<string> {
  const stream = await tcpStream(host, 1935);
  await new Promise((resolve) => setTimeout(resolve, 6000));
  const kept = stream.isOpen() && (await stream.echoes());
  stream.close();
  return kept ? "yes" : "cut";
}

async function column(host: string): Promise<readonly string[]> {
  const probes = probesOf(behind("nginx", {}, pair), clients);
  const cells: string[] = [];
  for (const [, asks] of questions) {
    const mine = probes.filter(asks);
    let good = 0;
    for (const probe of mine) if (await right(host, probe)) good += 1;
    cells.push(`${good}/${mine.length}`);
  }
  cells.push(await patient(host));
  cells.push(
    await packet(host, 4200).then(
      () => "yes",
      () => "no",
    ),
  );
  const forged = { host, port: 443, path: "/live/forged", scheme: "https", ca: pair.pem } as const;
  await send({ ...forged, headers: { "X-Forwarded-For": "203.0.113.1" } });
  return cells;
}

const site = await startSite();
const origin = await site.join("origin", 1);
await site.join("edge", 1);
const root = mkdtempSync(join(tmpdir(), "ams-documents-"));
put(`${root}/tls.pem`, pair.pem + pair.key);
const started: Service[] = [];
for (const [name, host, command, parameters] of [
  ["haproxy.cfg", `${loopback}.1.11`, "haproxy", ["-db", "-f"]],
  ["nginx.conf", `${loopback}.1.12`, "nginx", ["-g", "daemon off;", "-c"]],
] as const) {
  const text = readFileSync(new URL(`documents/${name}`, import.meta.url), "utf8");
  put(
    `${root}/${name}`,
    text
      .replaceAll("ADDRESS", host)
      .replaceAll("LOOPBACK", loopback)
      .replaceAll("CERTIFICATE", `${root}/tls.pem`)
      .replaceAll("ROOT", root),
  );
  started.push(serve(command, [...parameters, `${root}/${name}`], {}));
}
const hosts = new Map([
  ["documents' HAProxy", `${loopback}.1.11`],
  ["documents' Nginx", `${loopback}.1.12`],
]);
for (const kind of kinds) {
  const proxy = await site.proxy(behind(kind, {}, pair), undefined, { certificate: pair });
  await ready(proxy);
  hosts.set(`our ${kind}`, proxy.address);
}
await until("all listen", () => true);
await new Promise((resolve) => setTimeout(resolve, 1000));
const columns: (readonly string[])[] = [];
for (const host of hosts.values()) columns.push(await column(host));
const forged = origin.seen.filter(({ url }) => url === "/live/forged").map(({ headers }) => headers["x-forwarded-for"]);
const names = [...questions.map(([name]) => name), "silent RTMP publisher kept for 6 s", "SRT"];
console.log(`| row | ${[...hosts.keys()].join(" | ")} |\n|---|${"---|".repeat(hosts.size)}`);
for (const [index, name] of names.entries()) {
  console.log(`| ${name} | ${columns.map((cells) => cells[index]).join(" | ")} |`);
}
console.log(`| X-Forwarded-For of a client that forges it | ${forged.join(" | ")} |`);
for (const service of started) await service.stop();
await site.close();
remove(root);
