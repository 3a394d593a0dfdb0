import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { secretName } from "../../model/naming.ts";
import { until } from "../machine/rig.ts";
import { loopback } from "../support/loopback.ts";
import { type SelfSigned, selfSigned } from "../support/self-signed.ts";
import { type Authority, startAuthority } from "./authority.ts";
import { send, webSocket } from "./client.ts";
import { behind, domain, kinds, type ProxyMachine, password, ready, type Site, startPair } from "./rig.ts";

/** Clients who ask by new connections all the time, and what certificates they were shown. */
function load(proxy: ProxyMachine) {
  const failures: string[] = [];
  const shown: string[] = [];
  let stopped = false;
  const client = async (): Promise<void> => {
    while (!stopped) {
      try {
        const ask = { host: proxy.address, port: 443, path: "/live/x", scheme: "https", anyCertificate: true } as const;
        const { status, serial } = await send(ask);
        if (status !== 200) failures.push(String(status));
        if (serial !== undefined && shown.at(-1) !== serial) shown.push(serial);
      } catch (error) {
        failures.push(String(error));
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const done = client();
  return {
    failures,
    shows: (serial: string) => shown.at(-1) === serial,
    shown,
    stop: async () => {
      stopped = true;
      await done;
    },
  };
}

const named = { name: domain, zone: "example.com" };
/** Each of them the authority proves by itself. */
const further = ["video.example.com", "stage.live.example.com"];
const turn = "turn.live.example.com";

const serialOf = (pem: string): string => new X509Certificate(pem).serialNumber;
const textOf = ({ pem, key }: SelfSigned): string => JSON.stringify({ certificatePem: pem, certificateKey: key });

describe("the certificate of the proxies", () => {
  let site: Site;
  let authority: Authority;
  const open: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    site = await startPair();
  });
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
    await site.close();
  });
  const begin = (proxy: ProxyMachine): ReturnType<typeof load> => {
    const requests = load(proxy);
    open.push(requests.stop);
    return requests;
  };
  const held = async (proxy: ProxyMachine) => {
    const ask = {
      host: proxy.address,
      port: 443,
      path: "/live/websocket",
      scheme: "https",
      anyCertificate: true,
    } as const;
    const socket = await webSocket(ask);
    open.push(async () => socket.close());
    return socket;
  };

  for (const kind of kinds) {
    it(`is another one within a minute of its change in the secret, and nobody notices: ${kind}`, async () => {
      const [old, other] = [selfSigned(), selfSigned()];
      const proxy = await site.proxy(behind(kind, {}, old), undefined, { certificate: old });
      await ready(proxy);
      const requests = begin(proxy);
      const socket = await held(proxy);
      await until("the old one is shown", () => requests.shows(serialOf(old.pem)), proxy.agent.log);
      const name = `aws:${secretName(proxy.cluster, "proxy")}`;
      const secret = (pair: SelfSigned) => ({ statsPassword: password, ...JSON.parse(textOf(pair)) });
      // A key that is not the certificate's: refused, and the old pair goes on.
      site.cloud.secrets.set(name, JSON.stringify(secret({ pem: other.pem, key: old.key })));
      const failed = (): boolean => /follow_certificate state=failed/.test(proxy.agent.log());
      await until("a pair that does not fit is refused", failed, proxy.agent.log);
      assert.ok(requests.shows(serialOf(old.pem)));
      site.cloud.secrets.set(name, JSON.stringify(secret(other)));
      await until("the new one is shown", () => requests.shows(serialOf(other.pem)), proxy.agent.log);
      assert.ok(socket.isOpen() && (await socket.echoes()));
      await requests.stop();
      assert.deepEqual(requests.failures, []);
      assert.ok(proxy.file("/etc/ams-cluster/tls.pem").includes(other.pem));
    });
  }

  it("is asked of the authority once, however often the store refuses it", () => {
    const folder = mkdtempSync(join(tmpdir(), "ams-certificate-"));
    const program = `
import cloud, proxy_certificate, proxy_nodes
made, kept = [], []
proxy_certificate.address = proxy_nodes.leader = lambda *_: "10.0.0.1"
proxy_certificate.obtain = lambda _: made.append("one") or {"certificatePem": "pem", "certificateKey": "key"}
shared = {"certificateName": "name", "domain": "live.example.com", "renewDays": 30}
def refuse(*_):
    raise RuntimeError("too long")
cloud.store = refuse
for _ in range(3):
    try:
        proxy_certificate.renewed(shared, None)
    except RuntimeError:
        kept.append("refused")
cloud.store = lambda _, text: kept.append(text)
assert proxy_certificate.renewed(shared, None)["certificateKey"] == "key"
assert made == ["one"] and kept[:3] == ["refused"] * 3 and "pem" in kept[3], (made, kept)
`;
    const agent = (part: string): string => fileURLToPath(new URL(`../../machine/agent/${part}`, import.meta.url));
    const programs = ["core", "clouds/aws", "proxy"].map(agent).join(":");
    const env = { ...process.env, AMS_CLUSTER_ROOT: folder, PYTHONPATH: programs, PYTHONDONTWRITEBYTECODE: "1" };
    const { status, stderr } = spawnSync("python3", ["-c", program], { env, encoding: "utf8" });
    rmSync(folder, { recursive: true });
    assert.equal(status, 0, stderr);
  });

  it("is asked of the authority anew for a name that it lacks, and for each name", () => {
    const folder = mkdtempSync(join(tmpdir(), "ams-certificate-"));
    const program = `
import certificate, os, proxy_certificate, proxy_nodes, sys
words = []
proxy_certificate.address = proxy_nodes.leader = lambda *_: "10.0.0.1"
real = proxy_certificate.command
proxy_certificate.command = lambda *all, **env: words.extend(all) if all[0] == "certbot" else real(*all, **env)
shared = {"certificateName": "name", "domain": "live.example.com", "renewDays": 30, "acmePort": 8089}
pem = sys.argv[1]
os.makedirs(os.path.dirname(proxy_certificate.PEM))
assert proxy_certificate.lasts(shared, pem, 30) and not proxy_certificate.lasts(shared, pem, 100)
assert proxy_certificate.lasts({**shared, "names": ["live.example.com", "video.example.com"]}, pem, 30)
more = {**shared, "names": ["live.example.com", "video.example.com", "other.example.com"]}
assert not proxy_certificate.lasts(more, pem, 30)
proxy_certificate.obtain(more)
hosts = [words[at + 1] for at, word in enumerate(words) if word == "--domain"]
assert hosts == ["live.example.com", "video.example.com", "other.example.com"], words
own = certificate.self_signed(proxy_certificate.PEM, more["names"])
assert proxy_certificate.lasts(more, own["certificatePem"], 30)
assert certificate.install(proxy_certificate.PEM, own) and not certificate.install(proxy_certificate.PEM, own)
`;
    const agent = (part: string): string => fileURLToPath(new URL(`../../machine/agent/${part}`, import.meta.url));
    const programs = ["core", "clouds/aws", "proxy"].map(agent).join(":");
    const env = { ...process.env, AMS_CLUSTER_ROOT: folder, PYTHONPATH: programs, PYTHONDONTWRITEBYTECODE: "1" };
    const { pem } = selfSigned(90, ["live.example.com", "video.example.com"]);
    const { status, stderr } = spawnSync("python3", ["-c", program, pem], { env, encoding: "utf8" });
    rmSync(folder, { recursive: true });
    assert.equal(status, 0, stderr);
  });

  /** One proxy of each kind, the first of which renews; the authority asks the other one for the proof. */
  async function pair(first: (typeof kinds)[number]): Promise<readonly ProxyMachine[]> {
    authority = await startAuthority(`${loopback}.1.2`);
    open.push(authority.close);
    const second = first === "haproxy" ? "nginx" : "haproxy";
    const proxies: ProxyMachine[] = [];
    for (const [place, kind] of ([first, second] as const).entries()) {
      const values = { certificate: { source: "issued" }, domain: { ...named, names: further }, turn: { tls: true } };
      const of = behind(kind, values);
      proxies.push(await site.proxy(of, place + 1, { env: authority.env }));
    }
    for (const proxy of proxies) await ready(proxy);
    return proxies;
  }

  const issued = (text: string): boolean => {
    const { certificatePem } = JSON.parse(text) as { readonly certificatePem?: string };
    return certificatePem !== undefined && new X509Certificate(certificatePem).issuer.includes("Pebble");
  };

  for (const first of kinds) {
    it(`is got by the first proxy, proven through the other, and shared: ${first} first`, async () => {
      const name = "aws:ams-test-certificate-1";
      // One that lasts for 20 days more, to renew under load; or none at all yet.
      const old = first === "haproxy" ? selfSigned(20) : undefined;
      site.cloud.secrets.set(name, old === undefined ? "{}" : textOf(old));
      const proxies = await pair(first);
      const requests = proxies.map(begin);
      const sockets = await Promise.all(proxies.map(held));
      const logs = (): string => [authority, ...proxies.map(({ agent }) => agent)].map(({ log }) => log()).join("\n");
      const store = (): string => site.cloud.secrets.get(name) ?? "{}";
      await until("a certificate is stored", () => issued(store()), logs, 40);
      const { certificatePem, certificateKey } = JSON.parse(store()) as Readonly<Record<string, string>>;
      assert.ok(certificatePem !== undefined && certificateKey !== undefined);
      const names = [named.name, ...further, turn].map((one) => `DNS:${one}`);
      assert.deepEqual((new X509Certificate(certificatePem).subjectAltName ?? "").split(", ").sort(), names.sort());
      assert.equal(createPrivateKey(certificateKey).asymmetricKeyType, "ec", "short enough for every store");
      const serial = serialOf(certificatePem);
      await until("both show it", () => requests.every((one) => one.shows(serial)), logs);
      for (const one of requests) await one.stop();
      assert.deepEqual(
        requests.flatMap(({ failures }) => failures),
        [],
      );
      for (const socket of sockets) assert.ok(socket.isOpen() && (await socket.echoes()));
      // While a proxy reloads, its old processes answer beside the new ones.
      for (const one of requests) assert.equal(new Set(one.shown).size, 2, "the one before and the new one");
      if (old !== undefined) assert.equal(requests[0]?.shown[0], serialOf(old.pem));
      assert.ok(!/step=certificate state=renewed/.test(proxies[1]?.agent.log() ?? ""), "the second asks nobody");
    });
  }
});
