import type { Cloud, Kind } from "../machine/cloud.ts";

/** A machine as the cloud's API lists it. */
export interface Instance {
  readonly id: string;
  /** Its Name tag. */
  readonly name: string;
  readonly address: string;
  /** Where it stands in the life of its group, in that cloud's word. */
  readonly state: string;
}

/** Machines of a cloud, behind its API; a test changes the list. */
export interface Instances {
  list: readonly Instance[];
}

const values = (form: URLSearchParams, pattern: RegExp): readonly string[] =>
  [...form].filter(([key]) => pattern.test(key)).map(([, value]) => value);

/** EC2's pages have two machines each here, so that a client that reads one page alone shows. */
function ec2(form: URLSearchParams, list: readonly Instance[]): string {
  const names = values(form, /^Filter\.2\.Value\./);
  const found = list.filter(({ name }) => names.includes(name));
  const from = Number(form.get("NextToken") ?? 0);
  const items = found
    .slice(from, from + 2)
    .map(
      ({ id, name, address }) =>
        `<item><instancesSet><item><instanceId>${id}</instanceId><privateIpAddress>${address}</privateIpAddress><tagSet><item><key>Name</key><value>${name}</value></item></tagSet></item></instancesSet></item>`,
    );
  const next = from + 2 < found.length ? `<nextToken>${from + 2}</nextToken>` : "";
  return `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet>${items.join("")}</reservationSet>${next}</DescribeInstancesResponse>`;
}

function autoscaling(form: URLSearchParams, list: readonly Instance[]): string {
  const ids = values(form, /^InstanceIds\.member\./);
  const members = list
    .filter(({ id }) => ids.includes(id))
    .map(({ id, state }) => `<member><InstanceId>${id}</InstanceId><LifecycleState>${state}</LifecycleState></member>`);
  return `<DescribeAutoScalingInstancesResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><DescribeAutoScalingInstancesResult><AutoScalingInstances>${members.join("")}</AutoScalingInstances></DescribeAutoScalingInstancesResult></DescribeAutoScalingInstancesResponse>`;
}

function ecs(form: URLSearchParams, list: readonly Instance[]): string {
  const found = list.filter(({ name }) => name === form.get("Tag.2.Value"));
  const from = Number(form.get("NextToken") ?? 0);
  const Instance = found.slice(from, from + 2).map(({ id, address }) => ({
    InstanceId: id,
    VpcAttributes: { PrivateIpAddress: { IpAddress: [address] } },
  }));
  return JSON.stringify({ Instances: { Instance }, NextToken: from + 2 < found.length ? `${from + 2}` : "" });
}

function ess(form: URLSearchParams, list: readonly Instance[]): string {
  const ids = values(form, /^InstanceId\./);
  const found = list.filter(({ id }) => ids.includes(id));
  return JSON.stringify({
    ScalingInstances: { ScalingInstance: found.map(({ id, state }) => ({ InstanceId: id, LifecycleState: state })) },
  });
}

/** Puts the machines behind the cloud's API. */
export function serveInstances(kind: Kind, cloud: Cloud): Instances {
  const instances: Instances = { list: [] };
  const on = (action: string, answer: (form: URLSearchParams, list: readonly Instance[]) => string): void => {
    cloud.actions.set(action, (form) => answer(form, instances.list));
  };
  on("DescribeInstances", kind === "aws" ? ec2 : ecs);
  on("DescribeAutoScalingInstances", autoscaling);
  on("DescribeScalingInstances", ess);
  return instances;
}
