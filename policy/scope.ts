import { keyOf, linkOf } from "../recording/read/links.ts";
import { type Found, isFields, isUnknown } from "../recording/read/plain.ts";
import type { Resource } from "./rule.ts";

/** What of a program is the cluster's, and what of the rest touches it. */

/** The cluster's components, and what stands below them. A resource of no URN is taken for one of it. */
const inside = ({ urn }: Resource): boolean => urn === undefined || urn === "" || urn.includes("antmedia:cluster:");

/** Kinds of which a use from outside changes who reaches or reads what: groups, roles, buckets, keys, secrets, routes. */
const touchable =
  /^(aws:(ec2\/(securityGroup|routeTable|subnet|instance|launchTemplate)|iam\/(role|user|policy|instanceProfile)|s3\/bucket|kms\/key|secretsmanager\/secret|ebs\/volume|docdb\/cluster|autoscaling\/group)|alicloud:(ecs\/(securityGroup|instance|ecsDisk|ecsLaunchTemplate)|ram\/(role|user|policy)|oss\/bucket|kms\/(key|secret)|oos\/secretParameter|vpc\/(routeTable|switch|natGateway)|mongodb\/instance|ess\/scalingGroup)):/;

/** Of what the cluster itself uses from outside: what decides who reaches it and what it may do. */
const borrowed =
  /^(aws:(ec2\/securityGroup|iam\/(role|policy|instanceProfile))|alicloud:(ecs\/securityGroup|ram\/(role|policy))):/;

/** Names that a cloud gives nothing else, by which a resource may be used without a reference. */
const namePaths = ["bucket", "name", "roleName", "policyName", "secretName", "secretParameterName"];

function referencesIn(value: Found): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  const text = isFields(value) && typeof value["text"] === "string" && isUnknown(value) ? value["text"] : "";
  const link = linkOf(value);
  return [
    ...(link === undefined ? [] : [link]),
    ...[...text.matchAll(/\{([\w-]+)\.\w+\}/g)].map(([, name]) => `{${name}}`),
    ...Object.values(value).flatMap(referencesIn),
  ];
}

const handlesOf = (on: Resource): readonly string[] => [
  keyOf(on),
  `{${on.name}}`,
  ...namePaths
    .map((path) => on.props[path])
    .filter((name) => typeof name === "string" && name !== "")
    .map(String),
];

export interface Scope {
  /** What the rules see: the cluster, and what touches it. */
  readonly judged: readonly Resource[];
  readonly isInside: (on: Resource) => boolean;
}

export function scopeOf(all: readonly Resource[]): Scope {
  const outside = all.filter((on) => !inside(on));
  if (outside.length === 0) return { judged: all, isInside: () => true };
  const own = all.filter(inside);
  const references = new Map(all.map((on) => [on, new Set(referencesIn(on.props))]));
  const kept = new Set(own);
  const handles = new Set(own.filter(({ type }) => touchable.test(type)).flatMap(handlesOf));
  // What touches something that touches the cluster, such as a policy by its attachment, counts too.
  for (let before = -1; before < kept.size; ) {
    before = kept.size;
    for (const on of outside.filter((one) => !kept.has(one))) {
      const uses = [...(references.get(on) ?? [])].some((one) => handles.has(one));
      const isUsed =
        borrowed.test(on.type) && [...kept].some((one) => handlesOf(on).some((name) => references.get(one)?.has(name)));
      if (!uses && !isUsed) continue;
      kept.add(on);
      if (borrowed.test(on.type)) for (const name of handlesOf(on)) handles.add(name);
    }
  }
  return { judged: all.filter((on) => kept.has(on)), isInside: inside };
}
