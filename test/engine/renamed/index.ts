import { pathToFileURL } from "node:url";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

type Parts = typeof import("../../../providers/part.ts");

/** The program's own code, which stands beside this file once both are copied into the test's project. */
async function parts(): Promise<Parts> {
  const copied: string = pathToFileURL("start.mjs").href;
  const start: { default: { load(file: string): Promise<Parts> } } = await import(copied);
  return start.default.load("providers/part.ts");
}

/** A network of the release before, or the same as a part of another kind and name, with or without what it was called. */
function network({ formerly, Part }: Parts, release: string) {
  if (release === "before") return { name: "one-network", part: new Part("Network", "one-network") };
  const aliases = release === "aliased" ? [formerly("Network", "one-network")] : [];
  return { name: "one-net", part: new Part("Firewall", "one-net", undefined, { aliases }) };
}

export default async function program(): Promise<Record<string, unknown>> {
  const { name, part } = network(await parts(), new pulumi.Config("renamed").require("release"));
  const vpc = new aws.ec2.Vpc(name, { cidrBlock: "10.0.0.0/16" }, part.child());
  const subnet = new aws.ec2.Subnet(`${name}-a`, { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }, part.child());
  part.registerOutputs();
  return { subnet: subnet.id };
}
