import { dayLike } from "../../config/day.ts";
import { handle, text } from "../../config/parts.ts";
import * as z from "../../config/zod.ts";
import { accountQuotas } from "../shared/account-quotas.ts";
import { databaseSnapshots, instanceTypes, unlistedTypes } from "../shared/schema-parts.ts";

/** The id of an image names its region in its first three characters; an unknown prefix is let through. */
export const imageRegions: Readonly<Record<string, string>> = {
  "0xi": "us-east-1",
  "2vc": "cn-chengdu",
  "2ze": "cn-beijing",
  "6we": "ap-northeast-1",
  "8ps": "ap-southeast-3",
  "8vb": "cn-zhangjiakou",
  bp1: "cn-hangzhou",
  d7o: "eu-west-1",
  eb3: "me-east-1",
  gw8: "eu-central-1",
  hp3: "cn-huhehaote",
  j6c: "cn-hongkong",
  k1a: "ap-southeast-5",
  m5e: "cn-qingdao",
  rj9: "us-west-1",
  t4n: "ap-southeast-1",
  uf6: "cn-shanghai",
  wz9: "cn-shenzhen",
};

export const ownImage = /^m-[a-z0-9]{12,30}$/;

const imageForm = "an image id that begins with m-: your own image, or a marketplace image to which you subscribe";
/** Its prefix is no region's. */
export const exampleImage = "m-abc0123456789abcdefg";

const image = handle(ownImage, imageForm).meta({ example: exampleImage });

const systemForm =
  "a public system image such as ubuntu_24_04_x64_20G_alibase_20240812.vhd, or an image id that begins with m-";
const systemImageId = handle(/^(m-[a-z0-9]{12,30}|[a-z0-9][a-z0-9_.-]{4,120}\.vhd)$/, systemForm);

const ubuntu = "ubuntu_24_04_x64_20G_alibase_20240812.vhd";

const typeForm = "an x86 ECS instance type such as ecs.c6e.xlarge";
const instanceType = z.string({ error: typeForm }).regex(/^ecs\.[a-z0-9-]+(\.[a-z0-9-]+)+$/, typeForm);

const databaseForm =
  "an x86 ECS instance type such as ecs.g6e.xlarge, or an ApsaraDB class such as mdb.shard.4x.xlarge.d";
/** ApsaraDB's dedicated classes: the shared ones (.c) can't encrypt their disks. */
const databaseType = z
  .string({ error: databaseForm })
  .regex(/^(ecs\.[a-z0-9-]+(\.[a-z0-9-]+)+|mdb\.shard\.\d+x\.\d*x?large\.d)$/, databaseForm);

const snapshotForm = "a snapshot id in this region such as s-gw8f1e2d3c4b5a697887";
const snapshot = z
  .string({ error: snapshotForm })
  .regex(/^s-[a-z0-9]{12,30}$/, snapshotForm)
  .optional();

const day = dayLike("a date such as 2026-12-01");

const bandwidthForm = "a whole number from 1 to 100";
const sharedForm = "a whole number from 1 to 100000";

/** The form of `ams:alibaba`: what only Alibaba Cloud has. */
export const schema = z
  .strictObject({
    images: z.strictObject({
      media: image.describe("Id of the AMS image for both groups, in this region: a marketplace image or your own."),
      gpu: image.optional().meta({
        description: "AMS image with the NVIDIA driver, for origins whose instance type has a GPU.",
        source: "none",
      }),
      database: systemImageId
        .default(ubuntu)
        .meta({ description: "Image for the database machines.", source: "Ubuntu 24.04, in every region" }),
      proxy: systemImageId
        .default(ubuntu)
        .meta({ description: "Image for the proxies.", source: "Ubuntu 24.04, in every region" }),
    }),
    instanceTypes: instanceTypes(instanceType.optional(), databaseType.optional(), "ApsaraDB"),
    unlistedTypes: unlistedTypes(instanceType),
    quotas: accountQuotas("alibaba"),
    publicBandwidthMbps: z
      .int({ error: bandwidthForm })
      .min(1, bandwidthForm)
      .max(100, bandwidthForm)
      .default(100)
      .meta({
        description: "Peak bandwidth, in Mbps, of each media machine's public address, which is billed by traffic.",
        source: "the maximum without an elastic IP address",
      }),
    sharedBandwidthMbps: z.int({ error: sharedForm }).min(1, sharedForm).max(100_000, sharedForm).optional().meta({
      description:
        "Bandwidth, in Mbps, of an Internet Shared Bandwidth instance for the public addresses of media machines and load balancers. If this key is set, each media machine binds an elastic IP address from a pool that the stack creates, and `publicBandwidthMbps` does not limit this address. See [capacity.md](capacity.md#shared-bandwidth-on-alibaba-cloud).",
      source: "none: each machine has its own public address",
    }),
    sharedBandwidthBilling: z
      .enum(["traffic", "bandwidth"], { error: "traffic or bandwidth" })
      .default("traffic")
      .describe(
        "Billing method for the shared bandwidth. `traffic`: by data transfer, the only method on the international site. `bandwidth`: by `sharedBandwidthMbps`, for accounts on the China site. Changing this key replaces the Internet Shared Bandwidth instance, unless `ams:protect` prevents the replacement. Until the addresses are added to the new instance, each address has its own bandwidth.",
      ),
    secretStore: z
      .enum(["oos", "kms"], { error: "oos or kms" })
      .default("oos")
      .describe("Store for the machines' secrets. `kms` requires a purchased KMS 3.0 instance; `oos` does not."),
    kms: z
      .strictObject({
        instanceId: text(/^kst-/, "a KMS instance id such as kst-hzz0123456789abcdefgh").describe("KMS instance id."),
        keyId: text(/^key-/, "a KMS key id such as key-hzz0123456789abcdefgh").describe(
          "Id of a symmetric key in this instance.",
        ),
      })
      .optional()
      .meta({ description: "Purchased KMS instance. Required if `secretStore` is `kms`.", source: "none" }),
    databaseSnapshots: databaseSnapshots(snapshot),
    zonePolicy: z
      .enum(["balanced", "priority"], { error: "balanced or priority" })
      .default("balanced")
      .describe(
        "Distribution of a node group's machines. `balanced`: evenly across the zones. `priority`: one zone after another, in no guaranteed order. An instance refresh requires `priority`. Changing this key replaces the groups.",
      ),
    upgrade: z
      .enum(["manual", "instance-refresh"], { error: "manual or instance-refresh" })
      .default("manual")
      .describe(
        "Method for rolling out a new launch template to running nodes. `manual`: you run two updates. `instance-refresh`: `up` starts an instance refresh. In a new stack, start with `manual`, and set `instance-refresh` together with the first change to be rolled out.",
      ),
    schedule: z
      .strictObject(
        { from: day.describe("First day."), until: day.describe("Last day.") },
        {
          error: "an object that contains the dates from and until",
        },
      )
      .optional()
      .meta({
        description:
          "First and last day on which the groups' periods repeat. A scheduled task must begin within 90 days of its creation and can repeat for at most a year. Required if a group has periods.",
        source: "none",
      }),
  })
  .describe("Settings for Alibaba Cloud only.");

export type Settings = z.output<typeof schema>;
