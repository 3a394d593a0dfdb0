import assert from "node:assert/strict";
import { hasLocalDisks as onAlibaba } from "../../providers/alibaba/compute/instance-types.ts";
import { adapter as alibaba } from "../../providers/alibaba/index.ts";
import { hasLocalDisks as onAws } from "../../providers/aws/compute/instance-types.ts";
import { adapter as aws } from "../../providers/aws/index.ts";
import { images } from "../support/alibaba.ts";
import { block } from "../support/aws.ts";
import { cluster } from "../support/cluster.ts";

/** As EC2's and ECS's pages on instance types list them. */
const rows = [
  {
    cloud: "aws",
    has: onAws,
    prepare: (database: string) => aws.prepare({ ...block, instanceTypes: { database } }, cluster()),
    local: [
      ...[
        "m5d.xlarge",
        "m5ad.large",
        "m5dn.large",
        "c5d.large",
        "c5ad.large",
        "r5d.large",
        "r5dn.large",
        "r6idn.large",
      ],
      ...["m6id.large", "x2iedn.xlarge", "z1d.large", "g4dn.xlarge", "g4ad.xlarge", "p4d.24xlarge", "hpc6id.32xlarge"],
      ...["i3.large", "i3en.large", "i4i.large", "i7ie.large", "d2.xlarge", "d3.xlarge", "d3en.xlarge", "h1.2xlarge"],
      ...["c3.large", "m3.medium", "r3.large", "x1.16xlarge", "g5.xlarge", "g6.xlarge", "f1.2xlarge", "trn1.2xlarge"],
    ],
    durable: ["m5.large", "c5.xlarge", "c5n.large", "r6i.large", "m7a.large", "m5zn.large", "t3.large"],
    fault:
      /^ams:aws\.instanceTypes\.database: got "[^"]+", whose instance store volumes lose .*--path ams:aws\.instanceTypes\.database m5\.xlarge$/,
  },
  {
    cloud: "alibaba",
    has: onAlibaba,
    prepare: (database: string) =>
      alibaba.prepare({ images, instanceTypes: { database } }, cluster({ cloud: "alibaba" })),
    local: [
      ...["ecs.i1.xlarge", "ecs.i2.xlarge", "ecs.i2g.2xlarge", "ecs.i2ne.xlarge", "ecs.i3.xlarge", "ecs.i4.large"],
      ...["ecs.d1.2xlarge", "ecs.d1ne.2xlarge", "ecs.d2s.5xlarge", "ecs.d3c.3xlarge", "ecs.gn5-c4g1.xlarge"],
    ],
    durable: ["ecs.g6e.xlarge", "ecs.c6e.large", "ecs.r7.xlarge", "ecs.sn2ne.large", "ecs.gn6i-c4g1.xlarge"],
    fault:
      /^ams:alibaba\.instanceTypes\.database: got "[^"]+", whose local disks lose .*--path ams:alibaba\.instanceTypes\.database ecs\.g6e\.xlarge$/,
  },
] as const;

describe("The database's instance type", () => {
  for (const { cloud, has, prepare, local, durable, fault } of rows) {
    it(`has no disks of its host on ${cloud}, which a stop empties`, () => {
      for (const type of local) {
        assert.ok(has(type), type);
        const faults = prepare(type).faults.map((one) => `${one.path}: got ${one.got}; ${one.allowed}; ${one.fix}`);
        assert.equal(faults.length, 1, faults.join("\n"));
        assert.match(faults[0] ?? "", fault);
      }
      for (const type of durable) assert.deepEqual(prepare(type).faults, [], type);
    });
  }
});
