import { pathToFileURL } from "node:url";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

type Parts = typeof import("../../../providers/cluster-component.ts");

/** The program's own code, which stands beside this file once both are copied into the test's project. */
async function parts(): Promise<Parts> {
  const copied: string = pathToFileURL("start.mjs").href;
  const start: { default: { load(file: string): Promise<Parts> } } = await import(copied);
  return start.default.load("providers/cluster-component.ts");
}

/** A network of the release before, or the same as a part of another kind and name, with or without what it was called. */
function network({ formerly, ClusterComponent }: Parts, release: string) {
  if (release === "before") return { name: "one-network", component: new ClusterComponent("Network", "one-network") };
  const aliases = release === "aliased" ? [formerly("Network", "one-network")] : [];
  return { name: "one-net", component: new ClusterComponent("Firewall", "one-net", undefined, { aliases }) };
}

export default async function program(): Promise<Record<string, unknown>> {
  const { name, component } = network(await parts(), new pulumi.Config("renamed").require("release"));
  const vpc = new aws.ec2.Vpc(name, { cidrBlock: "10.0.0.0/16" }, component.child());
  const subnet = new aws.ec2.Subnet(`${name}-a`, { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }, component.child());
  component.registerOutputs();
  return { subnet: subnet.id };
}
