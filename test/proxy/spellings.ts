import assert from "node:assert/strict";
import { clouds, render } from "../support/contract.ts";
import { loopback } from "../support/loopback.ts";
import { outcome } from "../support/probes.ts";
import { readBack } from "../support/read/resources.ts";
import { selfSigned } from "../support/self-signed.ts";
import { literal, normalised, ordinary, spellings } from "../support/spellings.ts";
import { managedStack } from "./managed-stack.ts";
import { askAll, get, type Place, type Said } from "./raw.ts";
import { behind, kinds, ready, type releases, type Site, startSite } from "./rig.ts";
import { startTomcat, type Tomcat } from "./tomcat.ts";

const certificate = selfSigned();
const node = `${loopback}.2.1`;
const isGuarded = ({ tomcat }: Said): boolean => tomcat === "panel" || tomcat === "server-rest";
const isRefused = ({ status, tomcat }: Said): boolean => tomcat === "" && [400, 403, 421].includes(status);

export interface Sweep {
  readonly releases: readonly (typeof releases)[number][];
  /** Of how many dangerous spellings a proxy is sent one, in what a port takes by itself already. */
  readonly every: number;
}

/** Asks for the panel and the server's REST in each way of writing their paths that a real Tomcat takes. */
export function spellingsSweep({ releases, every: thin }: Sweep): void {
  describe("paths of the panel and the server's REST, however they are written", () => {
    let site: Site;
    let tomcat: Tomcat;
    /** Those that a real Tomcat takes to the panel or the server's REST. */
    let dangerous: readonly string[] = [];

    before(async () => {
      site = await startSite();
      tomcat = await startTomcat([node, `${loopback}.3.1`], `${loopback.replace(".", "\\.")}\\.1\\.\\d+`);
      site.list(() =>
        (["origin", "edge"] as const).map((role) => {
          const address = `${loopback}.${role === "origin" ? 2 : 3}.1`;
          return { id: `i-${role}1`, name: `ams-test-${role}`, address, state: "InService" };
        }),
      );
      const answers = await askAll(spellings, (target) => get({ host: node, port: 5080 }, target));
      dangerous = spellings.filter((_, index) => answers[index] !== undefined && isGuarded(answers[index]));
    });
    after(async () => {
      await site.close();
      await tomcat.close();
    });

    it("are more than Tomcat's own way of writing them", () => {
      assert.ok(spellings.length > 10_000, `${spellings.length} spellings`);
      assert.ok(dangerous.length > 2000, `${dangerous.length} of them`);
      for (const one of [
        "/;a%2fb/rest/v2/users",
        "//rest/v2/users",
        "/live/..;/rest/v2/users",
        "/%72est/v2/users",
        "/rest",
      ]) {
        assert.ok(dangerous.includes(one), one);
      }
    });

    it("are refused by the node's own filter, whatever a balancer lets pass", async () => {
      const answers = await askAll(dangerous, (target) => get({ host: node, port: 5082 }, target));
      assert.deepEqual(
        dangerous.filter((_, index) => answers[index]?.status !== 403),
        [],
      );
    });

    for (const cloud of clouds) {
      it(`are refused by the rules of ${cloud}'s balancer as far as its patterns can say them`, async () => {
        const one = await render(cloud, managedStack(cloud, "none"));
        const { listeners } = readBack(one.recording);
        for (const port of [80, 5080]) {
          for (const seen of [literal, normalised]) {
            const at = (target: string) => {
              return outcome(listeners, {
                method: "GET",
                protocol: "http",
                port,
                path: seen(target),
                query: "",
                from: `${loopback}.8.1`,
              });
            };
            const passed = dangerous.filter((target) => at(target) !== "deny");
            // After RFC 3986 `/live/;/../rest/x` reads as the application's own REST, which no rule may refuse.
            const unsaid = passed.filter((target) => cloud === "alibaba" || !seen(target).startsWith("/live/"));
            const most = cloud === "aws" ? 0 : Math.floor(dangerous.length * 0.45);
            assert.ok(unsaid.length <= most, `${port}: ${unsaid.length} pass: ${unsaid.slice(0, 40).join(" ")}`);
            const stopped = ordinary.filter(
              (target) => !/\/\.\.hidden|\/\/|^\/live\/rest$/.test(target) && at(target) === "deny",
            );
            assert.deepEqual(stopped, [], "what clients send goes on");
          }
        }
      });
    }

    for (const [kind, release] of kinds.flatMap((kind) => releases.map((release) => [kind, release] as const))) {
      it(`are refused by ${kind} of Debian ${release} on every port, and what clients send goes on`, async () => {
        const [first, second] = kind === "haproxy" ? [release, release + 10] : [release + 20, release + 30];
        const plain = await site.proxy(behind(kind, { certificate: { source: "none" } }), first, { release });
        const tls = { balancer: { http: "forward" } };
        const secure = await site.proxy(behind(kind, tls, certificate), second, { certificate, release });
        for (const proxy of [plain, secure]) await ready(proxy);
        const places: readonly (readonly [Place, number])[] = [
          [{ host: plain.address, port: 80 }, 1],
          [{ host: plain.address, port: 5080 }, 5],
          [{ host: plain.address, port: 4444 }, 7],
          [{ host: secure.address, port: 80 }, 11],
          [{ host: secure.address, port: 5080 }, 13],
          [{ host: secure.address, port: 443, tls: true }, 37],
          [{ host: secure.address, port: 5443, tls: true }, 37],
          [{ host: secure.address, port: 4444, tls: true }, 37],
        ];
        const wrong: string[] = [];
        for (const [place, every] of places) {
          const asked = dangerous.filter((_, index) => index % (every * thin * (release === 12 ? 1 : 5)) === 0);
          const answers = await askAll(asked, (target) => get(place, target));
          for (const [index, one] of answers.entries()) {
            if (!isRefused(one)) wrong.push(`${place.port} ${asked[index]}: ${one.status} ${one.tomcat}`);
          }
          if (place.port === 4444) continue;
          for (const target of ordinary) {
            const one = await get(place, target);
            if (one.status !== 200 && one.status !== 404) wrong.push(`${place.port} ${target}: ${one.status}`);
            const wanted = literal(target).startsWith("/live") ? /^application/ : /^nothing$/;
            if (!wanted.test(one.tomcat)) wrong.push(`${place.port} ${target}: ${one.tomcat}`);
          }
        }
        assert.deepEqual(wrong, []);
      });
    }
  });
}
