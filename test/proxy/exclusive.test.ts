import assert from "node:assert/strict";
import { secretName } from "../../model/naming.ts";
import { filesOf } from "../machine/rig.ts";
import { loopback } from "../support/loopback.ts";
import { exclusiveProbes, nameOf, type Probe } from "../support/probes.ts";
import { selfSigned } from "../support/self-signed.ts";
import { answered } from "./answered.ts";
import { send, tcpStream } from "./client.ts";
import { behind, cdnKey, kinds, type ProxyMachine, password, ready, type Site, startPair } from "./rig.ts";

const certificate = selfSigned();
const client = `${loopback}.8.1`;
const cdn = { domain: "cdn.example.com", exclusive: true };
const playlist = {
  method: "GET",
  protocol: "https",
  port: 443,
  path: "/live/streams/stream1.m3u8",
  query: "",
} as const;

for (const kind of kinds) {
  describe(`${kind} before edges that are the CDN's alone`, () => {
    let site: Site;
    let proxy: ProxyMachine;

    before(async () => {
      site = await startPair();
      proxy = await site.proxy(behind(kind, { cdn }, certificate), undefined, { certificate });
      await ready(proxy);
    });
    after(() => site.close());

    const asked = async ({ method, port, path, query, protocol, cdn: known }: Probe, key = cdnKey): Promise<string> => {
      const headers = known === undefined ? {} : { "X-Ams-Cdn": known === "right" ? key : `${key}0` };
      const whole = query === "" ? path : `${path}?${query}`;
      const rest = { from: client, scheme: protocol === "https" ? "https" : "http", ca: certificate.pem } as const;
      return answered(await send({ host: proxy.address, method, port, path: whole, headers, ...rest }), port);
    };

    it("gives live files to who shows the header, and all else to everybody", async () => {
      const probes = exclusiveProbes(proxy.cluster, client);
      assert.ok(probes.length > 140);
      const differ: string[] = [];
      for (const [probe, group] of probes) {
        const got = await asked(probe);
        if (got !== group) differ.push(`${nameOf(probe)}: ${got}, not ${group}`);
      }
      assert.deepEqual(differ, []);
    });

    it("takes nothing for the header's value but the value", async () => {
      const wrong = ["", " ", "1", "*", ".*", cdnKey.toLowerCase(), cdnKey.slice(1), `${cdnKey},`, `0${cdnKey}`];
      for (const key of wrong) assert.equal(await asked({ ...playlist, from: client, cdn: "right" }, key), "deny", key);
    });

    it("keeps the value in files that root alone reads, and out of its configuration", () => {
      const files = [...filesOf("proxy", behind(kind, { cdn }, certificate)).values()].join("");
      assert.match(files, /x.ams.cdn/i);
      assert.ok(!files.includes(cdnKey));
      const main = { haproxy: "/etc/haproxy/haproxy.cfg", nginx: "/etc/nginx/nginx.conf" }[kind];
      assert.ok(!proxy.file(main).includes(cdnKey));
      assert.ok(!proxy.agent.log().includes(cdnKey));
    });

    it("takes a new value over while it serves", async () => {
      const next = "NextKey0123456789abcdef";
      const publisher = await tcpStream(proxy.address, 1935);
      const name = `aws:${secretName(proxy.cluster, "proxy")}`;
      const pair = { certificatePem: certificate.pem, certificateKey: certificate.key };
      site.cloud.secrets.set(name, JSON.stringify({ statsPassword: password, cdnKey: next, ...pair }));
      const ask = (key: string) => asked({ ...playlist, from: client, cdn: "right" }, key);
      // A worker of Nginx's that is told to end may still take what comes at that moment.
      let inTurn = 0;
      for (const end = Date.now() + 15_000; inTurn < 3 && Date.now() < end; )
        inTurn = (await ask(next)) === "edge" && (await ask(cdnKey)) === "deny" ? inTurn + 1 : 0;
      assert.equal(inTurn, 3);
      assert.ok(await publisher.echoes());
      publisher.close();
    });
  });
}
