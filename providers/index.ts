import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../model/cluster.ts";
import { ConfigError, type Fault } from "../model/fault.ts";
import { parse, type RawConfig } from "../model/parse.ts";
import type { Adapter, Outputs, Secrets } from "./contract.ts";
import { withoutUnreadOutputs } from "./outputs.ts";

/** Every cloud by type; imported only when chosen, so that one cloud's program never loads the other's SDK. */
const adapters: Readonly<Record<Cloud, () => Promise<Adapter>>> = {
  aws: async () => (await import("./aws/index.ts")).adapter,
  alibaba: async () => (await import("./alibaba/index.ts")).adapter,
};

/** Loads the chosen cloud's adapter ahead of its use; what is no cloud is told by `deploy`. */
export async function loadAdapter({ values: { cloud } }: RawConfig): Promise<void> {
  if (cloud === "aws" || cloud === "alibaba") await adapters[cloud]();
}

/** Configuration to resources and outputs. Throws one ConfigError with every fault before the first resource. */
export async function deploy(raw: RawConfig, secrets: Secrets): Promise<Outputs> {
  const { cloud, cluster, faults, warnings } = parse(raw);
  if (cloud === undefined) throw new ConfigError(faults);
  const adapter = await adapters[cloud]();
  const prepared = adapter.prepare(raw.values[cloud], cluster, raw.secrets);
  const all = [...faults, ...otherCloudsBlocks(raw, cloud), ...prepared.faults];
  if (all.length > 0 || prepared.render === undefined) throw new ConfigError(all);
  for (const warning of [...warnings, ...(prepared.warnings ?? [])]) pulumi.log.warn(warning);
  for (const path of examples(raw.values)) {
    pulumi.log.warn(
      `${path} still holds the stack file's example; the cloud will refuse it. README.md says what to set.`,
    );
  }
  pulumi.runtime.registerStackTransformation(withoutUnreadOutputs);
  return prepared.render(secrets);
}

/** Values that the shipped stack files hold as examples: well-formed, so that a plan works, and nobody's. */
const exampleValues = [
  "live.example.com",
  "ami-00000000000000000",
  "Z0000000000000",
  "m-gw800000000000000000",
  "10000000-ap-southeast-1",
];

/** Key paths that still hold an example. */
function examples(value: unknown, path = "ams:"): readonly string[] {
  if (typeof value === "string") return exampleValues.includes(value) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  const separator = path.endsWith(":") ? "" : ".";
  return Object.entries(value).flatMap(([key, part]) => examples(part, `${path}${separator}${key}`));
}

function otherCloudsBlocks(raw: RawConfig, cloud: Cloud): readonly Fault[] {
  const other = cloud === "aws" ? "alibaba" : "aws";
  if (raw.values[other] === undefined) return [];
  const fix = `Remove it with: pulumi config rm ams:${other}`;
  return [
    {
      path: `ams:${other}`,
      got: "a block of the other cloud",
      allowed: `ams:${cloud} while ams:cloud is ${cloud}`,
      fix,
    },
  ];
}
