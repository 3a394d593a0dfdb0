import assert from "node:assert/strict";
import type { Cluster } from "../../config/types.ts";
import { adapter } from "../../providers/alibaba/index.ts";
import type { Secrets } from "../../providers/contract.ts";
import { RenderedCluster } from "../../providers/rendered-cluster.ts";
import { type RecordedResource, type Recording, recordProgram, Unknown } from "../../recording/record.ts";
import { cluster } from "./cluster.ts";

export type Values = Readonly<Record<string, unknown>>;

export const images = { media: "m-gw8bwy1fbwc5cadiupo4" };

const domain = { name: "live.example.com", zone: "example.com" };
export const withDomain = { domain };
export const tls = { domain, certificate: { source: "existing", id: "1234-ap-southeast-1" } };
export const admins = {
  access: { adminCidrs: ["203.0.113.7/32", "198.51.100.0/24"], sshPublicKey: "ssh-ed25519 AAAA me" },
};

/** What Alibaba Cloud gets, with questions that its tests ask. */
export interface Rendered extends Recording {
  /** Resources of a type without its package, e.g. `alb/rule:Rule`. */
  readonly all: (type: string) => readonly RecordedResource[];
  readonly one: (type: string, name: string) => RecordedResource;
}

export async function renderCluster(model: Cluster, block: Values = {}, secrets: Secrets = {}): Promise<Rendered> {
  const prepared = adapter.prepare({ images, ...block }, model);
  assert.deepEqual(prepared.faults, []);
  const { render: make } = prepared;
  assert.ok(make);
  const recording = await recordProgram(
    { stack: "test" },
    async () => new RenderedCluster(model.name, (root) => make(secrets, root), []).outputs,
  );
  const all = (type: string) => recording.resources.filter((resource) => resource.type === `alicloud:${type}`);
  const one = (type: string, name: string) => {
    const found = all(type).find((resource) => resource.name === name);
    assert.ok(found, `no ${type} ${name} among ${all(type).map((resource) => resource.name)}`);
    return found;
  };
  return { ...recording, all, one };
}

const rendered = new Map<string, Promise<Rendered>>();

/** The least configuration, what the test adds to it and to the cloud's own block; made once for each. */
export function render(values: Values = {}, block: Values = {}): Promise<Rendered> {
  const key = JSON.stringify([values, block]);
  const made = rendered.get(key) ?? renderCluster(cluster({ cloud: "alibaba", ...values }), block);
  rendered.set(key, made);
  return made;
}

export const text = (resource: RecordedResource, key: string): string => String(resource.inputs[key]);

/** Names of the resources that an input comes from. */
export function sources(value: unknown): readonly string[] {
  if (value instanceof Unknown) return value.origins.map(({ name }) => name);
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(sources);
}

/** All that has to stand before a resource, near and far. */
export function before({ resources }: Rendered, resource: RecordedResource): ReadonlySet<string> {
  const byUrn = new Map(resources.map((one) => [one.urn, one]));
  const found = new Set<string>();
  const visit = (urns: readonly string[]): void => {
    for (const urn of urns) {
      if (found.has(urn)) continue;
      found.add(urn);
      visit(byUrn.get(urn)?.dependencies ?? []);
    }
  };
  visit(resource.dependencies);
  return found;
}
