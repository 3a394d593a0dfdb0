/** Family and vCPUs; each cloud's `instance-types.ts` names the instance type. compute: 2 GiB a vCPU, general and gpu: 4. */
export const machineSizes = [
  "compute-2",
  "compute-4",
  "compute-8",
  "compute-16",
  "compute-32",
  "general-2",
  "general-4",
  "general-8",
  "general-16",
  "gpu-4",
  "gpu-8",
  "gpu-16",
] as const;
export type MachineSize = (typeof machineSizes)[number];

export const vcpusOf = (size: MachineSize): number => Number(size.split("-")[1]);

export const hasGpu = (size: MachineSize): boolean => size.startsWith("gpu-");
