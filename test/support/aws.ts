import assert from "node:assert/strict";
import type { Cluster } from "../../config/types.ts";
import { adapter } from "../../providers/aws/index.ts";
import type { Secrets } from "../../providers/contract.ts";
import { RenderedCluster } from "../../providers/rendered-cluster.ts";
import { type Recording, recordProgram } from "../../recording/record.ts";
import { cluster, withTls } from "./cluster.ts";
import { Recorded } from "./read/recorded.ts";

export type Values = Readonly<Record<string, unknown>>;

/** Settings of AWS that do for any test without a GPU. */
export const block = { images: { media: "ami-0123456789abcdef0" }, hostedZoneId: "Z0123456789" };

const { domain } = withTls;
export const issued = { domain, certificate: { source: "issued" } };
export const external = { ...issued, domain: { ...domain, dns: "external" } };
export const admins = { access: { adminCidrs: ["203.0.113.7/32", "198.51.100.0/24"] } };

export async function renderCluster(
  model: Cluster,
  settings: unknown = block,
  secrets: Secrets = {},
): Promise<Recording> {
  const { faults, render } = adapter.prepare(settings, model);
  assert.deepEqual(faults, []);
  assert.ok(render);
  return recordProgram(
    { stack: "test" },
    async () => new RenderedCluster(model.name, (root) => render(secrets, root), []).outputs,
  );
}

const rendered = new Map<string, Promise<Recorded>>();

/** What AWS gets for the least configuration and what the test adds to it; made once, as nothing changes a recording. */
export function render(values: Values = {}, settings: unknown = block): Promise<Recorded> {
  const key = JSON.stringify([values, settings]);
  const made = rendered.get(key) ?? renderCluster(cluster(values), settings).then((one) => new Recorded(one));
  rendered.set(key, made);
  return made;
}

export const types = {
  template: "aws:ec2/launchTemplate:LaunchTemplate",
  balancer: "aws:lb/loadBalancer:LoadBalancer",
  listener: "aws:lb/listener:Listener",
  group: "aws:autoscaling/group:Group",
  instance: "aws:ec2/instance:Instance",
  record: "aws:route53/record:Record",
} as const;
