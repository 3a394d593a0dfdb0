import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Cluster } from "../../config/types.ts";
import { agentBucket, dataVolumeNames, drillObject, drillTag } from "../../model/naming.ts";
import { CommandError } from "../cli/faults.ts";
import { answer, type Cli, withFile } from "./cli.ts";
import type { DrillCloud, DrillMachine, Place, Snapshot } from "./cloud.ts";
import { noGroup, noMember, openGroup } from "./refusals.ts";

const instances = z.object({
  Instances: z.object({
    Instance: z.array(
      z.object({
        InstanceId: z.string(),
        Status: z.string(),
        VpcAttributes: z.object({ VSwitchId: z.string() }),
      }),
    ),
  }),
});
const groups = z.object({
  SecurityGroups: z.object({ SecurityGroup: z.array(z.object({ SecurityGroupId: z.string() })) }),
});
const rules = z.object({ Permissions: z.object({ Permission: z.array(z.any()) }) });
const disks = z.object({ Disks: z.object({ Disk: z.array(z.object({ DiskId: z.string(), DiskName: z.string() })) }) });
const snapshots = z.object({
  NextToken: z.string().default(""),
  Snapshots: z.object({
    Snapshot: z.array(
      z.object({ SnapshotId: z.string(), CreationTime: z.string(), SourceDiskSize: z.coerce.number() }),
    ),
  }),
});
const started = z.object({ InstanceIdSets: z.object({ InstanceIdSet: z.tuple([z.string()]) }) });
const output = z.object({ ConsoleOutput: z.string().default("") });
const identity = z.object({ AccountId: z.string() });

const pollMilliseconds = 5000;
const mostPolls = 120;
/** As many as one page has. */
const page = ["--PageSize", "100"];

/** ECS through the Alibaba Cloud CLI. */
export function alibabaDrill(cluster: Cluster, cli: Cli, pollAfter = pollMilliseconds): DrillCloud {
  const { name, region } = cluster;
  const ask = async <T>(form: z.ZodType<T>, product: string, action: string, ...words: readonly string[]): Promise<T> =>
    answer(form, await cli([product, action, "--RegionId", region, ...words]), `aliyun ${product} ${action}`);
  const tagged = (...tags: readonly (readonly [string, string])[]) =>
    tags.flatMap(([key, value], index) => [`--Tag.${index + 1}.Key`, key, `--Tag.${index + 1}.Value`, value]);
  const own = (what: string) => tagged(["ams-cluster", name], ["Name", what]);
  const list = async (...words: readonly string[]) =>
    (await ask(instances, "ecs", "DescribeInstances", ...words)).Instances.Instance;
  const machines = async () => (await list(...tagged([drillTag, name]), ...page)).map(({ InstanceId }) => InstanceId);

  return {
    machines,
    async remove(ids) {
      for (const id of ids) await ask(z.unknown(), "ecs", "DeleteInstance", "--InstanceId", id, "--Force", "true");
      for (let poll = 0; poll < mostPolls; poll += 1) {
        const left = await machines();
        if (!ids.some((id) => left.includes(id))) return;
        await sleep(pollAfter);
      }
      throw new CommandError(`these machines still exist: ${ids.join(", ")}`);
    },
    async place() {
      const { SecurityGroups } = await ask(groups, "ecs", "DescribeSecurityGroups", ...own(`${name}-firewall-drill`));
      const id = SecurityGroups.SecurityGroup[0]?.SecurityGroupId;
      if (id === undefined) throw new CommandError(noGroup(cluster));
      const inward = ["--SecurityGroupId", id, "--Direction", "ingress"];
      const { Permissions } = await ask(rules, "ecs", "DescribeSecurityGroupAttribute", ...inward);
      if (Permissions.Permission.length > 0) throw new CommandError(openGroup(id));
      const [member] = await list(...own(`${name}-database`), "--Status", "Running");
      if (member === undefined) throw new CommandError(noMember(cluster));
      return { subnet: member.VpcAttributes.VSwitchId, group: id };
    },
    async snapshots() {
      const { Disks } = await ask(disks, "ecs", "DescribeDisks", ...tagged(["ams-cluster", name]), ...page);
      const data = Disks.Disk.filter(({ DiskName }) => dataVolumeNames(cluster).includes(DiskName));
      const found: Snapshot[] = [];
      for (const { DiskId } of data) {
        let token = "";
        do {
          const words = ["--DiskId", DiskId, "--Status", "accomplished", "--MaxResults", "100"];
          const next = token === "" ? [] : ["--NextToken", token];
          const { Snapshots, NextToken } = await ask(snapshots, "ecs", "DescribeSnapshots", ...words, ...next);
          for (const { SnapshotId: id, CreationTime, SourceDiskSize: sizeGiB } of Snapshots.Snapshot)
            found.push({ id, taken: new Date(CreationTime), sizeGiB });
          token = NextToken;
        } while (token !== "");
      }
      return found;
    },
    async start(machine, place, snapshot) {
      const { InstanceIdSets } = await ask(started, "ecs", "RunInstances", ...request(machine, place, snapshot));
      return InstanceIdSets.InstanceIdSet[0];
    },
    async look(id) {
      const [machine] = await list("--InstanceIds", JSON.stringify([id]));
      const ended = machine === undefined || machine.Status === "Stopped";
      if (machine === undefined) return { console: "", ended };
      const words = ["--InstanceId", id, "--RemoveSymbols", "true"];
      const { ConsoleOutput } = await ask(output, "ecs", "GetInstanceConsoleOutput", ...words);
      return { console: Buffer.from(ConsoleOutput, "base64").toString("utf8"), ended };
    },
    async record(text) {
      const { AccountId } = await ask(identity, "sts", "GetCallerIdentity");
      const object = `oss://${agentBucket(cluster)}-${AccountId}/${drillObject}`;
      await withFile(text, (file) => cli(["oss", "cp", file, object, "-f", "--region", region]));
    },
  };
}

/** No RAM role, no key pair and no public address. ECS releases the machine at the time that it is given, with its disks. */
function request(machine: DrillMachine, { subnet, group }: Place, { id }: Snapshot): readonly string[] {
  const { image, instanceType, systemDiskGiB, name, tags, userData, until } = machine;
  const words: Readonly<Record<string, string>> = {
    ImageId: image,
    InstanceType: instanceType,
    InstanceName: name,
    InstanceChargeType: "PostPaid",
    Amount: "1",
    VSwitchId: subnet,
    SecurityGroupId: group,
    InternetMaxBandwidthOut: "0",
    "SystemDisk.Category": "cloud_essd",
    "SystemDisk.Size": `${systemDiskGiB}`,
    "SystemDisk.Encrypted": "true",
    "DataDisk.1.SnapshotId": id,
    "DataDisk.1.Category": "cloud_essd",
    "DataDisk.1.DeleteWithInstance": "true",
    HttpEndpoint: "enabled",
    HttpTokens: "required",
    UserData: userData,
    AutoReleaseTime: `${until.toISOString().slice(0, 17)}00Z`,
    ClientToken: randomUUID(),
  };
  const marks = Object.entries({ ...tags, Name: name }).flatMap(([key, value], index) => [
    ...[`--Tag.${index + 1}.Key`, key, `--Tag.${index + 1}.Value`, value],
  ]);
  return [...Object.entries(words).flatMap(([key, value]) => [`--${key}`, value]), ...marks];
}
