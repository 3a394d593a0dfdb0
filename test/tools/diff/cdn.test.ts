import assert from "node:assert/strict";
import { compare } from "../../../tools/diff/compare.ts";
import { cdnEffects } from "../../../tools/diff/effects/cdn.ts";
import { planned } from "../../support/planned.ts";

describe("The diff of edges that are the CDN's alone", () => {
  const effects = async (kind: string, before: boolean, after: boolean): Promise<readonly string[]> => {
    const balancer = [`balancer.kind=${kind}`, "balancer.srt=false", "cdn.segmentSeconds=60"];
    const [one, other] = await Promise.all(
      [before, after].map((exclusive) => planned("aws", [...balancer, `cdn.exclusive=${exclusive}`])),
    );
    assert.ok(one !== undefined && other !== undefined);
    return cdnEffects(compare(one, other).resources).filter((text) => /players/.test(text));
  };

  for (const kind of ["managed", "haproxy"])
    it(`says with ${kind} what players get, once`, async () => {
      assert.match((await effects(kind, false, true)).join("\n"), /^HLS and DASH players that use .* receive 403$/);
      assert.match((await effects(kind, true, false)).join("\n"), /^allows players to load .* again$/);
    });
});
