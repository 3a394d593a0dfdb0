import type { Cloud } from "../../config/types.ts";
import { machineOf } from "../../model/capacity/machines.ts";
import type { Candidate } from "../../model/capacity/size.ts";
import type { Role } from "../../model/cluster.ts";
import type { MachineSize } from "../../model/groups/machine-size.ts";
import { types } from "../../providers/alibaba/compute/instance-types.ts";
import { instanceTypes } from "../../providers/aws/compute/instance-types.ts";

export const typeOf: Readonly<Record<Cloud, Readonly<Record<MachineSize, string>>>> = {
  aws: instanceTypes,
  alibaba: types,
};

/** The vendor's calculator begins with four vCPUs. */
const sizes: Readonly<Record<"cpu" | "gpu", readonly MachineSize[]>> = {
  cpu: ["compute-4", "compute-8", "compute-16", "compute-32"],
  gpu: ["gpu-4", "gpu-8", "gpu-16"],
};

export function candidatesOf(cloud: Cloud, gpu: boolean): Readonly<Record<Role, readonly Candidate[]>> {
  const known = (size: MachineSize): readonly Candidate[] => {
    const type = typeOf[cloud][size];
    const machine = machineOf(cloud, type);
    return machine === undefined ? [] : [{ size, type, machine }];
  };
  return { origin: sizes[gpu ? "gpu" : "cpu"].flatMap(known), edge: sizes.cpu.flatMap(known) };
}

/** The least machines of the model's defaults: one origin, and two edges, so that one may fail. */
export const least = { origin: 1, edge: 2 } as const;
