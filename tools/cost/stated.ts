import * as z from "zod";
import { renditionHeights } from "../../model/capacity/rendition-heights.ts";
import type { CostedStack } from "./usage.ts";

/** What a stack says of its cost beside its resources. */
export type Stated = Omit<CostedStack, "stack" | "cloud" | "resources">;

const amount = z.number().nonnegative();

/** The same as it stands in a plan's JSON. */
export const statedForm = z
  .object({
    region: z.string(),
    licence: z.enum(["marketplace", "key"]),
    licenceUsdPerHour: z.object({ origin: amount.exactOptional(), edge: amount.exactOptional() }),
    audience: z
      .object({
        ...{ publishers: amount, viewers: amount, bitrateKbps: amount },
        ladder: z.array(z.literal(renditionHeights)),
        hoursPerDay: amount.max(24).exactOptional(),
      })
      .exactOptional(),
  })
  .readonly();
