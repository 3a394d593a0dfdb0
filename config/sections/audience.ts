import { renditionHeights } from "../../model/capacity/rendition-heights.ts";
import { decimal, whole } from "../parts.ts";
import * as z from "../zod.ts";

const heights = `a list of heights from ${renditionHeights.join(", ")}`;

/** The keys of an audience, for commands that ask for one. */
export const expected = z.strictObject({
  publishers: whole(0, 100_000).describe("Number of concurrently published streams."),
  viewers: whole(0, 10_000_000).describe("Number of concurrent WebRTC viewers."),
  bitrateKbps: whole(50, 100_000).default(1500).meta({
    description: "Highest bitrate, in kbps, that a publisher sends and a viewer receives.",
    source: "Ant Media's FAQ for 720p",
  }),
  ladder: z
    .array(z.literal(renditionHeights, { error: `one of ${renditionHeights.join(", ")}` }), { error: heights })
    .refine((ladder) => new Set(ladder).size === ladder.length, "each height only once")
    .default([])
    .meta({
      description: "Heights of the renditions that each stream is transcoded into.",
      source: "the renditions of the application in `ams:applications` that requires the most CPU",
    }),
  relayedPercent: whole(0, 100).optional().meta({
    description: "Percentage of the viewers whose media passes through the TURN servers.",
    source: "100 if all media passes through them, otherwise none: `plan` does not compare them with the audience",
  }),
  hoursPerDay: decimal(0.1, 24).optional().meta({
    description: "Hours per day with the full audience. `cost` uses them to price the traffic.",
    source: "none: `cost` shows no price for traffic",
  }),
});

export const audience = expected.optional().meta({
  description: "Expected peak audience. It creates no resources; `plan` warns if the groups are too small.",
  source: "none",
});
