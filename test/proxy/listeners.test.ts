import assert from "node:assert/strict";
import { Agent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import { loopback } from "../support/loopback.ts";
import { answeredProbes, expected, nameOf, type Probe, probesOf } from "../support/probes.ts";
import { selfSigned } from "../support/self-signed.ts";
import { answered } from "./answered.ts";
import { type Answer, packet, send, tcpStream, webSocket } from "./client.ts";
import { admins, behind, domain, kinds, type ProxyMachine, password, ready, type Site, startSite } from "./rig.ts";

const clients = [`${loopback}.8.1`, `${loopback}.9.1`];
const certificate = selfSigned();

for (const kind of kinds) {
  describe(`${kind} as the balancer`, () => {
    let site: Site;
    let proxy: ProxyMachine;
    const agents = { http: new Agent({ keepAlive: true }), https: new SecureAgent({ keepAlive: true }) };

    before(async () => {
      site = await startSite();
      for (const place of [1, 2]) {
        await site.join("origin", place);
        await site.join("edge", place);
      }
      proxy = await site.proxy(behind(kind, {}, certificate), undefined, { certificate });
      await ready(proxy);
    });
    after(async () => {
      for (const agent of Object.values(agents)) agent.destroy();
      await site.close();
    });

    const asked = ({ method, port, path, query, from, protocol, name }: Probe, headers = {}): Promise<Answer> => {
      const scheme = protocol === "https" ? "https" : "http";
      const whole = query === "" ? path : `${path}?${query}`;
      const all = { ...(name === undefined ? {} : { Host: name }), ...headers };
      const rest = { scheme, agent: agents[scheme], ca: certificate.pem, headers: all } as const;
      return send({ host: proxy.address, method, port, path: whole, from, ...rest });
    };
    const probe = (port: number, path: string, from = clients[0] ?? ""): Probe => {
      return { method: "GET", protocol: port === 80 || port === 5080 ? "http" : "https", port, path, query: "", from };
    };

    it("answers each row of the listener table from the group that the table names", async () => {
      const web = probesOf(proxy.cluster, clients).filter(({ protocol }) => protocol.startsWith("http"));
      assert.ok(web.length > 400);
      const differ: string[] = [];
      for (const one of web) {
        const got = answered(await asked(one), one.port);
        if (got !== expected(proxy.cluster, one))
          differ.push(`${nameOf(one)}: ${got}, not ${expected(proxy.cluster, one)}`);
      }
      assert.deepEqual(differ, []);
    });

    it("splits both pairs of ports by path and query in the same way, and differs in their defaults alone", async () => {
      const probes = answeredProbes(proxy.cluster, clients[0] ?? "");
      assert.ok(probes.length > 60);
      const differ: string[] = [];
      for (const [one, group] of probes) {
        const got = answered(await asked(one), one.port);
        if (got !== group) differ.push(`${nameOf(one)}: ${got}, not ${group}`);
      }
      assert.deepEqual(differ, []);
    });

    it("takes RTMP, and SRT where it has UDP, to the origins", async () => {
      const stream = await tcpStream(proxy.address, 1935);
      assert.match(stream.node, /^127\.\d+\.2\./);
      assert.ok(await stream.echoes());
      stream.close();
      if (kind === "haproxy") return;
      assert.match(await packet(proxy.address, 4200), /^127\.\d+\.2\./);
    });

    it("opens WebSockets to origins for publishing and to edges for playing", async () => {
      for (const [port, path, role] of [
        [443, "/live/websocket", `${loopback}.2.`],
        [443, "/live/websocket?target=edge", `${loopback}.3.`],
        [5443, "/live/websocket", `${loopback}.3.`],
      ] as const) {
        const socket = await webSocket({ host: proxy.address, port, path, scheme: "https", ca: certificate.pem });
        assert.ok(socket.node.startsWith(role), `${port}${path}: ${socket.node}`);
        assert.ok(await socket.echoes());
        socket.close();
      }
    });

    it("keeps a WHIP session on the node of its POST, and spreads the streams over the origins", async () => {
      const node = async (method: string, path: string): Promise<unknown> =>
        (await asked({ ...probe(443, path), method })).headers["x-node"];
      const nodes = new Set<unknown>();
      for (const stream of "abcdefghijkl") {
        const home = await node("POST", `/live/whip/${stream}`);
        nodes.add(home);
        for (const method of ["PATCH", "DELETE"]) assert.equal(await node(method, `/live/whip/${stream}/0f1e`), home);
      }
      assert.equal(nodes.size, 2);
    });

    it("redirects with the whole path and query, and with the port only where it is not 443's own", async () => {
      const plain = await asked({ ...probe(80, "/live/play.html"), query: "id=a&x=1" });
      assert.equal(plain.headers.location, `https://${domain}/live/play.html?id=a&x=1`);
      const play = await asked(probe(5080, "/live/"), { Host: `${domain}:5080` });
      assert.equal(play.headers.location, `https://${domain}:5443/live/`);
    });

    it("shows the panel and its REST to nobody else, however the path is written", async () => {
      const paths = ["//", "/;x", "//rest/v2/x", "/./rest/v2/x", "/live/../rest/v2/x", "/live/..;/rest/v2/x"];
      const more = [
        "/;a/rest/v2/x",
        "/rest;a=b/v2/x",
        "/%72est/v2/x",
        "/live/%2e%2e/rest/v2/x",
        "/live/.%2e;a/rest/v2/x",
      ];
      for (const port of [443, 5443]) {
        for (const path of [...paths, ...more]) {
          const { status } = await asked(probe(port, path));
          assert.ok(status === 403 || status === 400, `${port} ${path}: ${status}`);
        }
      }
      for (const path of ["/live/..hidden", "/live/a.b", "/live;jsessionid=1/play.html", "/restless/x"]) {
        assert.equal((await asked(probe(443, path))).status, 200, path);
      }
    });

    it("says who the client is, whatever the client says", async () => {
      const forged = {
        "X-Forwarded-For": `${loopback}.9.9`,
        "X-Forwarded-Proto": "http",
        Forwarded: `for=${loopback}.9.9`,
      };
      await asked(probe(443, "/live/forwarded"), forged);
      const seen = [...site.nodes.values()].flatMap((node) => node.seen).find(({ url }) => url === "/live/forwarded");
      assert.equal(seen?.headers["x-forwarded-for"], `${loopback}.8.1`);
      assert.equal(seen?.headers["x-forwarded-proto"], "https");
      assert.equal(seen?.headers["x-forwarded-port"], "443");
      assert.equal(seen?.headers["forwarded"], undefined);
      assert.equal(seen?.headers.host, domain);
    });

    it("keeps a session of the panel on its node when others join", async () => {
      const first = await asked(probe(4444, "/panel", clients[1]));
      const cookie = first.headers["set-cookie"]?.find((text) => text.startsWith("AMSNODE="))?.split(";")[0] ?? "";
      const home = first.headers["x-node"];
      const hold = async (): Promise<void> => {
        for (let count = 0; count < 8; count += 1) {
          const { headers } = await asked(probe(count % 2 === 0 ? 4444 : 443, "/rest/v2/x", clients[1]), {
            Cookie: `JSESSIONID=1; ${cookie}`,
          });
          assert.equal(headers["x-node"], home);
        }
      };
      await hold();
      const third = await site.join("origin", 3);
      // Nginx's agent holds a node against the health check's thresholds before it lists it.
      for (const end = Date.now() + 15_000; third.seen.length === 0 && Date.now() < end; ) {
        await asked(probe(443, "/live/x"));
      }
      assert.ok(third.seen.length > 0);
      await hold();
    });

    it("shows its statistics to administrators who know the password", async () => {
      const at = (from: string, given: string) => {
        const Authorization = `Basic ${Buffer.from(`admin:${given}`).toString("base64")}`;
        return asked(probe(6080, "/", from), { Authorization });
      };
      const [anybody = "", admin = ""] = clients;
      assert.equal((await at(anybody, password)).status, 403);
      assert.equal((await at(admin, "wrong")).status, 401);
      const page = await at(admin, password);
      assert.equal(page.status, 200);
      assert.match(page.body, kind === "haproxy" ? /origin-1/ : /Active connections/);
    });

    it("has its ports for nobody else: the health port says only that it is at work", async () => {
      const health = (path: string) => send({ host: proxy.address, port: 6081, path });
      assert.equal((await health("/")).status, 200);
      assert.notEqual((await health("/rest/v2/version")).status, 200);
      assert.ok(admins.startsWith(`${loopback}.9.`));
    });
  });
}
