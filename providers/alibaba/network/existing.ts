import type { Fault } from "../../../config/fault.ts";
import type { Cluster } from "../../../config/types.ts";
import { checkExisting as check } from "../../shared/existing.ts";

const forms = {
  network: { pattern: /^vpc-[a-z0-9]{18,32}$/, allowed: "a VPC's id such as vpc-gw8123456789abcdefghi" },
  subnet: { pattern: /^vsw-[a-z0-9]{18,32}$/, allowed: "a vSwitch's id such as vsw-gw8123456789abcdefghi" },
  group: { pattern: /^sg-[a-z0-9]{18,32}$/, allowed: "a security group's id such as sg-gw8123456789abcdefgh" },
  // ECS's keys are the old UUIDs or those of a KMS instance.
  key: {
    pattern: /^(key-[a-z0-9]{8,32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
    allowed: "a KMS key's id such as key-gww8123456789abcdefgh",
  },
} as const;

export const checkExisting = (cluster: Cluster): readonly Fault[] => check(cluster, forms);
