import assert from "node:assert/strict";
import type { Audience } from "../../config/types.ts";
import { answer } from "../../tools/capacity/asked.ts";
import { capacityOf } from "../../tools/capacity/carried.ts";
import { audienceVerdict } from "../../tools/capacity/warnings.ts";
import { planStack } from "../../tools/diagram/planned.ts";
import { parseChange } from "../../tools/stack-file/config-path.ts";
import { root } from "../support/contract.ts";

const planned = (...changes: readonly string[]) => planStack(root, "aws", changes.map(parseChange));
const audience: Audience = { publishers: 100, viewers: 100, bitrateKbps: 1500, ladder: [1080] };

/** What `npm run capacity` tells a person to set. */
async function lines(cpuTargetPercent: number, gpu: boolean, people = audience): Promise<readonly string[]> {
  const asked = { cpuTargetPercent, gpu, steadyPercent: 0, sizes: {}, clouds: ["aws"], audience, shape: {} } as const;
  const { config } = await answer("aws", people, asked, root);
  return config.map(([path, value]) => `${path}=${value}`);
}

describe("Origins with a GPU that follow their load", () => {
  const gpu = ["origin.machine=gpu-8", "aws.images.gpu=marketplace", "origin.follow=load"];
  const people = ["audience.publishers=100", "audience.viewers=1", "audience.ladder[0]=1080"];

  it("have plan warn of an encoder that is full before the load reaches its target, until the stack says how many", async () => {
    const warnings = async (...changes: readonly string[]) =>
      audienceVerdict(await planned(...gpu, ...people, ...changes)).warnings.join("\n");
    const told = await warnings();
    assert.match(
      told,
      /ams:origin\.carries\.publishers: .* \(12 streams per machine\) .* ams:origin\.carries\.publishers 12$/,
    );
    assert.equal(await warnings("origin.carries.publishers=12"), "");
  });

  it("are proposed with the number of streams that their encoder carries", async () => {
    const proposed = await lines(60, true);
    assert.ok(proposed.includes("ams:origin.carries.publishers=12"), proposed.join("\n"));
    assert.deepEqual(audienceVerdict(await planned(...proposed)).warnings, []);
    assert.ok(!(await lines(60, false)).some((line) => line.includes("carries")));
  });
});

describe("The CPU target that capacity is asked for", () => {
  it("reaches the lines as the load of the same CPU, with which plan finds all of the audience carried", async () => {
    const targets = (all: readonly string[]) => all.filter((line) => /aboveLoad|loadTarget/.test(line));
    const people = { ...audience, viewers: 2000 };
    assert.deepEqual(targets(await lines(60, false, people)), []);
    const [low, high] = [await lines(30, false, people), await lines(70, false, people)];
    assert.deepEqual(targets(low), ["ams:origin.loadTargetPercent=40", "ams:edge.loadTargetPercent=40"]);
    assert.deepEqual(
      targets(high).filter((line) => line.startsWith("ams:edge")),
      ["ams:edge.loadTargetPercent=94", "ams:edge.surge.aboveLoadPercent=97"],
    );
    for (const each of [low, high]) {
      const { carried } = capacityOf(await planned(...each));
      assert.ok((carried?.atMax.viewers ?? 0) >= 2000 && (carried?.atMax.publishers ?? 0) >= 100);
    }
  });
});

describe("What a stack says that its machines carry", () => {
  const capacity = async (...changes: readonly string[]) => capacityOf(await planned(...changes));

  it("goes before the cloud's figures", async () => {
    const { carried, groups } = await capacity("edge.carries.viewers=50", "origin.carries.publishers=7");
    assert.deepEqual(carried?.atMax, { publishers: 70, viewers: 500 });
    assert.deepEqual(
      groups.map(({ decides }) => decides?.name),
      ["publishers", "viewers"],
    );
    const traffic = await capacity("edge.carries.egressMbps=75", "origin.carries.ingressMbps=15");
    assert.deepEqual(traffic.carried?.atMax, { publishers: 100, viewers: 500 });
  });

  it("is what a load target is a share of, as the CPU at which AMS refuses is", async () => {
    const { carried } = await capacity('media.properties={"server.cpu_limit":"50"}');
    assert.equal(carried?.atMax.viewers, 750);
  });
});
