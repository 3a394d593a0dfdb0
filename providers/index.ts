import { createRequire } from "node:module";
import { ConfigError, type Fault } from "../config/fault.ts";
import { isMistyped, parse } from "../config/parse.ts";
import type { RawConfig } from "../config/raw.ts";
import { removePath } from "../config/remedy/command.ts";
import { settled } from "../config/remedy/settle.ts";
import type { Cloud, Cluster } from "../config/types.ts";
import { projectFile } from "../model/project.ts";
import type { Adapter, Prepared, Secrets } from "./contract.ts";
import { RenderedCluster } from "./rendered-cluster.ts";
import { exampleCertificatePattern, exampleImagePattern } from "./shared/stack-file-examples.ts";

/** Every cloud by type; imported only when chosen, so that one cloud's program never loads the other's SDK. */
const importers: Readonly<Record<Cloud, () => Promise<Adapter>>> = {
  aws: async () => (await import("./aws/index.ts")).adapter,
  alibaba: async () => (await import("./alibaba/index.ts")).adapter,
};

const loaded = new Map<Cloud, Adapter>();

/** Loads the chosen cloud's adapter ahead of its use; what is no cloud is told by `check`. */
export async function loadAdapter({ values: { cloud } }: RawConfig): Promise<void> {
  if (cloud === "aws" || cloud === "alibaba") loaded.set(cloud, await importers[cloud]());
}

const sdks: Readonly<Record<Cloud, string>> = { aws: "@pulumi/aws", alibaba: "@pulumi/alicloud" };

/**
 * The package's build is CommonJS and loads an adapter where it is asked for; the project's own programs load it before.
 * Throws an error that names the SDK where it is not installed.
 */
function adapterOf(cloud: Cloud): Adapter {
  const adapter = loaded.get(cloud) ?? requireAdapter(cloud);
  loaded.set(cloud, adapter);
  return adapter;
}

function requireAdapter(cloud: Cloud): Adapter {
  try {
    return createRequire(projectFile("ams-cluster.js"))(`./providers/${cloud}/index.js`).adapter;
  } catch (error) {
    const isMissing = error instanceof Error && error.message.includes(`'${sdks[cloud]}/`);
    throw isMissing ? new Error(`${sdks[cloud]} is not installed. Install it with: npm install ${sdks[cloud]}`) : error;
  }
}

/** A configuration without faults. */
export interface Checked {
  readonly cluster: Cluster;
  readonly render: NonNullable<Prepared["render"]>;
  readonly warnings: readonly string[];
}

/** What the model and the cloud say of a configuration. */
function judge(raw: RawConfig) {
  const { cloud, cluster, faults, warnings } = parse(raw);
  if (cloud === undefined) return { faults, warnings };
  const prepared = adapterOf(cloud).prepare(raw.values[cloud], cluster, raw.secrets);
  const own = isMistyped(raw, cloud) ? [] : prepared.faults;
  return { cluster, faults: [...faults, ...otherCloudsBlocks(raw, cloud), ...own], warnings, prepared };
}

/** Holds a configuration against the model and its cloud; makes no resource. Throws one ConfigError with every fault. */
export function check(raw: RawConfig): Checked {
  const { cluster, faults, warnings, prepared } = judge(raw);
  if (faults.length > 0 || cluster === undefined || prepared?.render === undefined)
    throw new ConfigError(settled(faults, raw, (tried) => judge(tried).faults));
  const said = [...warnings, ...(prepared.warnings ?? []), ...examples(raw.values).map(stillExample)];
  return { cluster, render: prepared.render, warnings: said };
}

/** The cluster of a stack: all its resources. */
export const render = ({ cluster, render: make, warnings }: Checked, secrets: Secrets): RenderedCluster =>
  new RenderedCluster(cluster.name, (root) => make(secrets, root), warnings);

/** Values that the stack files hold as examples: well-formed, so that a plan works, and nobody's. */
const exampleValues = [
  /^live\.example\.com$/,
  /^ami-0{17}$/,
  /^Z0{13}$/,
  exampleImagePattern,
  exampleCertificatePattern,
];

/** Key paths that still hold an example. */
function examples(value: unknown, path = "ams:"): readonly string[] {
  if (typeof value === "string") return exampleValues.some((pattern) => pattern.test(value)) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  const separator = path.endsWith(":") ? "" : ".";
  return Object.entries(value).flatMap(([key, component]) => examples(component, `${path}${separator}${key}`));
}

const stillExample = (path: string): string =>
  `${path} still has the example value from the stack file, and the cloud will reject this value. For the command that replaces it, see README.md.`;

function otherCloudsBlocks(raw: RawConfig, cloud: Cloud): readonly Fault[] {
  const other = cloud === "aws" ? "alibaba" : "aws";
  if (raw.values[other] === undefined) return [];
  return [
    {
      path: `ams:${other}`,
      got: "settings for the other cloud",
      allowed: `only ams:${cloud}, because ams:cloud is ${cloud}`,
      fix: removePath(`ams:${other}`),
    },
  ];
}
