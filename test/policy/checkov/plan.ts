import { type Fields, isFields, type Plain, toPlain } from "../../../recording/read/plain.ts";

/**
 * Resources as a plan of Terraform's, which is what Checkov reads best: of the other form, *.tf.json, it doesn't judge
 * policies of roles. The providers are made from Terraform's, so that types and properties differ in spelling alone.
 */

/** Modules whose name Terraform's types don't have, and types that are called otherwise there. */
const bare = ["aws:ec2", "alicloud:ecs", "alicloud:vpc"];
const renamed: Readonly<Record<string, string>> = {
  "aws:lb/loadBalancer:LoadBalancer": "aws_lb",
  "alicloud:vpc/network:Network": "alicloud_vpc",
  "alicloud:vpc/switch:Switch": "alicloud_vswitch",
};

const snake = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/^_/, "");

/** `aws:ec2/launchTemplate:LaunchTemplate` as `aws_launch_template`. */
function terraformType(token: string): string {
  const [cloud = "", path = "", name = ""] = token.split(":");
  const module = path.split("/")[0] ?? "";
  const prefix = bare.includes(`${cloud}:${module}`) ? "" : `${module}_`;
  return renamed[token] ?? `${cloud}_${prefix}${snake(name)}`;
}

/** Lists of blocks whose names are plural in Terraform too; Pulumi makes the others plural. */
const plural = ["block_device_mappings", "network_interfaces", "tag_specifications", "data_disks", "zone_mappings"];

const isBlock = (value: Plain): boolean => isFields(value) && typeof value["unknown"] !== "string";

function keyOf(key: string, value: Plain): string {
  const name = snake(key);
  const isBlocks = Array.isArray(value) && value.some(isBlock);
  return isBlocks && !plural.includes(name) ? name.replace(/ies$/, "y").replace(/s$/, "") : name;
}

/** `urn:...$TYPE::NAME.PROPERTY` as `TYPE.NAME.PROPERTY`. */
function referenceOf(urn: string): string {
  const [types = "", rest = ""] = urn.split("::").slice(-2);
  const [name = "", property = "id"] = rest.split(".");
  return `${terraformType(types.split("$").at(-1) ?? "")}.${name}.${snake(property)}`;
}

/** Ids that aren't known yet within a text, such as a policy's: any ARN will do. */
const withArns = (text: string): string =>
  text.replaceAll(/\{([\w-]+)\.\w+\}/g, "arn:aws:unknown:us-east-1:123456789012:$1");

function convert(value: Plain): unknown {
  if (Array.isArray(value)) return value.map(convert);
  if (!isFields(value)) return value;
  const { unknown, text } = value;
  if (typeof unknown !== "string") return toBlock(value);
  return typeof text === "string" ? withArns(text) : `\${${referenceOf(unknown)}}`;
}

/** Free keys, such as tags', stay as they are. */
const maps = ["tags", "templateTags", "volumeTags"];

const toBlock = (fields: Fields): object =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) =>
      maps.includes(key) && isFields(value) ? [snake(key), value] : [keyOf(key, value), convert(value)],
    ),
  );

const referencesIn = (value: Plain): readonly string[] => {
  if (typeof value !== "object" || value === null) return [];
  if (isFields(value) && typeof value["unknown"] === "string") return [referenceOf(value["unknown"])];
  return Object.values(value).flatMap(referencesIn);
};

/** Which properties are made from which resources. */
const expressionsOf = (fields: Fields): object =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => {
      const references = referencesIn(value).flatMap((one) => [one, one.replace(/\.[^.]*$/, "")]);
      return references.length === 0 ? [] : [[keyOf(key, value), { references }] as const];
    }),
  );

export interface Planned {
  readonly type: string;
  readonly name: string;
  readonly props: object;
}

const bucketType = "aws:s3/bucket:Bucket";

/** A bucket that has a name of its own is referred to by that text in a recording, and by its address in a plan. */
function withBuckets(fields: Fields, buckets: ReadonlyMap<string, string>): Fields {
  const owner = buckets.get(String(fields["bucket"]));
  return owner === undefined ? fields : { ...fields, bucket: { unknown: `urn::${bucketType}::${owner}.bucket` } };
}

/** What `terraform show -json` says of a plan that makes the clouds' resources. */
export function toPlan(resources: readonly Planned[]): object {
  const buckets = new Map(
    resources.flatMap(({ type, name, props }) => {
      const { bucket } = toPlain(props);
      return type === bucketType && typeof bucket === "string" ? [[bucket, name] as const] : [];
    }),
  );
  const made = resources
    .filter(({ type }) => /^(aws|alicloud):/.test(type))
    .map(({ type: token, name, props }) => {
      const type = terraformType(token);
      const fields = token === bucketType ? toPlain(props) : withBuckets(toPlain(props), buckets);
      const identity = { address: `${type}.${name}`, mode: "managed", type, name };
      return { identity, values: toBlock(fields), expressions: expressionsOf(fields) };
    });
  return {
    format_version: "1.2",
    terraform_version: "1.9.0",
    planned_values: { root_module: { resources: made.map(({ identity, values }) => ({ ...identity, values })) } },
    resource_changes: made.map(({ identity, values }) => ({
      ...identity,
      change: { actions: ["create"], before: null, after: values, after_unknown: {} },
    })),
    configuration: {
      root_module: { resources: made.map(({ identity, expressions }) => ({ ...identity, expressions })) },
    },
  };
}
