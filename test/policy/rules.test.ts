import assert from "node:assert/strict";
import { parse } from "../../config/parse.ts";
import { check, rules } from "../../policy/index.ts";
import { clouds, stackFiles } from "../support/contract.ts";
import { breakStack, fullStackOf, isAt, stackOf } from "./broken.ts";
import { cases } from "./cases/all.ts";

describe("A shipped stack file", () => {
  for (const cloud of clouds) {
    it(`has no policy findings or exceptions on ${cloud}`, async () => {
      assert.deepEqual(check(await stackOf(cloud)), []);
      assert.deepEqual(parse(stackFiles[cloud]).cluster?.exceptions, []);
    });

    it(`gives them nothing to find on ${cloud} with recordings and receivers of alarms`, async () => {
      assert.deepEqual(check(await fullStackOf(cloud)), []);
    });
  }
});

describe("A broken stack", () => {
  for (const one of cases) {
    it(`is found by ${one.rule} on ${one.cloud}, and by no other rule: ${one.what}`, async () => {
      const things = await breakStack(one);
      const wanted = (one.found ?? one.at).split("|").map((at) => things.find((thing) => isAt(at, one.cloud, thing)));
      assert.ok(!wanted.includes(undefined), `nothing is ${one.found}`);
      const found = check(things);
      assert.deepEqual([...new Set(found.map(({ rule }) => rule))], [one.rule], JSON.stringify(found));
      assert.deepEqual(
        [...new Set(found.map(({ urn }) => urn))].sort(),
        wanted.map((thing) => `${thing?.type}::${thing?.name}`).sort(),
      );
      const remedy = rules.find(({ id }) => id === one.rule)?.remedy ?? "";
      for (const { message, ...finding } of found) {
        assert.equal(finding.remedy, remedy);
        assert.ok(message.endsWith(`; ${remedy}`));
        assert.ok(message.length > remedy.length + 12, message);
      }
    });
  }
});

/** What no shipped stack makes, so that it passes and fails on resources of its own. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  "secrets-are-recoverable": ["alibaba"],
  "group-processes-run": ["alibaba"],
  "no-forwarded-ports": ["alibaba"],
  "no-other-identities": ["alibaba"],
  "network-acls-open-nothing": ["aws", "alibaba"],
  "one-key-encrypts-all": ["aws", "alibaba"],
  "managed-database-speaks-tls": ["aws", "alibaba"],
  "managed-database-is-audited": ["aws"],
  "turn-relays-to-nodes-only": ["aws", "alibaba"],
  "types-are-known": ["aws", "alibaba"],
};

describe("The rules", () => {
  for (const { id, looksAt, sources, notOn } of rules) {
    for (const cloud of clouds) {
      it(`${id} has on ${cloud} something that passes and something that fails, or a reason to have neither`, async () => {
        const reason = notOn?.[cloud];
        if (reason !== undefined) {
          assert.deepEqual([looksAt[cloud], sources[cloud]], [[], []]);
          assert.ok(reason.length > 10);
          return;
        }
        assert.ok(sources[cloud].length > 0 && looksAt[cloud].length > 0);
        if (elsewhere[id]?.includes(cloud)) return;
        assert.ok(
          (await fullStackOf(cloud)).some(({ type }) => looksAt[cloud].includes(type)),
          "nothing that passes",
        );
        assert.ok(
          cases.some((one) => one.rule === id && one.cloud === cloud),
          "nothing that fails",
        );
      });
    }
  }

  it("have an id each, in kebab-case, and a remedy each, which begins with what to do", () => {
    const ids = rules.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z]+(-[a-z]+)+$/);
    for (const { remedy } of rules)
      assert.match(
        remedy,
        /^(add|adopt|allow|assign|change|close|create|deny|enable|increase|keep|limit|list|name|propagate|raise|read|reject|remove|set|shorten|specify|start|stop|trust|use)\b/,
      );
  });
});
