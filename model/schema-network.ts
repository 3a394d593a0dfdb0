import { cidr, cloudId, oneOf, text, whole } from "./form-parts.ts";
import { maxZones } from "./network.ts";
import * as z from "./zod.ts";

/** The form of the section `network`. */

const subnets = z.array(z.strictObject({ id: cloudId("a subnet"), cidr }), {
  error: "a list of subnets, each with id and cidr",
});

export const network = z.strictObject({
  cidr: cidr.default("10.0.0.0/16"),
  zones: z.array(text(/^[a-z]$/, "a zone's letter such as a"), { error: "a list of zone letters such as [a, b]" }),
  databaseZones: z
    .array(whole(1, maxZones), { error: "places in ams:network.zones such as [1, 2, 1]" })
    .max(3, "at most three: one for each member")
    .optional(),
  nat: oneOf("none", "one", "per-zone").optional(),
  avoid: z.array(cidr, { error: "a list of IPv4 ranges" }).default([]),
  existing: z
    .strictObject({
      id: cloudId("a network"),
      subnets: z.strictObject({ balancer: subnets, media: subnets, database: subnets }),
    })
    .optional(),
});
