import assert from "node:assert/strict";
import { parse } from "../../config/parse.ts";
import { flows } from "../../model/network/firewall.ts";
import { streamListeners } from "../../model/traffic/listeners.ts";
import { certificateNames } from "../../model/traffic/stream-names.ts";
import { gatePorts } from "../../model/traffic/targets.ts";
import { cluster, withTls } from "../support/cluster.ts";
import { raw } from "../support/raw.ts";

const stream = { name: "rtsp", port: 554, protocol: "tcp", targetPort: 5554 };
const faultsOf = (balancer: object, more: object = {}): readonly string[] =>
  parse(raw({ ...withTls, ...more, balancer })).faults.map(({ path, allowed }) => `${path}: ${allowed}`);
const reachedBy = (from: string, to: string, balancer: object): readonly string[] =>
  flows(cluster({ ...withTls, balancer }))
    .filter((flow) => flow.from === from && flow.to === to)
    .map(({ protocol, ports }) => `${protocol} ${ports.join("-")}`);

describe("RTMPS and further listeners", () => {
  it("are off in a stack that does not name them", () => {
    const names = streamListeners(cluster(withTls)).map(({ name }) => name);
    assert.deepEqual(names, ["tcp-1935", "udp-4200"]);
    assert.deepEqual(gatePorts(cluster(withTls)), { tcp: [5080, 1935], udp: [4200] });
  });

  it("listen on the network balancer, and open no port of a node to everybody unless UDP demands it", () => {
    const udp = { name: "voice", port: 7000, protocol: "udp", targetPort: 7000 };
    const balancer = { rtmp: false, srt: false, rtmps: true, streams: [stream, udp] };
    const listens = streamListeners(cluster({ ...withTls, balancer })).map(({ name }) => name);
    assert.deepEqual(listens, ["tls-8443", "tcp-554", "udp-7000"]);
    const opened = reachedBy("internet", "balancer", balancer);
    for (const port of ["tcp 8443-8443", "tcp 554-554", "udp 7000-7000"]) assert.ok(opened.includes(port), port);
    assert.deepEqual(reachedBy("internet", "origin", balancer), ["udp 7000-7000", "udp 50000-60000"]);
    const fromBalancer = reachedBy("balancer", "origin", balancer);
    assert.deepEqual(fromBalancer, ["tcp 1935-1935", "tcp 5554-5554", "udp 7000-7000", "tcp 5080-5080"]);
  });

  it("are behind the node's gate, each port once", () => {
    const balancer = { rtmps: true, streams: [stream, { ...stream, name: "again", port: 8554, targetPort: 1935 }] };
    assert.deepEqual(gatePorts(cluster({ ...withTls, balancer })), { tcp: [5080, 1935, 5554], udp: [4200] });
    const keys = flows(cluster({ ...withTls, balancer })).map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
  });

  it("are names of the certificate where the network balancer ends TLS", () => {
    const names = (balancer: object) => certificateNames(cluster({ ...withTls, balancer }));
    assert.deepEqual(names({}), ["live.example.com"]);
    assert.deepEqual(names({ rtmps: true }), ["live.example.com", "rtmp.live.example.com"]);
  });

  const refused: readonly (readonly [string, object, RegExp])[] = [
    ["a port of the web", { port: 443 }, /^ams:balancer\.streams\[0\]\.port: a port that no other listener uses/],
    ["RTMP's port", { port: 1935 }, /streams\[0\]\.port/],
    ["the statistics' port", { port: 6080 }, /streams\[0\]\.port/],
    ["RTMPS's port", { port: 8443 }, /streams\[0\]\.port/],
    ["a target group's name", { name: "origin" }, /streams\[0\]\.name/],
    ["a name like a listener's", { name: "tcp443" }, /streams\[0\]\.name/],
    ["AMS's HTTP", { targetPort: 5080 }, /streams\[0\]\.targetPort: a port that is not reserved for internal use/],
    ["the nodes' own port", { targetPort: 5000 }, /streams\[0\]\.targetPort/],
    ["UDP to another port", { protocol: "udp" }, /streams\[0\]\.targetPort: 554, the same as the listener port/],
  ];
  for (const [what, values, fault] of refused)
    it(`refuse ${what} by its key path`, () => {
      const found = faultsOf({ streams: [{ ...stream, ...values }] });
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0] ?? "", fault);
    });

  it("refuse the same name or port twice, UDP with HAProxy, and TLS without a certificate", () => {
    const twice = faultsOf({ streams: [stream, stream] });
    assert.deepEqual(
      twice.map((text) => text.split(":")[1]),
      ["balancer.streams[1].name", "balancer.streams[1].port"],
    );
    const udp = { ...stream, protocol: "udp", targetPort: 554 };
    const issued = { certificate: { source: "issued" } };
    assert.match(faultsOf({ kind: "haproxy", streams: [udp] }, issued).join(), /streams\[0\]\.protocol: tcp or tls/);
    const none = { certificate: { source: "none" } };
    const found = faultsOf({ rtmps: true, streams: [{ ...stream, protocol: "tls" }] }, none);
    assert.deepEqual(
      found.map((text) => text.split(": ")[0]),
      ["ams:balancer.rtmps", "ams:balancer.streams[0].protocol"],
    );
    assert.deepEqual(faultsOf({ rtmps: true, streams: [stream] }), []);
  });
});
