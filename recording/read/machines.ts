import { turnPort } from "../../model/traffic/turn.ts";
import * as alibaba from "../alibaba/machines.ts";
import { alibabaType } from "../alibaba/types.ts";
import * as aws from "../aws/machines.ts";
import { awsType } from "../aws/types.ts";
import { listenersOf } from "./balancing.ts";
import type { Disk, Machine, MachineGroup } from "./forms.ts";
import { linkOf, ofType, perStack, targetOf } from "./links.ts";
import { type Found, listAt, numberAt, type Resource } from "./plain.ts";

/** Groups of machines, machines that stand alone, and the templates that both are made by. */

const groupTypes: readonly string[] = [awsType.group, alibabaType.group];
const templateTypes: readonly string[] = [awsType.template, alibabaType.template];
const instanceTypes: readonly string[] = [awsType.instance, alibabaType.instance];

export const machineTypes: readonly string[] = [...groupTypes, ...instanceTypes, ...templateTypes];

export const machineGroups = perStack((all): readonly MachineGroup[] =>
  all.flatMap((on) => aws.machineGroup(all, on) ?? alibaba.machineGroup(all, on) ?? []),
);

/** The machines that stand alone. */
export const instances = (all: readonly Resource[]): readonly Resource[] => ofType(all, ...instanceTypes);

/** The machines and templates among some resources, each as it stands. */
export const machinesIn = (some: readonly Resource[]): readonly Machine[] =>
  some.flatMap((on) => aws.machine(on) ?? alibaba.machine(on) ?? []);

/** What a template or a machine says, with what the machine's own template says. */
export function machineOf(all: readonly Resource[], on: Resource): Machine {
  const machine = aws.machine(on, targetOf(all, aws.templateIn(on))) ?? alibaba.machine(on);
  if (machine === undefined) throw new Error(`${on.name} is not a machine`);
  return machine;
}

/** Addresses of the stack's own that machines of a group bind: its name is in theirs. */
export const poolAddresses = (some: readonly Resource[], role = "[a-z]+"): readonly Resource[] =>
  ofType(some, awsType.address, alibabaType.address).filter(({ name }) =>
    new RegExp(`-addresses-${role}-\\d+$`).test(name),
  );

/** Mbps that all public addresses of a stack share; undefined where each has its own. */
export const sharedMbps = (some: readonly Resource[]): number | undefined =>
  ofType(some, alibabaType.sharedBandwidth)
    .map(({ props }) => numberAt(props, "bandwidth"))
    .find((mbps) => mbps !== undefined);

export const volumesOf = (all: readonly Resource[], on: Resource): readonly Resource[] => [
  ...aws.volumesOf(all, on),
  ...alibaba.volumesOf(all, on),
];

export const volumeOf = (on: Resource): Disk | undefined => aws.volume(on) ?? alibaba.volume(on);

export const namesOf = (all: readonly Resource[], address: string): readonly string[] => [
  ...aws.namesOf(all, address),
  ...alibaba.namesOf(all, address),
];

/** Launch templates that a scaling group starts machines from. */
export const groupTemplates = perStack((all): readonly Resource[] => {
  const templates = new Set(machineGroups(all).map((group) => templateOf(all, group)));
  return ofType(all, ...templateTypes).filter((template) => templates.has(template));
});

/** The launch template of a scaling group, if the stack makes it. */
export const templateOf = (all: readonly Resource[], { template }: MachineGroup): Resource | undefined =>
  targetOf(all, template);

/** A template that no group uses belongs to a machine, which says the rest itself. */
export const isMachineOrGroupTemplate = (on: Resource, all: readonly Resource[]): boolean =>
  !templateTypes.includes(on.type) || groupTemplates(all).includes(on);

/** Subnets in which the balancers stand, as references. */
export const balancerSubnets = (all: readonly Resource[]): readonly Found[] =>
  ofType(all, awsType.balancer, alibabaType.webBalancer, alibabaType.streamBalancer).flatMap(({ props }) => [
    ...listAt(props, "subnets[]"),
    ...listAt(props, "subnetMappings[].subnetId"),
    ...listAt(props, "zoneMappings[].vswitchId"),
  ]);

/** Scaling groups in the balancers' own subnets, as the nodes have subnets of theirs: proxies and TURN servers. */
export const frontGroups = perStack((all): readonly MachineGroup[] => {
  const homes = new Set(balancerSubnets(all).map(linkOf));
  homes.delete(undefined);
  return machineGroups(all).filter(({ subnets }) => subnets.some((subnet) => homes.has(linkOf(subnet))));
});

/** TURN servers stand behind a listener of TURN's own port. */
function isTurn(all: readonly Resource[], { joins }: MachineGroup): boolean {
  const behind = listenersOf(all)
    .filter(({ port }) => port === turnPort)
    .flatMap(({ defaultActions }) => defaultActions.flatMap(({ targets }) => targets.map(linkOf)));
  return joins.some(({ target }) => behind.includes(linkOf(target)));
}

export const turnGroups = perStack((all): readonly MachineGroup[] =>
  frontGroups(all).filter((group) => isTurn(all, group)),
);

export const proxyGroups = perStack((all): readonly MachineGroup[] =>
  frontGroups(all).filter((group) => !isTurn(all, group)),
);
