import assert from "node:assert/strict";
import { flows } from "../../model/network/firewall.ts";
import { grants } from "../../model/network/grants.ts";
import { httpListeners, streamListeners } from "../../model/traffic/listeners.ts";
import { cluster, withTls } from "../support/cluster.ts";

const admins = { adminCidrs: ["203.0.113.7/32", "198.51.100.0/24"] };
const full = cluster({ ...withTls, access: { ...admins, sshPublicKey: "ssh-ed25519 AAAA me" } });

const seen = (c = full) =>
  flows(c).map(({ from, to, protocol, ports }) => `${from}>${to} ${protocol} ${ports.join("-")}`);

describe("flows", () => {
  it("let the internet reach listeners, ingest ports and WebRTC media, and nothing else", () => {
    const open = seen().filter((row) => row.startsWith("internet>"));
    assert.deepEqual(open.sort(), [
      "internet>balancer tcp 1935-1935",
      "internet>balancer tcp 443-443",
      "internet>balancer tcp 5080-5080",
      "internet>balancer tcp 5443-5443",
      "internet>balancer tcp 80-80",
      "internet>balancer udp 4200-4200",
      "internet>edge udp 50000-60000",
      "internet>origin tcp 1935-1935",
      "internet>origin udp 4200-4200",
      "internet>origin udp 50000-60000",
    ]);
  });

  it("allow only media machines to reach the database", () => {
    const into = flows(full).filter(({ to }) => to === "database");
    assert.deepEqual(into.map(({ from, ports }) => `${from} ${ports[0]}`).sort(), [
      "admin 22",
      "edge 27017",
      "origin 27017",
    ]);
  });

  it("let nobody reach the machine of a restore drill, and let it reach nothing but packages", () => {
    const drilled = cluster({
      ...withTls,
      access: { ...admins, sshPublicKey: "ssh-ed25519 AAAA me" },
      monitoring: { scrapeCidrs: ["10.20.0.0/24"] },
      database: { restoreDrill: {} },
    });
    assert.deepEqual(
      seen(drilled).filter((row) => row.includes("drill")),
      ["drill>internet tcp 80-80", "drill>internet tcp 443-443"],
    );
    assert.ok(!seen().some((row) => row.includes("drill")));
  });

  it("open every listener's port at the balancer, and the panel's to admins only", () => {
    for (const { port } of [...httpListeners(full), ...streamListeners(full)]) {
      const rows = flows(full).filter(({ to, ports }) => to === "balancer" && ports[0] === port);
      assert.deepEqual(
        rows.map(({ from }) => from),
        [port === 4444 ? "admin" : "internet"],
      );
    }
  });

  it("close SSH without a key and the panel without admin ranges", () => {
    assert.ok(!seen(cluster()).some((row) => row.includes(" 22-") || row.includes("4444") || row.startsWith("admin")));
  });

  it("close the ingest ports with their listeners", () => {
    assert.ok(!seen(cluster({ balancer: { srt: false } })).some((row) => row.includes("4200")));
    assert.ok(
      !seen(cluster({ balancer: { rtmp: false } })).some((row) => /(internet|balancer)>\w+ tcp 1935/.test(row)),
    );
  });

  it("have unique keys", () => {
    const keys = grants(full).map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
  });
});

describe("the exporters' port", () => {
  const ofExporter = (of: Parameters<typeof cluster>[0]) =>
    flows(cluster(of)).flatMap(({ from, to, ports }) => (ports[0] === 9464 ? [`${from}>${to}`] : []));
  const monitoring = { scrapeCidrs: ["10.20.0.0/24", "10.21.0.0/24"] };
  const proxies = {
    balancer: { kind: "haproxy" },
    domain: { name: "live.example.com", zone: "example.com" },
    turn: {},
  };

  it("is open on every machine of ours, to the listed ranges alone", () => {
    const nodes = ["monitor>origin", "monitor>edge", "monitor>database"];
    assert.deepEqual(ofExporter({ monitoring }).sort(), nodes.slice().sort());
    assert.deepEqual(ofExporter({ monitoring, ...proxies }).sort(), [...nodes, "monitor>proxy", "monitor>turn"].sort());
    assert.deepEqual(ofExporter({ monitoring, database: { kind: "managed" } }), nodes.slice(0, 2));
    const into = grants(cluster({ monitoring })).filter(({ flow }) => flow.ports[0] === 9464);
    assert.ok(into.every(({ direction }) => direction === "in"));
    const ranges = into.flatMap(({ peer }) => (peer.kind === "range" ? [peer.cidr] : []));
    assert.deepEqual([ranges.length, new Set(ranges)], [6, new Set(monitoring.scrapeCidrs)]);
  });

  it("is closed without a range", () => assert.deepEqual(ofExporter(proxies), []));

  it("moves no rule of administrators", () => {
    const adminCidrs = Array.from({ length: 60 }, (_, index) => `203.0.${index}.1/32`);
    const rulesOf = (scrapeCidrs: readonly string[]) =>
      grants(cluster({ access: { adminCidrs, sshPublicKey: "ssh-ed25519 AAAA me" }, monitoring: { scrapeCidrs } }))
        .filter(({ flow }) => flow.from !== "monitor")
        .map(({ key, group }) => `${key} ${group}`);
    assert.deepEqual(rulesOf(monitoring.scrapeCidrs), rulesOf([]));
  });
});

describe("the way to a receiver of logs", () => {
  const rules = (forward: object, database: object = {}) =>
    grants(
      cluster({ ...withTls, turn: {}, balancer: { kind: "haproxy" }, certificate: none, database, logs: { forward } }),
    )
      .filter(({ flow }) => flow.why === "Forwarded log lines" || flow.ports[0] === 6514)
      .map(
        ({ of, direction, peer, flow }) =>
          `${direction} ${of} ${flow.ports[0]} ${peer.kind === "range" ? peer.cidr : ""}`,
      )
      .sort();
  const none = { source: "none" };
  // The nodes, which may send to anybody, need no rule to a name.
  const others = ["database", "proxy", "turn"];

  it("is open from every machine of ours: to one address, or to a port of any where the receiver has a name", () => {
    const named = { protocol: "syslog", host: "logs.example.com" };
    assert.deepEqual(
      rules(named),
      others.map((of) => `out ${of} 6514 0.0.0.0/0`),
    );
    assert.deepEqual(
      rules(named, { kind: "managed" }),
      others.slice(1).map((of) => `out ${of} 6514 0.0.0.0/0`),
    );
    const address = { protocol: "otlp", host: "203.0.113.9" };
    assert.deepEqual(
      rules(address),
      others.map((of) => `out ${of} 4318 203.0.113.9/32`),
    );
    const plain = { protocol: "syslog", host: "10.20.0.9", tls: false };
    assert.deepEqual(
      rules(plain),
      others.map((of) => `out ${of} 514 10.20.0.9/32`),
    );
  });

  it("is the one that the machines have already on port 443, and none where nothing is forwarded", () => {
    const outward = (logs: object) =>
      grants(cluster({ logs })).flatMap(({ key, direction }) => (direction === "out" ? [key] : []));
    assert.deepEqual(outward({ forward: { protocol: "otlp", host: "logs.example.com", port: 443 } }), outward({}));
    const one = outward({ forward: { protocol: "otlp", host: "203.0.113.9", port: 443 } });
    assert.equal(new Set(one).size, one.length);
    assert.equal(one.length, outward({}).length + 1);
  });
});

describe("grants", () => {
  it("allow each flow between two groups at the end that receives it", () => {
    const into = grants(full).filter(({ direction }) => direction === "in");
    for (const flow of flows(full).filter(({ to }) => to !== "internet"))
      assert.ok(
        into.some((grant) => grant.flow.key === flow.key),
        flow.key,
      );
  });

  it("give a group that may call everybody no narrower way out, and the others each their own", () => {
    const out = grants(full).filter(({ direction }) => direction === "out");
    assert.deepEqual(
      out.filter(({ of }) => of === "edge").map(({ flow }) => flow.key),
      ["edge-internet-all"],
    );
    assert.deepEqual(
      out.filter(({ of }) => of === "database").map(({ flow }) => flow.ports[0]),
      [80, 443, 123],
    );
    assert.ok(out.filter(({ of }) => of === "balancer").every(({ peer }) => peer.kind === "member"));
  });

  it("stay apart for each admin range, whatever its place in the list", () => {
    const keysOf = (adminCidrs: readonly string[]) =>
      grants(cluster({ access: { adminCidrs } }))
        .filter(({ flow }) => flow.from === "admin")
        .map(({ key }) => key);
    assert.deepEqual([...keysOf(admins.adminCidrs)].sort(), [...keysOf([...admins.adminCidrs].reverse())].sort());
    assert.equal(keysOf(admins.adminCidrs).length, 2);
  });
});
