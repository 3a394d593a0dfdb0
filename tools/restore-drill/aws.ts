import { z } from "zod";
import type { Cluster } from "../../config/types.ts";
import { agentBucket, dataDevice, drillObject, drillTag, systemDevice } from "../../model/naming.ts";
import { CommandError } from "../cli/faults.ts";
import { answer, type Cli, withFile } from "./cli.ts";
import type { DrillCloud, DrillMachine, Place, Snapshot } from "./cloud.ts";
import { noGroup, noMember, openGroup } from "./refusals.ts";

const instances = z.object({
  Reservations: z.array(
    z.object({
      OwnerId: z.string(),
      Instances: z.array(
        z.object({ InstanceId: z.string(), SubnetId: z.string().optional(), State: z.object({ Name: z.string() }) }),
      ),
    }),
  ),
});
const groups = z.object({
  SecurityGroups: z.array(z.object({ GroupId: z.string(), IpPermissions: z.array(z.any()) })),
});
const snapshots = z.object({
  Snapshots: z.array(z.object({ SnapshotId: z.string(), StartTime: z.string(), VolumeSize: z.number() })),
});
const started = z.object({ Instances: z.tuple([z.object({ InstanceId: z.string() })]) });
const output = z.object({ Output: z.string().optional() });

const there = ["pending", "running", "stopping", "stopped"];

/** EC2 through the AWS CLI. */
export function awsDrill(cluster: Cluster, cli: Cli): DrillCloud {
  const { name, region } = cluster;
  const ask = async <T>(form: z.ZodType<T>, ...words: readonly string[]): Promise<T> =>
    answer(form, await cli([...words, "--region", region, "--output", "json"]), `aws ${words.slice(0, 2).join(" ")}`);
  const tagged = (key: string, value: string) => `Name=tag:${key},Values=${value}`;
  const found = async (...filters: readonly string[]) =>
    (await ask(instances, "ec2", "describe-instances", "--filters", ...filters)).Reservations;

  async function member() {
    const own = [tagged("ams-cluster", name), tagged("Name", `${name}-database`)];
    const [reservation] = await found(...own, "Name=instance-state-name,Values=running");
    const subnet = reservation?.Instances[0]?.SubnetId;
    if (reservation === undefined || subnet === undefined) throw new CommandError(noMember(cluster));
    return { subnet, account: reservation.OwnerId };
  }

  return {
    async machines() {
      const all = await found(tagged(drillTag, name), `Name=instance-state-name,Values=${there.join(",")}`);
      return all.flatMap(({ Instances }) => Instances.map(({ InstanceId }) => InstanceId));
    },
    async remove(ids) {
      const words = ["--instance-ids", ...ids];
      await ask(z.unknown(), "ec2", "terminate-instances", ...words);
      await cli(["ec2", "wait", "instance-terminated", ...words, "--region", region]);
    },
    async place() {
      const filters = [tagged("ams-cluster", name), tagged("Name", `${name}-firewall-drill`)];
      const { SecurityGroups } = await ask(groups, "ec2", "describe-security-groups", "--filters", ...filters);
      const [group] = SecurityGroups;
      if (group === undefined) throw new CommandError(noGroup(cluster));
      if (group.IpPermissions.length > 0) throw new CommandError(openGroup(group.GroupId));
      return { subnet: (await member()).subnet, group: group.GroupId };
    },
    async snapshots() {
      const filters = [tagged("ams-cluster-data", name), "Name=status,Values=completed"];
      const all = await ask(snapshots, "ec2", "describe-snapshots", "--owner-ids", "self", "--filters", ...filters);
      return all.Snapshots.map(({ SnapshotId: id, StartTime, VolumeSize: sizeGiB }) => ({
        ...{ id, taken: new Date(StartTime), sizeGiB },
      }));
    },
    async start(machine, place, snapshot) {
      const input = JSON.stringify(request(machine, place, snapshot));
      return withFile(Buffer.from(machine.userData, "base64"), async (file) => {
        const words = ["--cli-input-json", input, "--user-data", `fileb://${file}`];
        return (await ask(started, "ec2", "run-instances", ...words)).Instances[0].InstanceId;
      });
    },
    async look(id) {
      const [reservation] = (await ask(instances, "ec2", "describe-instances", "--instance-ids", id)).Reservations;
      const state = reservation?.Instances[0]?.State.Name;
      const ended = state !== "pending" && state !== "running";
      // While it runs, EC2 has the latest only on demand; of one that ended it has what was posted at its end.
      const latest = state === "running" ? ["--latest"] : [];
      const { Output } = await ask(output, "ec2", "get-console-output", "--instance-id", id, ...latest);
      return { console: Output ?? "", ended };
    },
    async record(text) {
      const bucket = `${agentBucket(cluster)}-${(await member()).account}`;
      await withFile(text, (file) => {
        const words = ["--bucket", bucket, "--key", drillObject, "--body", file, "--content-type", "application/json"];
        return ask(z.unknown(), "s3api", "put-object", ...words);
      });
    },
  };
}

/**
 * No instance profile, no key and no public address. A shutdown ends the machine, and its volumes go with it. An encrypted
 * snapshot's volume has its key.
 */
function request({ image, instanceType, systemDiskGiB, name, tags }: DrillMachine, place: Place, { id }: Snapshot) {
  const list = Object.entries({ ...tags, Name: name }).map(([Key, Value]) => ({ Key, Value }));
  const disk = { VolumeType: "gp3", DeleteOnTermination: true };
  return {
    ...{ ImageId: image, InstanceType: instanceType, MinCount: 1, MaxCount: 1 },
    InstanceInitiatedShutdownBehavior: "terminate",
    NetworkInterfaces: [
      { DeviceIndex: 0, SubnetId: place.subnet, Groups: [place.group], AssociatePublicIpAddress: false },
    ],
    MetadataOptions: { HttpEndpoint: "enabled", HttpTokens: "required" },
    BlockDeviceMappings: [
      { DeviceName: systemDevice, Ebs: { ...disk, VolumeSize: systemDiskGiB, Encrypted: true } },
      { DeviceName: dataDevice, Ebs: { ...disk, SnapshotId: id } },
    ],
    TagSpecifications: ["instance", "volume"].map((ResourceType) => ({ ResourceType, Tags: list })),
  };
}
