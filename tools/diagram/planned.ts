import { ConfigError } from "../../config/fault.ts";
import { parse } from "../../config/parse.ts";
import type { Cluster } from "../../config/types.ts";
import type { MachineUse } from "../../model/groups/machine-use.ts";
import { machinesIn } from "../../recording/read/machines.ts";
import { toResources } from "../../recording/read/plain.ts";
import { type RecordedResource, type Recording, record } from "../../recording/record.ts";
import type { Change } from "../stack-file/config-path.ts";
import { readStack } from "../stack-file/read.ts";

/** A stack as it would be deployed: its model and the resources that the program registers for it. */
export interface Planned {
  readonly stack: string;
  readonly cluster: Cluster;
  readonly recording: Recording;
}

/** Reads and renders a stack of the directory; throws the program's ConfigError. */
export async function planStack(directory: string, stack: string, changes: readonly Change[] = []): Promise<Planned> {
  const raw = readStack(directory, stack, changes);
  const recording = await record(raw);
  const { cluster, faults } = parse(raw);
  if (cluster === undefined) throw new ConfigError(faults);
  return { stack, cluster, recording };
}

/** The resources of a machine's part, by the part's name; the tokens and names are pinned by a test. */
export function resourcesOf({ cluster, recording }: Planned, use: MachineUse): readonly RecordedResource[] {
  const part = recording.resources.find(({ custom, name }) => !custom && name === `${cluster.name}-${use}`);
  return recording.resources.filter(({ parent }) => part !== undefined && parent === part.urn);
}

/** The cloud's own instance type, as the recorded resources have it. */
export function instanceTypeOf(planned: Planned, use: MachineUse): string {
  const types = machinesIn(toResources(resourcesOf(planned, use))).map(({ instanceType }) => instanceType);
  const type = types.find((one) => one !== undefined);
  if (type === undefined) throw new Error(`the plan for ${planned.stack} has no instance type for ${use}`);
  return type;
}

/** How many resources of a kind the plan has, by the last part of their type, e.g. `NatGateway`. */
export const countOf = ({ recording }: Planned, kind: string): number =>
  recording.resources.filter(({ type }) => type.endsWith(`:${kind}`)).length;
