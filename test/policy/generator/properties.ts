import type { Fields, Shape } from "../../support/cloud/schema.ts";
import { Sdk } from "../../support/cloud/sdk.ts";

/** Which properties of a type the rules have to look at: found by their names in the SDKs' declarations, at any depth. */

/** Words of a property's own name that say that it sets one of these. */
const words: Readonly<Record<string, readonly string[]>> = {
  reach: ["cidr", "cidrs", "cidrblock", "public", "internet", "gateway", "peering", "acl", "acls", "security"],
  identity: ["policy", "principal", "role", "profile", "password", "tokens"],
  encryption: ["encrypt", "encrypted", "encryption", "kms", "tls", "ssl", "sse", "certificate", "certificates"],
  durability: ["backup", "snapshot", "retention", "retain", "versioning", "suspended", "recovery", "final"],
  logging: ["monitoring", "audit", "logs"],
  deletion: ["delete", "deletion", "destroy", "termination", "release", "protect", "protection", "protected", "force"],
};

/** Words that mean it together alone. */
const pairs = ["min size", "prefix list", "prefix lists", "ip lists", "ip list", "access log", "inner access"];

/** Objects all of whose properties set one of these. */
const objects =
  /(^|\.)(accessLogs|ingress\[\]|deletionProtectionConfig|modificationProtectionConfig|monitoring|versioning|versioningConfiguration|expirations?(\[\])?|noncurrentVersionExpirations?(\[\])?|retainRule|createRule|shareRule|crossRegionCopyRules\[\]|copyEncryptionConfiguration|warmPool)\.[^.]+$/;

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/\[\]/g, "")
    .split(/(?=[A-Z])|\d+/)
    .map((word) => word.toLowerCase());

/** A declared property that a value may be given to: `schedules[].retainRule.count`. */
export interface Property {
  readonly path: string;
  readonly shape: Shape;
}

/** What only names, dates or explains something else. */
const labels =
  /(Name|Names|Prefix|Reason|(?<!Release)Time|Times|Unit|Window|Version|Description|description|Attribute|Location|location|Mask)$/;

export function isSensitive(path: string): boolean {
  if (labels.test(path)) return false;
  const named = wordsOf(path.split(".").at(-1) ?? "");
  const text = ` ${named.join(" ")} `;
  return (
    objects.test(path) ||
    named.some((word) => Object.values(words).some((list) => list.includes(word))) ||
    pairs.some((pair) => text.includes(` ${pair} `))
  );
}

const sdks = { aws: new Sdk("aws"), alicloud: new Sdk("alicloud"), random: new Sdk("random") };

/** All of a type's inputs that hold a value of their own, without what is deprecated. */
export function propertiesOf(type: string): readonly Property[] {
  const [pack] = type.split(":");
  const schema = pack === "aws" || pack === "alicloud" || pack === "random" ? sdks[pack].resource(type) : undefined;
  if (schema === undefined) throw new Error(`no SDK declares ${type}`);
  const walk = (fields: Fields, path: string, seen: readonly string[]): readonly Property[] =>
    Object.entries(fields)
      .filter(([, { deprecated }]) => !deprecated)
      .flatMap(([key, { shape }]) => within(shape, `${path}${key}`, seen));
  const within = (shape: Shape, path: string, seen: readonly string[]): readonly Property[] => {
    if (shape.kind === "list") {
      const inner = within(shape.of, `${path}[]`, seen);
      // A list of texts is one property: it is emptied, or has a value too many.
      return inner.some(({ path: own }) => own !== `${path}[]`) ? inner : [{ path, shape }];
    }
    if (shape.kind === "either") {
      const object = shape.of.find(({ kind }) => kind === "object" || kind === "list");
      return object === undefined ? [{ path, shape }] : [{ path, shape: { kind: "string" } }];
    }
    if (shape.kind !== "object") return [{ path, shape }];
    return seen.includes(shape.name) ? [] : walk(schema.objects[shape.name] ?? {}, `${path}.`, [...seen, shape.name]);
  };
  return walk(schema.inputs, "", []);
}
