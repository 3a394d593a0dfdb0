import * as fc from "fast-check";
import type { Balancer, Cloud } from "../../config/types.ts";
import { certificate } from "./databases.ts";
import { scheduled, upgrade } from "./groups.ts";

/** What a sample decides besides its sections, and what each cloud makes of it. */
export const choices = fc.record({
  certificate: fc.constantFrom("none", "own", "existing", "uploaded"),
  domain: fc.constantFrom("none", "managed", "external"),
  secretStore: fc.constantFrom("oos", "kms"),
  /** What is there already, by id. */
  existing: fc.boolean(),
  /** Own instance types in the place of the table's. */
  ownTypes: fc.boolean(),
  upgrade,
});

export type Choices = typeof choices extends fc.Arbitrary<infer T> ? T : never;

/** "own" is what each does best: AWS and proxies issue, Alibaba Cloud issues none and has one already. */
export function certificateFor(
  cloud: Cloud,
  choice: Choices["certificate"],
  { kind, scheme }: Balancer,
): Readonly<Record<string, unknown>> {
  if (choice === "none") return { source: "none" };
  // Let's Encrypt comes from the internet.
  const isClosed = kind !== "managed" && scheme === "internal";
  if (choice === "uploaded" || isClosed) return { source: "uploaded", pem: certificate().pem };
  if (kind !== "managed") return { source: "issued" };
  if (cloud === "alibaba") return { source: "existing", id: "12345678-eu-central-1" };
  const arn = "arn:aws:acm:ap-south-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
  return choice === "own" ? { source: "issued" } : { source: "existing", id: arn };
}

export function blockFor(cloud: Cloud, { secretStore, ownTypes, upgrade }: Choices): object {
  if (cloud === "aws") {
    const images = { media: "ami-0123456789abcdef0", gpu: "ami-0123456789abcdef1" };
    return {
      images,
      hostedZoneId: "Z0123456789ABC",
      ...(ownTypes ? { instanceTypes: { edge: "c7i.4xlarge" } } : {}),
    };
  }
  const images = { media: "m-gw8123456789abcdefgh", gpu: "m-gw8123456789abcdefgi" };
  const kms = { instanceId: "kst-abc", keyId: "key-abc" };
  return {
    images,
    ...scheduled,
    ...upgrade.way,
    ...(secretStore === "kms" ? { secretStore, kms } : {}),
    ...(ownTypes ? { instanceTypes: { edge: "ecs.c8i.xlarge" }, publicBandwidthMbps: 50 } : {}),
  };
}
