import type { MachineUse } from "../../model/groups/machine-use.ts";
import { type Needs, needsOf } from "../../model/operation/quota-needs.ts";
import { typeFacts as alibaba } from "../../providers/alibaba/compute/known-types.ts";
import { typeFacts as aws } from "../../providers/aws/compute/known-types.ts";
import { vcpusOfType } from "../../providers/shared/check-types.ts";
import { securityRules } from "../../recording/read/firewall.ts";
import { poolAddresses, sharedMbps } from "../../recording/read/machines.ts";
import { toResources } from "../../recording/read/plain.ts";
import type { RecordedResource } from "../../recording/record.ts";
import { Secret, Unknown, type Value } from "../../recording/value.ts";
import { instanceTypeOf, type Planned } from "../diagram/planned.ts";

/** What the stack needs of each quota at its largest: the model's count, and what the program registers. */
export function plannedNeeds(planned: Planned): Needs {
  const { cluster, recording } = planned;
  const { gpuOf } = cluster.cloud === "aws" ? aws : alibaba;
  const factsOf = (use: MachineUse) => {
    const type = instanceTypeOf(planned, use);
    return { vcpus: vcpusOfType(type), gpu: gpuOf(type) !== "none" };
  };
  const all = toResources(recording.resources);
  const pools = [{ size: poolAddresses(all).length }];
  const counted = needsOf(cluster, factsOf, { pools, sharedMbps: sharedMbps(all) });
  const most = (sizeOf: (resource: RecordedResource) => number): number =>
    Math.max(0, ...recording.resources.map(sizeOf));
  return {
    ...counted,
    rulesOfGroup: mostRules(planned),
    policyCharacters: most(policyCharacters),
    secretCharacters: most(secretCharacters),
    tags: most(({ inputs }) => Object.keys(inputs["tags"] ?? {}).length),
  };
}

/** Rules of the fullest group, of the fuller direction on AWS, of both together on Alibaba Cloud. */
function mostRules({ cluster, recording }: Planned): number {
  const counts = new Map<string, number>();
  for (const { group, direction } of securityRules(toResources(recording.resources))) {
    const key = cluster.cloud === "aws" ? `${group} ${direction}` : `${group}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

/** Names that are not known yet count as their stand-ins in the plan. */
function textOf(value: Value | undefined): string {
  if (value instanceof Secret) return textOf(value.reveal());
  if (value instanceof Unknown) return value.text ?? "";
  return typeof value === "string" ? value : "";
}

/** Blanks are free on AWS. */
function policyCharacters({ type, inputs }: RecordedResource): number {
  if (!/(iam\/rolePolicy:RolePolicy|ram\/policy:Policy)$/.test(type)) return 0;
  return textOf(inputs["policy"] ?? inputs["policyDocument"]).replace(/\s/g, "").length;
}

function secretCharacters({ type, inputs }: RecordedResource): number {
  if (!/:(SecretVersion|SecretParameter)$/.test(type)) return 0;
  return Buffer.byteLength(textOf(inputs["secretString"] ?? inputs["value"]));
}
