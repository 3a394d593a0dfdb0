import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { streamToken } from "../../../tools/applications/token.ts";
import { compare } from "../../../tools/diff/compare.ts";
import { effectsOf } from "../../../tools/diff/effects/effects.ts";
import { clouds } from "../../support/contract.ts";
import { planned } from "../../support/planned.ts";

describe("The diff of applications", () => {
  const changes: readonly [string, readonly string[], RegExp][] = [
    [
      "tokens for viewers",
      ["applications.live.play=jwt"],
      /^application live: viewers now need a token signed with the application's key: players without a token are rejected, including HLS/,
    ],
    [
      "one-time tokens for publishers",
      ["applications.live.publish=one-time-token"],
      /publishers now need a one-time token/,
    ],
    [
      "HLS that goes",
      ["applications.live.hls=false"],
      /^application live: hlsMuxingEnabled not set -> false; running streams keep/,
    ],
    [
      "another application",
      ["applications.side.publish=open"],
      /^application side: created if it does not exist in AMS/,
    ],
    ["a mode that only reports", ["applicationsMode=report"], /^reports differences in AMS's applications/],
  ];
  for (const cloud of clouds) {
    for (const [what, config, expected] of changes) {
      it(`says on ${cloud} what it means for publishers and viewers: ${what}`, async () => {
        const { resources } = compare(await planned(cloud), await planned(cloud, config));
        // Beside a secret with the key of an application, nothing but the documents changes.
        const others = resources.filter(({ name }) => !/-agent-applications|-secrets-/.test(name));
        assert.deepEqual(
          others.map(({ name }) => name),
          [],
        );
        const effects = effectsOf(resources);
        assert.ok(
          effects.some((effect) => expected.test(effect)),
          effects.join("\n"),
        );
      });
    }
  }

  it("says that an application which leaves the file is closed and stays", async () => {
    const two = ["applications.side.publish=open"];
    const { resources } = compare(await planned("aws", two), await planned("aws"));
    assert.deepEqual(effectsOf(resources), ["application side: closed to publishers and viewers, but not deleted"]);
  });
});

describe("A token for a stream", () => {
  it("has the claims of the vendor's guide, signed with the application's key", () => {
    const token = streamToken("k".repeat(32), { stream: "s1", type: "play", expires: 1_800_000_000 });
    const [head = "", body = "", mark] = token.split(".");
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());
    assert.deepEqual(read(head), { alg: "HS256", typ: "JWT" });
    assert.deepEqual(read(body), { streamId: "s1", type: "play", exp: 1_800_000_000 });
    assert.equal(mark, createHmac("sha256", "k".repeat(32)).update(`${head}.${body}`).digest("base64url"));
  });
});
