import assert from "node:assert/strict";
import { formatFault } from "../../config/fault.ts";
import { parse } from "../../config/parse.ts";
import { flows, membersOf } from "../../model/network/firewall.ts";
import { httpListeners, streamListeners } from "../../model/traffic/listeners.ts";
import { proxyListeners } from "../../model/traffic/proxy-listeners.ts";
import { cluster, withTls } from "../support/cluster.ts";
import { assertOnlyFault } from "../support/faults.ts";
import { raw } from "../support/raw.ts";

type Values = Parameters<typeof raw>[0];

const admins = { adminCidrs: ["203.0.113.7/32"] };
const issued = { ...withTls, certificate: { source: "issued" } } as const;
const nginx = cluster({ ...issued, access: admins, balancer: { kind: "nginx" } });
const haproxy = cluster({ ...issued, access: admins, balancer: { kind: "haproxy" } });

const seen = (of = nginx) =>
  flows(of).map(({ from, to, protocol, ports }) => `${from}>${to} ${protocol} ${ports.join("-")}`);

describe("a balancer of proxies", () => {
  it("is two machines of the smallest size", () => {
    assert.deepEqual(
      [haproxy.balancer, nginx.balancer].map((one) => one.kind !== "managed" && [one.machine, one.count, one.srt]),
      [
        ["compute-2", 2, false],
        ["compute-2", 2, true],
      ],
    );
  });

  it("listens in front to every port of the table, and to its statistics for administrators", () => {
    const ports = (of = nginx) => proxyListeners(of).map(({ name }) => name);
    const table = [...httpListeners(nginx), ...streamListeners(nginx)].map(({ port }) => port);
    assert.deepEqual(
      proxyListeners(nginx).map(({ port }) => port),
      [...table, 6080],
    );
    assert.ok(ports().includes("udp-4200"));
    assert.ok(!ports(haproxy).includes("udp-4200"));
    assert.ok(!ports(cluster({ balancer: { kind: "nginx" } })).includes("tcp-6080"));
  });

  it("lets the internet reach proxies and WebRTC media, and no node's port", () => {
    const open = seen().filter((row) => row.startsWith("internet>"));
    assert.deepEqual(
      open.filter((row) => /origin|edge|database/.test(row)),
      ["internet>origin udp 50000-60000", "internet>edge udp 50000-60000"],
    );
    assert.deepEqual(
      open.filter((row) => /panel|4444|6080|6081|8402/.test(row)),
      [],
    );
  });

  it("lets proxies reach nodes in the place of the network balancer", () => {
    assert.ok(!seen().some((row) => /^balancer>(origin|edge)/.test(row)));
    for (const row of ["proxy>origin tcp 5080-5080", "proxy>edge tcp 5080-5080", "proxy>origin udp 4200-4200"])
      assert.ok(seen().includes(row), row);
  });

  it("has a group of its own, which a managed balancer has not", () => {
    assert.ok(membersOf(nginx).includes("proxy"));
    assert.ok(!membersOf(cluster()).includes("proxy"));
    assert.ok(!seen(cluster()).some((row) => row.includes("proxy")));
  });

  /** Each row: what is wrong, the configuration, and what its single fault must say. */
  const rows: readonly [string, Values, RegExp][] = [
    [
      "SRT through HAProxy",
      { balancer: { kind: "haproxy", srt: true } },
      /^ams:balancer\.srt: got true; allowed: false, because ams:balancer\.kind is haproxy and HAProxy does not support UDP/,
    ],
    [
      "a single proxy",
      { balancer: { kind: "nginx", count: 1 } },
      /^ams:balancer\.count: got 1; allowed: a whole number from 2 to 10/,
    ],
    ["machines of a managed balancer", { balancer: { count: 2 } }, /^ams:balancer\.count: not used if kind is managed/],
    [
      "a limit of connections with a managed balancer, which has none",
      { balancer: { connectionsPerSource: 5000 } },
      /^ams:balancer\.connectionsPerSource: not used if kind is managed/,
    ],
    [
      "trusted sources with a managed balancer",
      { balancer: { trustedSources: ["203.0.113.0/24"] } },
      /^ams:balancer\.trustedSources: not used if kind is managed/,
    ],
    [
      "a limit that no browser keeps to",
      { balancer: { kind: "nginx", connectionsPerSource: 2 } },
      /^ams:balancer\.connectionsPerSource: got 2; allowed: a whole number from 10 to/,
    ],
    ["a GPU for proxies", { balancer: { kind: "nginx", machine: "gpu-4" } }, /^ams:balancer\.machine: got "gpu-4"/],
    ["an unknown kind", { balancer: { kind: "traefik" } }, /^ams:balancer\.kind: .*managed, haproxy or nginx/],
    [
      "a certificate that can't leave its cloud",
      { ...withTls, certificate: { source: "existing", id: "x" }, balancer: { kind: "haproxy" } },
      /^ams:certificate\.source: got existing while ams:balancer\.kind is haproxy; allowed: issued/,
    ],
  ];
  for (const [what, values, expected] of rows) {
    it(`refuses ${what}`, () => {
      const faults = parse(raw(values)).faults.map(formatFault);
      assertOnlyFault(faults, expected);
    });
  }
});
