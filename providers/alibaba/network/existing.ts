import type { Fault } from "../../../config/fault.ts";
import type { Cluster } from "../../../config/types.ts";
import { checkExisting as check } from "../../shared/existing.ts";

const forms = {
  network: { pattern: /^vpc-[a-z0-9]{18,32}$/, what: "a VPC id" },
  subnet: { pattern: /^vsw-[a-z0-9]{18,32}$/, what: "a vSwitch id" },
  group: { pattern: /^sg-[a-z0-9]{18,32}$/, what: "a security group id" },
  // ECS's keys are the old UUIDs or those of a KMS instance.
  key: {
    pattern: /^(key-[a-z0-9]{8,32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
    what: "a KMS key id",
  },
} as const;

export const checkExisting = (cluster: Cluster): readonly Fault[] => check(cluster, forms);
