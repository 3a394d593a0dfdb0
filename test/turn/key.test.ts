import assert from "node:assert/strict";
import { parse } from "../../config/parse.ts";
import { userData } from "../../machine/index.ts";
import { flows } from "../../model/network/firewall.ts";
import { turnCredentials, turnUri } from "../../model/traffic/turn.ts";
import { filesOf } from "../machine/rig.ts";
import { cluster } from "../support/cluster.ts";
import { raw } from "../support/raw.ts";
import { selfSigned } from "../support/self-signed.ts";

const domain = { name: "live.example.com", zone: "example.com" };
const withTurn = (turn: object = {}) => cluster({ domain, turn });

const faultsOf = (values: object, secrets = {}) => parse(raw({ domain, ...values }, { secrets })).faults;
const pathsOf = (values: object, secrets = {}) => faultsOf(values, secrets).map(({ path }) => path);

describe("ams:turn", () => {
  it("is off by default, and changes nothing then", () => {
    const without = cluster({ domain });
    assert.equal(without.turn, undefined);
    assert.ok(flows(without).every(({ from, to }) => from !== "turn" && to !== "turn"));
    assert.ok(!userData(without, "origin").includes("portAllocatorFlags"));
  });

  it("hands out one address, without a transport over UDP, as AMS appends one for WHIP", () => {
    assert.deepEqual(
      ["udp", "tcp", "tcp443"].map((way) => turnUri(withTurn({ default: way }))),
      [
        "turn:turn.live.example.com:3478",
        "turn:turn.live.example.com:3478?transport=tcp",
        "turn:turn.live.example.com:443?transport=tcp",
      ],
    );
  });

  it("keeps AMS itself from taking allocations, whatever the address is", () => {
    for (const way of ["udp", "tcp", "tcp443"]) {
      const facts = JSON.parse(filesOf("edge", withTurn({ default: way })).get("/etc/ams-cluster/facts.json") ?? "");
      assert.equal(facts.applicationProperties.portAllocatorFlags, "4");
      assert.equal(facts.applicationProperties.stunServerURI, turnUri(withTurn({ default: way })));
    }
  });

  it("accepts the credential before and the one after, so that two are valid on either side of a rotation", () => {
    const of = (credential: number) => turnCredentials(withTurn({ credential }).turn ?? assert.fail());
    assert.deepEqual(
      [of(1), of(2), of(3)],
      [
        [1, 2],
        [1, 2, 3],
        [2, 3, 4],
      ],
    );
    for (const number of [1, 2, 3]) assert.ok(of(number).includes(number + 1) && of(number + 1).includes(number));
  });

  it("rotates without another machine of any kind", () => {
    for (const role of ["origin", "edge", "turn"] as const)
      assert.equal(userData(withTurn({ credential: 1 }), role), userData(withTurn({ credential: 2 }), role));
  });

  it("wants a name, a size without a GPU, and no other STUN server", () => {
    const { faults } = parse(raw({ turn: {} }));
    assert.deepEqual(
      faults.map(({ path }) => path),
      ["ams:domain"],
    );
    assert.deepEqual(pathsOf({ turn: { machine: "gpu-4" } }), ["ams:turn.machine"]);
    assert.deepEqual(pathsOf({ turn: {}, media: { stunServer: "stun:stun.example.com:3478" } }), [
      "ams:media.stunServer",
    ]);
  });

  it("refuses an application's setting that it decides for all", () => {
    const applications = { live: { publish: "open", play: "open", settings: { portAllocatorFlags: 1 } } };
    assert.deepEqual(pathsOf({ applications }), []);
    assert.deepEqual(pathsOf({ applications, turn: {} }), ["ams:applications.live.settings.portAllocatorFlags"]);
  });

  it("refuses TLS by name where the TURN servers can't have the key", () => {
    for (const [certificate, balancer] of [
      [{ source: "none" }, {}],
      [{ source: "issued" }, {}],
      [{ source: "existing", id: "x" }, {}],
    ] as const) {
      const [fault, ...more] = faultsOf({ certificate, balancer, turn: { tls: true } });
      assert.equal(fault?.path, "ams:turn.tls", JSON.stringify(certificate));
      assert.match(fault?.got ?? "", new RegExp(certificate.source));
      assert.deepEqual(more, []);
    }
  });

  it("takes TLS with the certificate that proxies get", () => {
    for (const kind of ["haproxy", "nginx"])
      assert.deepEqual(faultsOf({ certificate: { source: "issued" }, balancer: { kind }, turn: { tls: true } }), []);
  });

  it("takes TLS with an uploaded certificate that names the TURN servers, and with no other", () => {
    const judged = ({ pem, key }: ReturnType<typeof selfSigned>) =>
      faultsOf({ certificate: { source: "uploaded", pem }, turn: { tls: true } }, { certificateKey: key });
    assert.deepEqual(judged(selfSigned(90, ["live.example.com", "turn.live.example.com"])), []);
    const [fault] = judged(selfSigned());
    assert.equal(fault?.path, "ams:certificate.pem");
    assert.match(fault?.allowed ?? "", /turn\.live\.example\.com \(ams:turn\.tls\)/);
  });

  it("warns of an address over TCP, with which AMS finds no public address", () => {
    const warned = (way: string) =>
      parse(raw({ domain, turn: { default: way } })).warnings.filter((text) => /turn/.test(text));
    assert.deepEqual([warned("udp").length, warned("tcp").length, warned("tcp443").length], [0, 1, 1]);
  });
});
