import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../config/types.ts";
import type { Secrets } from "../contract.ts";

/** The secrets that are maps, which come as JSON. */

/** A plan cannot decrypt a secret and has a placeholder; the configuration's check has refused anything else. */
export function givenMap(text: string): ReadonlyMap<string, string> {
  try {
    return new Map(Object.entries(JSON.parse(text) as Readonly<Record<string, string>>));
  } catch {
    return new Map();
  }
}

/** What the forwarder of each machine sends to an OTLP receiver: one by one, so that the machines can mask each value. */
export function logHeaders({ logs }: Cluster, { logHeaders: given }: Secrets): pulumi.Output<object> | undefined {
  if (given === undefined || logs.forward?.protocol !== "otlp") return undefined;
  return pulumi.secret(pulumi.output(given).apply((text) => Object.fromEntries(givenMap(text))));
}
