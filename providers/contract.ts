import type { Output } from "@pulumi/pulumi";
import { type Fault, show } from "../config/fault.ts";
import type { RawConfig } from "../config/raw.ts";
import type { Cloud, Cluster } from "../config/types.ts";
import type { SecretKey } from "../model/cluster.ts";
import type { ClusterComponent } from "./cluster-component.ts";
import type { Outputs } from "./stack-outputs.ts";

/**
 * What every adapter keeps; each rule is a test of `test/contract.test.ts`, run over each adapter, both stack files and
 * random clusters.
 *
 *  1. Equal component trees: the same parts, by type and name, on both clouds.
 *  2. Every resource descends from the one Cluster part.
 *  3. The recorded resources, read back, give the model's groups, listeners, firewall and health checks.
 *  4. Nothing is more open than the model's firewall table says.
 *  5. The machines' facts are the same on both clouds, but for the digest and the bucket of their agent.
 *  6. No secret stands in clear in any input but a secret store's, and there it is marked secret.
 *  7. Equal output keys.
 *  8. Tags on everything that takes them.
 *  9. The same input twice gives the same recording; a preview registers what an update registers.
 * 10. No provider invokes, unless the stack asks for a marketplace lookup.
 * 11. An unsupported field is refused before the first resource.
 * 12. Physical names stay within each cloud's limits.
 * 13. Only the chosen cloud's SDK is loaded.
 * 14. Durable things are protected while the stack's `protect` is on.
 * 15. A new launch template rolls, by its number, through its own group, at no less than `minInServicePercent` and with
 *     a pause after the first origin; or it waits for people, where the cloud's own block says so.
 */
export interface Adapter {
  /**
   * Checks the cloud's own block (`ams:aws`, `ams:alibaba`) and what this cloud can't do; makes no resource. `texts` are the
   * stack's secrets in clear, to be measured and never kept.
   */
  readonly prepare: (block: unknown, cluster: Cluster | undefined, texts?: RawConfig["secrets"]) => Prepared;
}

export interface Prepared {
  readonly faults: readonly Fault[];
  /** What the cloud may refuse, by quotas that the stack says its account has. */
  readonly warnings?: readonly string[];
  /** There only without faults and with a cluster. */
  readonly render?: (secrets: Secrets, root: ClusterComponent) => Outputs;
}

/** Secret configuration values, as secret outputs; what the stack doesn't have is generated or left out. */
export type Secrets = Readonly<Partial<Record<SecretKey, Output<string>>>>;

/** What a cloud is called in a sentence. */
const cloudNames: Readonly<Record<Cloud, string>> = { aws: "AWS", alibaba: "Alibaba Cloud" };

/** What is allowed on a cloud, with the reason where there is one to give. */
export type Allowed = string | readonly [form: string, why: string];

/** A neutral field that this cloud can't honour: refused by name, never ignored. */
export function unsupported(path: string, got: unknown, cloud: Cloud, allowed: Allowed, fix: string): Fault {
  const [form, why] = typeof allowed === "string" ? [allowed] : allowed;
  const reason = why === undefined ? "" : `, because ${why}`;
  return { path, got: show(got), allowed: `${form.replace(/(?= if )|$/, ` on ${cloudNames[cloud]}`)}${reason}`, fix };
}
