import { cidr, flag, oneOf, text, whole } from "../parts.ts";
import * as z from "../zod.ts";

/** Sections about AMS's applications: what an operator would otherwise set in the panel. */

const rendition = z.strictObject({
  height: whole(16, 4320).describe("Height in pixels."),
  videoKbps: whole(32, 100_000).describe("Video bitrate in kbps."),
  audioKbps: whole(8, 512).default(96).meta({ description: "Audio bitrate in kbps.", source: "AMS's example" }),
});

const access = oneOf("open", "jwt", "one-time-token");

const setting = z.union([text(/^[^\p{Cc}]{0,2048}$/u, "one line of text"), z.number(), z.boolean()], {
  error: "one line of text, a number, or true or false",
});

const record = z
  .strictObject({
    mp4: flag.optional().meta({ description: "Record each stream as MP4.", source: "unchanged in AMS" }),
    webm: flag.optional().meta({ description: "Record each stream as WebM.", source: "unchanged in AMS" }),
    keepHls: flag.optional().meta({
      description: "Keep a stream's HLS segments and playlists after it ends.",
      source: "unchanged in AMS",
    }),
    prefix: text(/^[A-Za-z0-9_-]{1,64}(\/[A-Za-z0-9_-]{1,64}){0,7}$/, "a folder such as recordings/live")
      .optional()
      .meta({ description: "Folder of the recordings in the bucket.", source: "unchanged in AMS: `streams`" }),
  })
  .optional()
  .meta({ description: "Recording.", source: "unchanged in AMS" });

export const application = z.strictObject(
  {
    publish: access.describe(
      "Access for publishers. `open`: no token. `jwt`: a token that is signed with the application's key. `one-time-token`: a token from AMS's REST API, which is used once.",
    ),
    play: access.default("open").describe("Access for players, with the same values."),
    renditions: z
      .array(rendition, { error: "a list of renditions" })
      .max(8, "at most 8 renditions")
      .refine((list) => new Set(list.map(({ height }) => height)).size === list.length, "each height once")
      .optional()
      .meta({
        description: "Renditions of adaptive streaming, in addition to the original stream.",
        source: "unchanged in AMS",
      }),
    hls: flag.optional().meta({ description: "HLS.", source: "unchanged in AMS: on" }),
    lowLatencyHls: flag.optional().meta({
      description: "Low-latency HLS, which requires DASH.",
      source: "unchanged in AMS: off",
    }),
    dash: flag.optional().meta({ description: "DASH.", source: "unchanged in AMS: off" }),
    record,
    webhook: text(/^https:\/\/[^\s"'<>\\]{3,500}$/, "an https address")
      .optional()
      .meta({
        description:
          "https address that receives AMS's events, such as the start and the end of a stream. AMS does not sign them.",
        source: "unchanged in AMS",
      }),
    publishers: whole(1, 100_000)
      .optional()
      .meta({ description: "Maximum number of concurrent streams in the cluster.", source: "no limit" }),
    viewers: whole(1, 1_000_000)
      .optional()
      .meta({ description: "Maximum number of concurrent WebRTC viewers of each node.", source: "no limit" }),
    maxHeight: whole(16, 4320).optional().meta({
      description: "Maximum height that is accepted from RTMP and SRT publishers.",
      source: "unchanged in AMS: no limit",
    }),
    allowed: z.array(cidr, { error: "a list of IPv4 ranges" }).max(50, "at most 50 ranges").optional().meta({
      description: "Ranges that can access the application's REST API, besides the node itself.",
      source: "unchanged in AMS: only the node",
    }),
    settings: z
      .record(text(/^[A-Za-z][A-Za-z0-9]{0,63}$/, "a setting of an application: letters and digits"), setting, {
        error: "a map of settings to values",
      })
      .default({})
      .describe("Other settings of the application, by the names and types of the release in `ams:media.version`."),
  },
  { error: "a group of keys" },
);

export const applications = z
  .record(
    text(
      // AMS takes -7 at the end for a version (WarDeployer.getApplicationName).
      /^(?!root$)(?!.*-\d+$)[a-z0-9_-]{1,50}$/i,
      "a name of 1 to 50 letters, digits, _ or -, without a number behind a dash at its end, and not root",
    ),
    application,
    {
      error: "a map of applications' names to their keys",
    },
  )
  .refine((all) => Object.keys(all).length <= 32, "at most 32 applications")
  .optional()
  .meta({
    description:
      "Applications of AMS by name. The media machines restore the keys that are set after a change in the panel.",
    source: "none: applications stay as the panel has them",
  });

export const applicationsMode = oneOf("enforce", "report").describe(
  "`enforce`: AMS gets the settings of `ams:applications`, and applications that it does not name accept neither publishers nor players. `report`: nothing is changed; `verify` and an alarm report differences.",
);
