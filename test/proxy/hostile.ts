import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { loopback } from "../support/loopback.ts";
import { selfSigned } from "../support/self-signed.ts";
import { askAll, exchange, open, type Place, said } from "./raw.ts";
import { behind, domain, kinds, type ProxyMachine, ready, type releases, type Site, startSite } from "./rig.ts";
import { smuggling } from "./smuggling.ts";
import { startTomcat, type Tomcat } from "./tomcat.ts";

const certificate = selfSigned();
const node: Place = { host: `${loopback}.2.1`, port: 5080 };
/** An HTTP/2 client's first bytes, then GET /rest/v2/users as its third stream (RFC 9113, RFC 7541 without compression). */
const http2 = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
  Buffer.from([0, 0, 19, 1, 5, 0, 0, 0, 3, 0x82, 0x86, 0x04, 14]),
  Buffer.from("/rest/v2/users"),
  Buffer.from([0x41, 0]),
]);
const upgrades = [
  ["Upgrade: h2c"],
  ["Upgrade: H2C"],
  ["Upgrade: h2c, websocket"],
  ["Upgrade: websocket, h2c"],
  ["Upgrade: h2c", "Upgrade: websocket"],
  ["Upgrade: websocket", "Upgrade: h2c"],
  ["Upgrade: TLS/1.0, h2c"],
];

/** Whether a client gets within an HTTP/2 connection to Tomcat, and the server's REST there. */
async function tunnels(place: Place, upgrade: readonly string[]): Promise<boolean> {
  const settings = ["HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA", "Connection: Upgrade, HTTP2-Settings"];
  const head = ["GET /live/x HTTP/1.1", `Host: ${domain}`, ...settings, ...upgrade, "", ""].join("\r\n");
  const text = await exchange(place, Buffer.concat([Buffer.from(head), http2]), 1000);
  return /^HTTP\/1.1 101/.test(text) || text.includes("server-rest");
}

/** What hostile clients try on the proxies of a Debian release. */
export function hostileClients(release: (typeof releases)[number]): void {
  describe(`hostile clients of Debian ${release}'s proxies, before a real Tomcat`, () => {
    let site: Site;
    let tomcat: Tomcat;
    const proxies: ProxyMachine[] = [];
    const places = (): readonly Place[] =>
      proxies.flatMap(({ address: host }) => [
        { host, port: 80 },
        { host, port: 5080 },
        { host, port: 443, tls: true },
      ]);

    before(async () => {
      site = await startSite();
      tomcat = await startTomcat([node.host, `${loopback}.3.1`], `${loopback.replace(".", "\\.")}\\.1\\.\\d+`);
      site.list(() =>
        (["origin", "edge"] as const).map((role) => {
          const address = `${loopback}.${role === "origin" ? 2 : 3}.1`;
          return { id: `i-${role}1`, name: `ams-test-${role}`, address, state: "InService" };
        }),
      );
      for (const kind of kinds) {
        const of = behind(kind, { balancer: { http: "forward" } }, certificate);
        const proxy = await site.proxy(of, undefined, { certificate, release });
        await ready(proxy);
        proxies.push(proxy);
      }
    });
    after(async () => {
      await site.close();
      await tomcat.close();
    });

    it("get no HTTP/2 connection to a node, with which they would pass by every rule", async () => {
      assert.ok(await tunnels(node, ["Upgrade: h2c"]), "the client speaks it: Tomcat itself takes it");
      const through: string[] = [];
      for (const place of places()) {
        const found = await askAll(upgrades, (upgrade) => tunnels(place, upgrade));
        for (const [index, one] of found.entries())
          if (one) through.push(`${place.port} ${upgrades[index]?.join(", ")}`);
      }
      assert.deepEqual(through, []);
    });

    it("smuggle nothing to the server's REST by where a request ends", async () => {
      assert.ok(smuggling.length >= 117, `${smuggling.length} variants`);
      const served = async (): Promise<string> => {
        const text = await exchange(node, `GET /live/served HTTP/1.1\r\nHost: ${domain}\r\nConnection: close\r\n\r\n`);
        return /served \d+/.exec(text)?.[0] ?? text;
      };
      const before = await served();
      assert.match(before, /^served \d+$/);
      const leaks: string[] = [];
      for (const place of places()) {
        const texts = await askAll(smuggling, (bytes) => exchange(place, Buffer.from(bytes, "latin1"), 700));
        for (const [index, text] of texts.entries())
          if (/X-Tomcat: (server-rest|panel)/i.test(text))
            leaks.push(`${place.port} ${JSON.stringify(smuggling[index])}`);
      }
      assert.deepEqual(leaks, []);
      assert.equal(await served(), before, "nor behind a proxy's back");
    });

    it("get nothing by another name, and nobody is sent to it", async () => {
      const names = [
        "evil.example",
        "evil.com@x",
        '"><script>',
        `${domain}.evil.example`,
        `x${domain}`,
        "",
        "127.0.0.1",
        node.host,
      ];
      const wrong: string[] = [];
      const redirecting: Place[] = [];
      for (const kind of kinds) {
        const proxy = await site.proxy(behind(kind, {}, certificate), kind === "haproxy" ? 5 : 6, {
          certificate,
          release,
        });
        await ready(proxy);
        redirecting.push({ host: proxy.address, port: 80 }, { host: proxy.address, port: 5080 });
      }
      for (const place of [...places(), ...redirecting]) {
        for (const name of names) {
          const text = await exchange(place, `GET /live/x HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
          const { status, tomcat: seen } = said(text);
          const reflected = name !== "" && name !== "127.0.0.1" && text.includes(name);
          if (![400, 421].includes(status) || seen !== "" || reflected) wrong.push(`${place.port} ${name}: ${status}`);
        }
      }
      for (const place of redirecting) {
        const text = await exchange(
          place,
          `GET /live/x?y HTTP/1.1\r\nHost: ${domain}:${place.port}\r\nConnection: close\r\n\r\n`,
        );
        const port = place.port === 80 ? "" : ":5443";
        assert.match(text, new RegExp(`^location: https://${domain}${port}/live/x\\?y\r$`, "im"));
      }
      assert.deepEqual(wrong, []);
    });

    it("are cut off within 15 s when they never end a handshake or a request's head", async () => {
      const hello = Buffer.from([
        22,
        3,
        1,
        2,
        0,
        1,
        0,
        1,
        252,
        3,
        3,
        ...Array.from({ length: 60 }, (_, index) => index),
      ]);
      const silent: readonly (readonly [string, boolean, Buffer])[] = [
        ["nothing", false, Buffer.alloc(0)],
        ["half a TLS hello", false, hello],
        ["half a head within TLS", true, Buffer.from("GET /live/x HTTP/1.1\r\nHost: live")],
        ["nothing within TLS", true, Buffer.alloc(0)],
      ];
      const ended = async (socket: Socket, first: Buffer, drip: boolean): Promise<number> => {
        const begin = Date.now();
        if (first.length > 0) socket.write(first);
        const timer = drip ? setInterval(() => socket.write("X"), 1000) : undefined;
        return await new Promise<number>((resolve) => {
          const late = setTimeout(() => done(Number.POSITIVE_INFINITY), 16_000);
          const done = (seconds: number): void => {
            clearTimeout(late);
            clearInterval(timer);
            socket.destroy();
            resolve(seconds);
          };
          socket.resume();
          socket.on("error", () => undefined);
          socket.on("close", () => done((Date.now() - begin) / 1000));
        });
      };
      const rows = proxies.flatMap(({ kind, address: host }) => [
        ...silent.map(([what, tls, first]) => ({
          what: `${kind} ${what}`,
          place: { host, port: 443, tls },
          first,
          drip: false,
        })),
        { what: `${kind} a slow head`, place: { host, port: 80 }, first: Buffer.from("GET /live/"), drip: true },
        {
          what: `${kind} a slow head in TLS`,
          place: { host, port: 443, tls: true },
          first: Buffer.from("GET /"),
          drip: true,
        },
      ]);
      const seconds = await Promise.all(rows.map(({ place, first, drip }) => ended(open(place), first, drip)));
      const late = rows.flatMap(({ what }, index) =>
        (seconds[index] ?? 99) < 15 ? [] : [`${what}: ${seconds[index]} s`],
      );
      assert.deepEqual(late, []);
    });
  });
}
