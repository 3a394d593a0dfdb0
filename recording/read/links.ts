import { type Found, isFields, isUnknown, listAt, type Resource, valueAt } from "./plain.ts";
import { alibabaType } from "../alibaba/types.ts";
import { awsType } from "../aws/types.ts";

/** How resources refer to each other: an id that isn't known yet names the resource that it will come from. */

/** A resource's key among those of a stack. */
export const keyOf = ({ type, name }: Resource): string => `${type}::${name}`;

/**
 * Key of what a value refers to: `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME.PROPERTY` as `TYPE::NAME`, an id as it
 * is; undefined for an unknown of no origin.
 */
export function linkOf(value: Found): string | undefined {
  if (typeof value === "string" && !isUnknown(value)) return value;
  if (!isFields(value) || typeof value["unknown"] !== "string") return undefined;
  const [types, name] = value["unknown"].split("::").slice(-2);
  const type = types?.split("$").at(-1);
  return type === undefined || type === "" || name === undefined ? undefined : `${type}::${name.split(".")[0]}`;
}

/** The name of what a value refers to, an id as it is; undefined while that can't be told. */
export const nameOf = (value: Found): string | undefined => linkOf(value)?.split("::").at(-1);

const indexes = new WeakMap<readonly Resource[], ReadonlyMap<string, Resource>>();

/** A stack's resources by their keys, once for all rules. */
function indexOf(all: readonly Resource[]): ReadonlyMap<string, Resource> {
  const known = indexes.get(all);
  if (known !== undefined) return known;
  const index = new Map(all.map((resource) => [keyOf(resource), resource]));
  indexes.set(all, index);
  return index;
}

export function targetOf(all: readonly Resource[], value: Found): Resource | undefined {
  const link = isUnknown(value) ? linkOf(value) : undefined;
  return link === undefined ? undefined : indexOf(all).get(link);
}

/** Whether it can be said what a value refers to: a resource of the stack, or an id of something else. */
export const isResolved = (all: readonly Resource[], value: Found): boolean =>
  !isUnknown(value) || targetOf(all, value) !== undefined;

export const ofType = (all: readonly Resource[], ...types: readonly string[]): readonly Resource[] =>
  all.filter(({ type }) => types.includes(type));

/** Launch templates that a scaling group starts machines from. */
export function groupTemplates(all: readonly Resource[]): readonly Resource[] {
  const templates = new Set(ofType(all, awsType.group, alibabaType.group).map((group) => templateOf(all, group)));
  return ofType(all, awsType.template, alibabaType.template).filter((template) => templates.has(template));
}

const templatePaths = [
  "launchTemplate.id",
  "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId",
  "launchTemplateId",
];

/** The launch template of a scaling group, if the stack makes it. */
export function templateOf(all: readonly Resource[], { props }: Resource): Resource | undefined {
  return templatePaths.map((path) => targetOf(all, valueAt(props, path))).find((target) => target !== undefined);
}

/** A template that no group uses belongs to a machine, which says the rest itself. */
export const isMachineOrGroupTemplate = (resource: Resource, all: readonly Resource[]): boolean =>
  !ofType([resource], awsType.template, alibabaType.template).length || groupTemplates(all).includes(resource);

/** Subnets in which the balancers stand, as references. */
export const balancerSubnets = (all: readonly Resource[]): readonly Found[] =>
  ofType(all, awsType.balancer, alibabaType.webBalancer, alibabaType.streamBalancer).flatMap(({ props }) => [
    ...listAt(props, "subnets[]"),
    ...listAt(props, "subnetMappings[].subnetId"),
    ...listAt(props, "zoneMappings[].vswitchId"),
  ]);

/** Scaling groups in the balancers' own subnets: proxies, as the nodes have subnets of theirs. */
export function proxyGroups(all: readonly Resource[]): readonly Resource[] {
  const homes = new Set(balancerSubnets(all).map(linkOf));
  homes.delete(undefined);
  return ofType(all, awsType.group, alibabaType.group).filter(({ props }) =>
    [...listAt(props, "vpcZoneIdentifiers[]"), ...listAt(props, "vswitchIds[]")].some((subnet) =>
      homes.has(linkOf(subnet)),
    ),
  );
}
