import assert from "node:assert/strict";
import { formatFault } from "../../config/fault.ts";
import { typeFacts as onAlibaba } from "../../providers/alibaba/compute/known-types.ts";
import { adapter as alibaba } from "../../providers/alibaba/index.ts";
import { typeFacts as onAws } from "../../providers/aws/compute/known-types.ts";
import { adapter as aws } from "../../providers/aws/index.ts";
import { images, render as renderAlibaba, text } from "../support/alibaba.ts";
import { block, render as renderAws, types } from "../support/aws.ts";
import { cluster } from "../support/cluster.ts";
import { assertOnlyFault } from "../support/faults.ts";

const gpuAmi = "ami-0aaaaaaaaaaaaaaaa";
const gpuImage = "m-gw8bwy1fbwc5cadiupo9";

interface Row {
  readonly what: string;
  readonly types: Readonly<Record<string, string>>;
  readonly machine?: string;
  readonly fault: RegExp;
}

const faultsOf = {
  aws: ({ types: instanceTypes, machine = "compute-4" }: Row, gpu?: string) => {
    const own = { ...block, instanceTypes, images: { ...block.images, ...(gpu === undefined ? {} : { gpu }) } };
    return aws.prepare(own, cluster({ origin: { machine } })).faults.map(formatFault);
  },
  alibaba: ({ types: instanceTypes, machine = "compute-4" }: Row, gpu?: string) => {
    const own = { instanceTypes, images: { ...images, ...(gpu === undefined ? {} : { gpu }) } };
    return alibaba.prepare(own, cluster({ cloud: "alibaba", origin: { machine } })).faults.map(formatFault);
  },
};

/** Without an image for GPUs. */
const refused: Readonly<Record<"aws" | "alibaba", readonly Row[]>> = {
  aws: [
    {
      what: "with a GPU beside an image without a driver",
      types: { origin: "g6.xlarge" },
      fault: /^ams:aws\.images\.gpu: not set; .*instanceTypes\.origin is g6\.xlarge.*images\.gpu marketplace$/,
    },
    {
      what: "without a GPU beside a size with one",
      types: { origin: "c5.xlarge" },
      machine: "gpu-4",
      fault: /^ams:aws\.instanceTypes\.origin: got "c5\.xlarge", which has no GPU, .*machine is gpu-4/,
    },
    { what: "with a GPU of AMD", types: { origin: "g4ad.xlarge" }, fault: /^ams:aws\.instanceTypes\.origin: .*NVIDIA/ },
    { what: "with a GPU on edges", types: { edge: "g5.xlarge" }, fault: /^ams:aws\.instanceTypes\.edge: .*has a GPU/ },
    {
      what: "that does not exist",
      types: { edge: "c5.3xlarge" },
      fault:
        /^ams:aws\.instanceTypes\.edge: got "c5\.3xlarge", which is not in .*2026.*--path ams:aws\.instanceTypes\.edge c5\.\w+$/,
    },
    {
      what: "of a family that does not exist",
      types: { origin: "c55.xlarge" },
      fault: /^ams:aws\.instanceTypes\.origin/,
    },
  ],
  alibaba: [
    {
      what: "with a GPU beside an image without a driver",
      types: { origin: "ecs.gn7i-c8g1.2xlarge" },
      fault: /^ams:alibaba\.images\.gpu: not set; .*instanceTypes\.origin is ecs\.gn7i-c8g1\.2xlarge/,
    },
    {
      what: "without a GPU beside a size with one",
      types: { origin: "ecs.c6e.xlarge" },
      machine: "gpu-4",
      fault: /^ams:alibaba\.instanceTypes\.origin: got "ecs\.c6e\.xlarge", which has no GPU/,
    },
    {
      what: "with a GPU of AMD",
      types: { origin: "ecs.ga1.xlarge" },
      fault: /^ams:alibaba\.instanceTypes\.origin: .*NVI/,
    },
    {
      what: "with a GPU on edges",
      types: { edge: "ecs.vgn6i-m4.xlarge" },
      fault: /^ams:alibaba\.instanceTypes\.edge: .*has a GPU/,
    },
    {
      what: "of a family that does not exist",
      types: { edge: "ecs.c66e.xlarge" },
      fault:
        /^ams:alibaba\.instanceTypes\.edge: got "ecs\.c66e\.xlarge", which is not in .*unlistedTypes\[0\]' ecs\.c66e/,
    },
    {
      what: "of a size that does not exist",
      types: { origin: "ecs.c6e.extra" },
      fault: /^ams:alibaba\.instanceTypes\.o/,
    },
  ],
};

describe("An instance type", () => {
  for (const cloud of ["aws", "alibaba"] as const)
    for (const row of refused[cloud])
      it(`${row.what} is refused on ${cloud}`, () => assertOnlyFault(faultsOf[cloud](row), row.fault));

  it("with a GPU takes the image with the driver, whatever size the group names", async () => {
    const ownAws = { ...block, instanceTypes: { origin: "g6.xlarge" }, images: { ...block.images, gpu: gpuAmi } };
    const onAmazon = await renderAws({}, ownAws);
    const amis = onAmazon.ofType(types.template).map(({ name, inputs }) => [name, inputs["imageId"]]);
    assert.deepEqual(new Map(amis as [string, unknown][]).get("ams-test-origin"), gpuAmi);
    assert.deepEqual(new Map(amis as [string, unknown][]).get("ams-test-edge"), block.images.media);
    const own = { instanceTypes: { origin: "ecs.gn7i-c8g1.2xlarge" }, images: { ...images, gpu: gpuImage } };
    const stack = await renderAlibaba({}, own);
    const image = (role: string) =>
      text(stack.one("ecs/ecsLaunchTemplate:EcsLaunchTemplate", `ams-test-${role}`), "imageId");
    assert.deepEqual([image("origin"), image("edge")], [gpuImage, images.media]);
  });

  it("newer than the list passes once it is named as such", () => {
    const unlisted = { ...block, instanceTypes: { edge: "c99i.xlarge" }, unlistedTypes: ["c99i.xlarge"] };
    assert.deepEqual(aws.prepare(unlisted, cluster()).faults, []);
    const newer = { images, instanceTypes: { edge: "ecs.c99i.xlarge" }, unlistedTypes: ["ecs.c99i.xlarge"] };
    assert.deepEqual(alibaba.prepare(newer, cluster({ cloud: "alibaba" })).faults, []);
  });

  it("of the vendors' pages is in the lists", () => {
    for (const type of [
      "c5.xlarge",
      "m7i-flex.large",
      "g6e.48xlarge",
      "u7i-12tb.224xlarge",
      "db.r6g.large",
      "c5.metal",
    ])
      assert.ok(onAws.isListed(type), type);
    const named = ["ecs.c6e.xlarge", "ecs.u1-c1m2.large", "ecs.e-c1m2.large", "ecs.t5-lc1m1.small", "ecs.g9i.32xlarge"];
    for (const type of [...named, "ecs.ebmg7.32xlarge", "ecs.gn6i-c24g1.24xlarge", "ecs.hfc7.large"])
      assert.ok(onAlibaba.isListed(type), type);
  });
});
