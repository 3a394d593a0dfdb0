import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AmsCluster, type AmsClusterArgs } from "../ams-cluster.ts";
import type { Cloud } from "../config/types.ts";
import { secretKeys } from "../model/cluster.ts";
import { loadAdapter } from "../providers/index.ts";
import { type RecordedResource, record, recordProgram, Unknown, type Value } from "../recording/record.ts";
import { clouds, stackFiles } from "./support/contract.ts";

const images = { aws: "ami-0123456789abcdef0", alibaba: "m-gw8bwy1fbwc5cadiupo4" } as const;
const regions = { aws: "ap-south-1", alibaba: "eu-central-1" } as const;

const smallest = (cloud: Cloud): AmsClusterArgs => ({
  cloud,
  region: regions[cloud],
  network: { zones: ["a", "b"] },
  certificate: { source: "none" },
  [cloud]: { images: { media: images[cloud] } },
});

/** Something that exists already, or that the same program makes. */
class Existing extends pulumi.CustomResource {
  declare readonly made: pulumi.Output<string>;
  constructor(name: string) {
    super("test:index:Existing", name, { made: undefined });
  }
}

const recordCluster = (cloud: Cloud, program: () => object) =>
  loadAdapter({ stack: "test", values: { cloud }, secrets: {}, regions: {} }).then(() =>
    recordProgram({ stack: "test" }, async () => program()),
  );

const own = (resources: readonly RecordedResource[]) =>
  resources.filter(({ type }) => !type.startsWith("test:") && !type.startsWith("pulumi:providers:"));

function faultsOf(cloud: Cloud, args: object): Promise<string> {
  let message = "";
  return recordCluster(cloud, () => {
    assert.throws(
      () => new AmsCluster("live", { ...smallest(cloud), ...args }),
      (error) => {
        message = error instanceof Error ? error.message : "";
        return pulumi.RunError.isInstance(error);
      },
    );
    return {};
  }).then(({ resources }) => {
    assert.deepEqual(resources, []);
    return message;
  });
}

describe("AmsCluster", () => {
  for (const cloud of clouds) {
    it(`makes on ${cloud} what the stack file makes`, async () => {
      const file = stackFiles[cloud];
      const secrets = Object.fromEntries(secretKeys.map((key) => [key, file.secrets[key]]));
      const args = { ...file.values, region: file.regions[cloud], secrets } as unknown as AmsClusterArgs;
      const ofProgram = await recordCluster(cloud, () => new AmsCluster("ams-test", args).outputs);
      const ofFile = await record({ ...file, stack: "test" });
      assert.deepEqual(ofProgram.resources, ofFile.resources);
      assert.deepEqual(ofProgram.outputs, ofFile.outputs);
    });

    it(`takes on ${cloud} what the same program makes: network, subnets, keys, group, images and log bucket`, async () => {
      const { resources } = await recordCluster(cloud, () => {
        const { made } = new Existing("existing");
        const subnets = (third: number) => [
          { id: made, cidr: `10.0.${third}.0/24` },
          { id: made, cidr: `10.0.${third + 1}.0/24` },
        ];
        const existing = {
          id: made,
          subnets: { balancer: subnets(0), media: subnets(2), database: subnets(4) },
        };
        return new AmsCluster("live", {
          ...smallest(cloud),
          network: { cidr: "10.0.0.0/16", zones: ["a", "b"], existing },
          access: { adminCidrs: ["203.0.113.7/32"], adminGroup: made, sshPublicKey: made },
          encryption: { keyId: made },
          logs: { bucket: made },
          recordings: { store: "bucket" },
          certificate: { source: "existing", id: made },
          domain: { name: "live.example.com", zone: "example.com" },
          [cloud]: { images: { media: made, database: made }, ...(cloud === "aws" ? { hostedZoneId: made } : {}) },
        }).outputs;
      });
      const users = own(resources).filter(({ inputs }) => isFrom("existing", inputs));
      for (const type of ["ecurity", "nstance", "ey", "emplate", "ogStore|loadBalancer:", "istener"])
        assert.ok(
          users.some((one) => new RegExp(type).test(one.type)),
          type,
        );
      assert.ok(!JSON.stringify(own(resources)).includes("known after deployment"));
    });

    it(`hands provider, parent, aliases, transforms and protect on ${cloud} to all that it makes`, async () => {
      const seen = new Set<string>();
      const { resources } = await recordCluster(cloud, () => {
        const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
        const provider = new ProviderOf(cloud);
        const cluster = new AmsCluster("live", smallest(cloud), {
          parent,
          provider,
          aliases: [{ name: "before" }],
          transformations: [({ name }) => void seen.add(name)],
        });
        return { play: cluster.playUrl };
      });
      const children = own(resources).filter(({ type }) => type !== "antmedia:cluster:Cluster");
      const root = resources.find(({ type }) => type === "antmedia:cluster:Cluster");
      assert.match(root?.parent ?? "", /test:index:Parent::parent$/);
      assert.deepEqual(root?.aliases.length, 1);
      for (const { name, urn, custom, provider, type } of children) {
        assert.ok(seen.has(name), name);
        assert.ok(urn.includes("test:index:Parent$antmedia:cluster:Cluster$"), urn);
        if (custom && !type.startsWith("random:")) assert.match(provider, /::chosen::/, urn);
      }
    });

    it(`names every fault on ${cloud} as a key of the arguments, without the stack's commands`, async () => {
      const message = await faultsOf(cloud, {
        origin: { max: 0, color: "red" },
        network: { zones: ["a", "b"], cidr: pulumi.output("10.0.0.0/16") },
        secrets: { licenceKey: "no" },
      });
      for (const path of ["origin.max", "origin.color", "network.cidr", "licenceKey"])
        assert.match(message, new RegExp(`^  - ${path.replace(".", "\\.")}: got `, "m"));
      assert.doesNotMatch(message, /ams:|pulumi config|--path/);
      assert.match(message, /Remove origin\.color$/m);
    });
  }

  it("takes the region of the stack's configuration, and asks for one", async () => {
    const { region: _, ...without } = smallest("aws");
    assert.match(await faultsOf("aws", { ...without, region: undefined }), /- region: not set/);
    pulumi.runtime.setConfig("aws:region", "eu-west-1");
    try {
      const { resources } = await recordCluster("aws", () => new AmsCluster("live", without).outputs);
      assert.ok(JSON.stringify(resources).includes("eu-west-1a"));
    } finally {
      pulumi.runtime.setAllConfig({});
    }
  });
});

class ProviderOf extends pulumi.ProviderResource {
  constructor(cloud: Cloud) {
    super(cloud === "aws" ? "aws" : "alicloud", "chosen", {});
  }
}

function isFrom(name: string, value: Value): boolean {
  if (value instanceof Unknown) return value.origins.some((origin) => origin.name === name);
  return typeof value === "object" && value !== null && Object.values(value).some((part: Value) => isFrom(name, part));
}
