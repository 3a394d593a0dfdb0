import assert from "node:assert/strict";
import type { Cloud } from "../../../config/types.ts";
import { alibabaDrill } from "../../../tools/restore-drill/alibaba.ts";
import { awsDrill } from "../../../tools/restore-drill/aws.ts";
import type { DrillMachine } from "../../../tools/restore-drill/cloud.ts";
import { cluster } from "../../support/cluster.ts";

/** The answers by the beginning of the words, and the words of each call. */
function answering(answers: Readonly<Record<string, unknown>>) {
  const calls: (readonly string[])[] = [];
  const cli = async (words: readonly string[]) => {
    calls.push(words);
    const key = Object.keys(answers).find((start) => words.join(" ").startsWith(start));
    if (key === undefined) throw new Error(`unexpected: ${words.join(" ")}`);
    return JSON.stringify(answers[key]);
  };
  return { calls, cli };
}

const machine: DrillMachine = {
  image: "image-1",
  instanceType: "type-1",
  systemDiskGiB: 20,
  userData: "dGV4dA==",
  name: "ams-test-restore-drill",
  tags: { team: "video", "ams-cluster-restore-drill": "ams-test" },
  until: new Date("2026-11-30T15:16:17.890Z"),
};
const place = { subnet: "subnet-1", group: "group-1" };
const snapshot = { id: "snap-1", taken: new Date(), sizeGiB: 50 };
const of = (cloud: Cloud) => cluster({ cloud, database: { restoreDrill: {} } });

/** The value after an option. */
const optionOf = (words: readonly string[], option: string) => words[words.indexOf(option) + 1];

const groupAnswers = {
  aws: (rules: readonly unknown[]) => ({
    "ec2 describe-security-groups": { SecurityGroups: [{ GroupId: "group-1", IpPermissions: rules }] },
    "ec2 describe-instances": {
      Reservations: [
        { OwnerId: "1", Instances: [{ InstanceId: "i-1", SubnetId: "subnet-1", State: { Name: "running" } }] },
      ],
    },
  }),
  alibaba: (rules: readonly unknown[]) => ({
    "ecs DescribeSecurityGroupAttribute": { Permissions: { Permission: rules } },
    "ecs DescribeSecurityGroups": { SecurityGroups: { SecurityGroup: [{ SecurityGroupId: "group-1" }] } },
    "ecs DescribeInstances": {
      Instances: {
        Instance: [{ InstanceId: "i-1", Status: "Running", VpcAttributes: { VSwitchId: "subnet-1" } }],
      },
    },
  }),
};
const drills = { aws: awsDrill, alibaba: alibabaDrill };

for (const cloud of ["aws", "alibaba"] as const) {
  describe(`a restore drill's place on ${cloud}`, () => {
    it("is a member's subnet, in the drill's own group", async () => {
      const { cli } = answering(groupAnswers[cloud]([]));
      assert.deepEqual(await drills[cloud](of(cloud), cli).place(), place);
    });

    it("is none where the group has a way in", async () => {
      const { cli } = answering(groupAnswers[cloud]([{}]));
      await assert.rejects(drills[cloud](of(cloud), cli).place(), /group-1 has inbound rules/);
    });
  });
}

describe("a restore drill's machine", () => {
  it("has on AWS no role, no key and no address, ends with its shutdown, and its volumes with it", async () => {
    const { calls, cli } = answering({ "ec2 run-instances": { Instances: [{ InstanceId: "i-1" }] } });
    assert.equal(await awsDrill(of("aws"), cli).start(machine, place, snapshot), "i-1");
    const request = JSON.parse(optionOf(calls[0] ?? [], "--cli-input-json") ?? "");
    for (const key of ["IamInstanceProfile", "KeyName", "UserData"]) assert.equal(key in request, false, key);
    assert.equal(request.InstanceInitiatedShutdownBehavior, "terminate");
    assert.deepEqual(request.NetworkInterfaces, [
      { DeviceIndex: 0, SubnetId: "subnet-1", Groups: ["group-1"], AssociatePublicIpAddress: false },
    ]);
    const disks: readonly { readonly Ebs: Readonly<Record<string, unknown>> }[] = request.BlockDeviceMappings;
    assert.deepEqual(
      disks.map(({ Ebs }) => [Ebs["SnapshotId"], Ebs["DeleteOnTermination"]]),
      [
        [undefined, true],
        ["snap-1", true],
      ],
    );
    const keys = request.TagSpecifications[0].Tags.map(({ Key }: { readonly Key: string }) => Key);
    assert.deepEqual(keys, ["team", "ams-cluster-restore-drill", "Name"]);
  });

  it("has on Alibaba Cloud no role, no key and no address, and a time at which ECS takes it away with its disks", async () => {
    const { calls, cli } = answering({ "ecs RunInstances": { InstanceIdSets: { InstanceIdSet: ["i-1"] } } });
    assert.equal(await alibabaDrill(of("alibaba"), cli).start(machine, place, snapshot), "i-1");
    const [words = []] = calls;
    for (const key of ["--RamRoleName", "--KeyPairName", "--Password"]) assert.equal(words.includes(key), false, key);
    const expected = {
      "--InternetMaxBandwidthOut": "0",
      "--SecurityGroupId": "group-1",
      "--VSwitchId": "subnet-1",
      "--DataDisk.1.SnapshotId": "snap-1",
      "--DataDisk.1.DeleteWithInstance": "true",
      "--AutoReleaseTime": "2026-11-30T15:16:00Z",
      "--Tag.2.Key": "ams-cluster-restore-drill",
    };
    for (const [key, value] of Object.entries(expected)) assert.equal(optionOf(words, key), value, key);
  });

  it("is looked for on Alibaba Cloud until it is gone", async () => {
    const list = (...ids: readonly string[]) => ({
      Instances: {
        Instance: ids.map((InstanceId) => ({ InstanceId, Status: "Stopped", VpcAttributes: { VSwitchId: "v" } })),
      },
    });
    const answers = [list("i-1"), list("i-1"), list()];
    const cli = async (words: readonly string[]) =>
      JSON.stringify(words[1] === "DescribeInstances" ? answers.shift() : {});
    await alibabaDrill(of("alibaba"), cli, 1).remove(["i-1"]);
    assert.equal(answers.length, 0);
  });
});

describe("the snapshots of a drill", () => {
  it("are on Alibaba Cloud all those of the data disks, and of no other disk of the cluster", async () => {
    const disks = [
      { DiskId: "d-1", DiskName: "ams-test-database-data" },
      { DiskId: "d-2", DiskName: "ams-test-origin" },
    ];
    const page = (id: string, hour: number) => ({
      Snapshot: [{ SnapshotId: id, CreationTime: `2026-11-30T${hour}:00:00Z`, SourceDiskSize: "50" }],
    });
    const { calls, cli } = answering({
      "ecs DescribeDisks": { Disks: { Disk: disks } },
      "ecs DescribeSnapshots": { Snapshots: page("s-1", 11), NextToken: "more" },
    });
    const paged = async (words: readonly string[]) =>
      words.includes("--NextToken") ? JSON.stringify({ Snapshots: page("s-2", 12), NextToken: "" }) : await cli(words);
    const found = await alibabaDrill(of("alibaba"), paged).snapshots();
    assert.deepEqual(
      found.map(({ id, taken, sizeGiB }) => [id, taken.toISOString(), sizeGiB]),
      [
        ["s-1", "2026-11-30T11:00:00.000Z", 50],
        ["s-2", "2026-11-30T12:00:00.000Z", 50],
      ],
    );
    const asked = calls.filter(([, action]) => action === "DescribeSnapshots");
    assert.deepEqual(
      asked.map((words) => optionOf(words, "--DiskId")),
      ["d-1"],
    );
  });
});
