import { renditionHeights } from "../../model/capacity/rendition-heights.ts";
import { decimal, whole } from "../parts.ts";
import * as z from "../zod.ts";

const heights = `a list of these heights: ${renditionHeights.join(", ")}`;

/** The keys of an audience, for commands that ask for one. */
export const expected = z.strictObject({
  publishers: whole(0, 100_000).describe("Number of concurrently published streams."),
  viewers: whole(0, 10_000_000).describe("Number of concurrent WebRTC viewers."),
  bitrateKbps: whole(50, 100_000).default(1500).meta({
    description: "Highest bitrate, in kbps, that a publisher sends or a viewer receives.",
    source: "recommended for 720p in Ant Media's FAQ",
  }),
  ladder: z
    .array(z.literal(renditionHeights, { error: `one of ${renditionHeights.join(", ")}` }), { error: heights })
    .refine((ladder) => new Set(ladder).size === ladder.length, "each height only once")
    .default([])
    .meta({
      description: "Heights of each stream's transcoded renditions.",
      source: "the renditions of the most CPU-intensive application in `ams:applications`",
    }),
  relayedPercent: whole(0, 100).optional().meta({
    description: "Percentage of viewers whose media passes through the TURN servers.",
    source:
      "100 if clients can reach the nodes only through the TURN servers; otherwise none, so `plan` does not check whether the audience needs more TURN servers",
  }),
  hoursPerDay: decimal(0.1, 24).optional().meta({
    description:
      "Number of hours per day during which the audience is at its peak. `cost` uses this value to estimate the cost of traffic.",
    source: "none: `cost` does not estimate the cost of traffic",
  }),
});

export const audience = expected.optional().meta({
  description:
    "Expected peak audience. This section creates no resources, but `plan` warns if the groups are too small for the audience.",
  source: "none",
});
