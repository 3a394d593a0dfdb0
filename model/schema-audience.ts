import { renditionHeights } from "./audience.ts";
import { decimal, whole } from "./form-parts.ts";
import * as z from "./zod.ts";

const heights = `a list of heights of ${renditionHeights.join(", ")}`;

export const audience = z.strictObject({
  publishers: whole(0, 100_000),
  viewers: whole(0, 10_000_000),
  bitrateKbps: whole(50, 100_000).default(1500),
  ladder: z
    .array(z.literal(renditionHeights, { error: `one of ${renditionHeights.join(", ")}` }), { error: heights })
    .refine((ladder) => new Set(ladder).size === ladder.length, "each height once")
    .default([]),
  hoursPerDay: decimal(0.1, 24).optional(),
});
