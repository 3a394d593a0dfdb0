import assert from "node:assert/strict";
import { Bucket } from "@pulumi/aws/s3/index.js";
import * as pulumi from "@pulumi/pulumi";
import { AmsCluster } from "../../ams-cluster.ts";
import { loadAdapter } from "../../providers/index.ts";
import { quietly } from "../../providers/quiet.ts";

/** Every resource has what a real one would: each output that its class names, as a text with its name. */
const mocks: pulumi.runtime.Mocks = {
  call: () => ({}),
  newResource: ({ type, name, inputs }) => {
    if (type === "pulumi:pulumi:StackReference")
      return { id: name, state: { ...inputs, outputs: { vpcId: "vpc-1" }, secretOutputNames: [] } };
    return { id: name, state: { ...inputs, arn: `arn of ${name}`, bucketDomainName: `domain of ${name}` } };
  },
};

const cluster = (options: pulumi.ComponentResourceOptions = {}) =>
  new AmsCluster(
    "live",
    {
      cloud: "aws",
      region: "ap-south-1",
      network: { zones: ["a", "b"] },
      certificate: { source: "none" },
      aws: { images: { media: "ami-0123456789abcdef0" } },
    },
    options,
  );

/** The program, with what an owner adds after the cluster. */
async function run<T>(add: (made: AmsCluster) => T, options: pulumi.ComponentResourceOptions = {}): Promise<T> {
  await loadAdapter({ stack: "test", values: { cloud: "aws" }, secrets: {}, regions: {} });
  await pulumi.runtime.setMocks(mocks, "ams", "test");
  const added: T[] = [];
  await pulumi.runtime.runInPulumiStack(async () => void added.push(add(quietly(() => cluster(options)))));
  await pulumi.runtime.disconnect();
  const [first] = added;
  if (first === undefined) throw new Error("the program did not come to its end");
  return first;
}

const settled = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));

describe("What an owner adds beside the cluster", () => {
  const { debug } = pulumi.log;
  const { prepareStackTrace } = Error;

  afterEach(() => {
    Object.assign(pulumi.log, { debug });
    Object.assign(Error, { prepareStackTrace });
  });

  it("keeps all its outputs: a StackReference, a bucket, and a bucket below the cluster's own component", async () => {
    const [reference, bucket, below] = await run(
      (made) =>
        [
          new pulumi.StackReference("org/network/prod"),
          new Bucket("beside"),
          new Bucket("below", {}, { parent: made }),
        ] as const,
    );
    assert.equal(await settled(reference.getOutput("vpcId")), "vpc-1");
    assert.equal(await settled(bucket.arn), "arn of beside");
    assert.equal(await settled(bucket.bucketDomainName), "domain of beside");
    assert.equal(await settled(below.bucketDomainName), "domain of below");
  });

  it("may read any output of the cluster's own resources", async () => {
    const found: pulumi.Resource[] = [];
    const transformations: pulumi.ResourceTransformation[] = [
      ({ type, resource }) => {
        if (type === "aws:ec2/vpc:Vpc") found.push(resource);
        return undefined;
      },
    ];
    await run((made) => made, { transformations });
    const arns = await Promise.all(found.map((vpc) => settled(Reflect.get(vpc, "arn"))));
    assert.deepEqual(arns.map(String), ["arn of live-network"]);
  });

  it("has its debug messages and the program's, though the cluster's are left out", async () => {
    const said: string[] = [];
    Object.assign(pulumi.log, { debug: async (message: string) => void said.push(message) });
    await run(() => {
      void pulumi.log.debug("of the program");
      return new Bucket("beside");
    });
    const about = (name: string) => said.filter((message) => message.includes(name)).map((m) => m.split(/[: ]/)[0]);
    assert.ok(said.includes("of the program"));
    assert.ok(about("beside").includes("Registering") && about("beside").includes("RegisterResource"));
    assert.deepEqual(about("aws:ec2/vpc:Vpc"), []);
  });

  it("has stack traces, formatted by whoever formats them, but for those that the SDK does not read", async () => {
    const limit = Object.getOwnPropertyDescriptor(Error, "stackTraceLimit");
    const formatted: (string | null)[] = [];
    Error.prepareStackTrace = (error, sites) => {
      formatted.push(sites[0]?.getFunctionName() ?? null);
      return `${error}\n${sites.map((site) => `    at ${site}`).join("\n")}`;
    };
    const error = await run(function here() {
      const made = new Error("of an owner");
      assert.match(String(made.stack), /of an owner\n +at .*beside\.test/);
      return made;
    });
    assert.match(String(error.stack), /of an owner\n +at .*beside\.test/);
    assert.deepEqual(Object.getOwnPropertyDescriptor(Error, "stackTraceLimit"), limit);
    const after = formatted.slice(formatted.indexOf("here"));
    assert.ok(!after.includes("debuggablePromise"), `${after.length} formatted`);
  });
});
