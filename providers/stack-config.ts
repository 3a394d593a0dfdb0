import * as pulumi from "@pulumi/pulumi";
import * as runtime from "@pulumi/pulumi/runtime/config.js";
import type { RawConfig } from "../config/raw.ts";
import { fromText } from "../config/text.ts";
import { secretKeys } from "../model/cluster.ts";
import type { Secrets } from "./contract.ts";

const namespace = "ams:";

/** In the SDK's module, but not in its types: the one way to see whether a value came encrypted. */
const isConfigSecret: (key: string) => boolean = Reflect.get(runtime, "isConfigSecret");

/** The stack's configuration as the engine hands it over: texts, with objects as JSON. */
export function readConfig(): RawConfig {
  const values: Record<string, unknown> = {};
  const secrets: Record<string, string> = {};
  const all = runtime.allConfig();
  for (const [key, text] of Object.entries(all)) {
    if (!key.startsWith(namespace)) continue;
    const name = key.slice(namespace.length);
    if (isConfigSecret(key)) secrets[name] = text;
    else values[name] = fromText(name, text);
  }
  const regions = { aws: all["aws:region"], alibaba: all["alicloud:region"] };
  return { stack: pulumi.getStack(), values, secrets, regions };
}

export function readSecrets(): Secrets {
  const config = new pulumi.Config("ams");
  const entries = secretKeys.map((key) => [key, config.getSecret(key)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
