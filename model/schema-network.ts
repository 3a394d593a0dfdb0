import { cidr, cloudId, oneOf, text } from "./form-parts.ts";
import * as z from "./zod.ts";

/** The form of the section `network`. */

const subnets = z.array(z.strictObject({ id: cloudId("a subnet"), cidr }), {
  error: "a list of subnets, each with id and cidr",
});

export const network = z.strictObject({
  cidr: cidr.default("10.0.0.0/16"),
  zones: z.array(text(/^[a-z]$/, "a zone's letter such as a"), { error: "a list of zone letters such as [a, b]" }),
  nat: oneOf("none", "one", "per-zone").optional(),
  avoid: z.array(cidr, { error: "a list of IPv4 ranges" }).default([]),
  existing: z
    .strictObject({
      id: cloudId("a network"),
      subnets: z.strictObject({ balancer: subnets, media: subnets, database: subnets }),
    })
    .optional(),
});
