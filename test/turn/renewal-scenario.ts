import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { get } from "node:https";
import { connect } from "node:tls";
import { promisify } from "node:util";
import { acmePort } from "../../model/traffic/balancer.ts";
import { library, run, unpack, until } from "../machine/rig.ts";
import { type Authority, startAuthority } from "../proxy/authority.ts";
import { startMachine, withTurn } from "./machine.ts";
import { mediaPort, name, own, said, take, uris, users } from "./peers.ts";
import { at, client, settle } from "./place.ts";
import { verified } from "./verified.ts";

/**
 * coturn with a certificate that the proxies' program has had issued by Pebble, and with the next one, in a network namespace
 * of its own: run by renewal.test.ts, and printed as JSON.
 */

const cluster = withTurn({ tls: true }, undefined, {
  balancer: { kind: "haproxy" },
  certificate: { source: "issued" },
});
const proxy = unpack("proxy", cluster);

/** What the first proxy gets; port 80 of the TURN servers' balancer leads to it. */
async function obtain({ env }: Authority): Promise<{ readonly certificatePem: string }> {
  const program =
    "import json, proxy_certificate; from common import facts; print(json.dumps(proxy_certificate.obtain(facts())))";
  const own = { AMS_CLUSTER_ROOT: proxy, AMS_ADDRESS: at.neighbour, PYTHONPATH: library(proxy) };
  const { stdout } = await promisify(execFile)("python3", ["-c", program], { env: { ...process.env, ...env, ...own } });
  return JSON.parse(stdout);
}

const rootOf = ({ roots, env }: Authority): Promise<string> =>
  new Promise((resolve, reject) => {
    get(roots, { ca: readFileSync(env["REQUESTS_CA_BUNDLE"] ?? "") }, (response) => {
      let text = "";
      response.on("data", (part: Buffer) => (text += part.toString())).on("end", () => resolve(text));
    }).once("error", reject);
  });

const shown = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: at.balancer, port: 443, servername: name, rejectUnauthorized: false });
    socket.once("secureConnect", () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.once("error", reject);
  });

settle();
run("nft", [
  "add",
  "rule",
  "ip",
  "balancer",
  "output",
  ...["ip", "daddr", at.balancer, "tcp", "dport", "80"],
  ...["dnat", "to", `${at.neighbour}:${acmePort}`],
]);
const authority = await startAuthority(at.balancer);
const ca = await rootOf(authority);
const machine = await startMachine(cluster, { users });
const pid = machine.pid();
const ask = (): Promise<string> => said(take(client(1), uris.tls443, own, { ca: [ca] }).then((one) => one.release()));
const changes = (): number => machine.agent.log().match(/step=certificate state=changed/g)?.length ?? 0;

/** Gives coturn another certificate; whether it shows that one. */
async function renew(): Promise<boolean> {
  const before = changes();
  const pair = await obtain(authority);
  machine.share(pair);
  await until("the certificate is another one", () => changes() > before, machine.agent.log);
  await new Promise((resolve) => setTimeout(resolve, 500));
  return (await shown()) === new X509Certificate(pair.certificatePem).serialNumber;
}

const certificateCheck = async () => (await verified(client(4), own, ca))["turn-certificate"];

const before = { trusted: await ask(), check: await certificateCheck() };
const first = { shown: await renew(), trusted: await ask(), check: await certificateCheck() };
const held = [await take(client(2), uris.tls443, own, { ca: [ca] }), await take(client(3), uris.udp)];
const second = { shown: await renew(), trusted: await ask() };
const kept = await Promise.all(held.map((one) => said(one.permit(at.node, mediaPort).then(one.release))));
process.stdout.write(`${JSON.stringify({ before, first, second, kept, samePid: machine.pid() === pid })}\n`);
await machine.close();
await authority.close();
process.exit(0);
