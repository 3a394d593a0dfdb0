import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Who gets where through the real coturn with what is rendered (scenario.ts), and what holds if a layer is gone. */

type Outcome = Readonly<Record<string, { readonly permit: string; readonly got: number }>>;

interface Told {
  readonly rendered: {
    readonly echoes: Readonly<Record<string, number>>;
    readonly relayed: string;
    readonly node: string;
    readonly forbidden: Outcome;
    readonly otherPort: number;
    readonly login: Readonly<Record<string, string>>;
    readonly tls: Readonly<Record<string, unknown>>;
    readonly rotation: Readonly<Record<string, unknown>>;
    readonly limits: {
      readonly fifth: string;
      readonly binding: string;
      readonly answers: readonly string[];
      readonly measured: number;
      readonly overTcp: readonly string[];
    };
    readonly health: Readonly<Record<string, number>>;
    readonly verified: Readonly<Record<"right" | "wrong", Readonly<Record<string, string>>>>;
  };
  readonly bare: {
    readonly rulesAlone: Outcome;
    readonly nothing: Outcome;
    readonly otherPort: number;
    readonly verified: Readonly<Record<string, string>>;
  };
}

const script = new URL("scenario.ts", import.meta.url).pathname;

describe("coturn, as it is rendered", () => {
  let told: Told;

  before(async () => {
    // Rules of a firewall and addresses of its own need a network namespace of its own.
    const { stdout } = await promisify(execFile)("unshare", ["-n", process.execPath, "--import", "tsx", script]);
    told = JSON.parse(stdout);
  });

  it("relays media to a node over UDP, TCP and port 443", () => {
    assert.deepEqual(told.rendered.echoes, { udp: 10, tcp: 10, tcp443: 10 });
    assert.equal(told.rendered.node, "ok");
  });

  it("relays from the machine's private address, which nobody on the internet can send to", () => {
    assert.equal(told.rendered.relayed, "10.0.192.20");
  });

  it("refuses every peer that is no node", () => {
    const { forbidden } = told.rendered;
    assert.equal(Object.keys(forbidden).length, 7);
    for (const [peer, outcome] of Object.entries(forbidden)) assert.deepEqual(outcome, { permit: "403", got: 0 }, peer);
  });

  it("lets nothing out to another port of a node", () => assert.equal(told.rendered.otherPort, 0));

  it("is held by the machine's rules where its own lists are gone", () => {
    const { loopback, ...others } = told.bare.rulesAlone;
    // coturn has no peers on the loopback interface, whatever its lists say.
    assert.deepEqual(loopback, { permit: "403", got: 0 });
    for (const [peer, outcome] of Object.entries(others)) assert.deepEqual(outcome, { permit: "ok", got: 0 }, peer);
  });

  it("reaches all of them where both layers are gone, so that the tests above can fail", () => {
    const { loopback: _, ...others } = told.bare.nothing;
    for (const [peer, { permit, got }] of Object.entries(others)) assert.ok(permit === "ok" && got > 0, peer);
    assert.ok(told.bare.otherPort > 0);
  });

  it("knows the users of the secret alone, two at once", () => {
    assert.deepEqual(told.rendered.login, { wrong: "401", unknown: "401", second: "ok" });
  });

  it("speaks TLS on port 443 and takes another certificate without a restart", () => {
    const { pid: _, protocol, ...rest } = told.rendered.tls;
    assert.match(String(protocol), /^TLSv1\.[23]$/);
    assert.deepEqual(rest, { first: "ok", other: "self-signed certificate", renewed: "ok", samePid: true });
  });

  it("takes another credential without a restart, and revokes one", () => {
    assert.deepEqual(told.rendered.rotation, { second: "ok", third: "ok", revoked: "401", samePid: true });
  });

  it("gives one address its number of allocations, and answers its STUN requests all the same", () => {
    const { fifth, binding, overTcp } = told.rendered.limits;
    assert.match(fifth, /^no response within/);
    // A node of AMS, which asks for its public address with each session, never loses it.
    assert.equal(binding, "0x101");
    assert.equal(overTcp.filter((text) => /ECONNREFUSED/.test(text)).length, 1, overTcp.join());
  });

  it("gives all addresses together the total, and counts it", () => {
    const { answers, measured } = told.rendered.limits;
    const given = answers.filter((text) => text === "ok").length;
    // Four are the greedy address's; clients that went away before hold theirs for a while.
    assert.ok(given > 0 && given <= 12 - 4, answers.join());
    assert.ok(
      answers.slice(-4).every((text) => text === "486"),
      answers.join(),
    );
    assert.equal(measured, 12);
  });

  it("passes the checks of verify with what AMS hands out, and fails them with another credential", () => {
    const ids = ["turn-address", "turn-udp-3478", "turn-tcp-3478", "turn-tcp-443"];
    assert.deepEqual(told.rendered.verified.right, Object.fromEntries(ids.map((id) => [id, "pass"])));
    assert.deepEqual(told.rendered.verified.wrong["turn-udp-3478"], "fail");
    assert.equal(told.bare.verified["turn-tcp-3478"], "fail");
  });

  it("is healthy while coturn answers", () => {
    assert.deepEqual(told.rendered.health, { well: 200, stopped: 503 });
  });
});
