import { cidr, flag, oneOf, text, whole } from "../parts.ts";
import * as z from "../zod.ts";

/** Sections about AMS's applications: what an operator would otherwise set in the panel. */

const rendition = z.strictObject({
  height: whole(16, 4320).describe("Video height in pixels."),
  videoKbps: whole(32, 100_000).describe("Video bitrate in kbps."),
  audioKbps: whole(8, 512)
    .default(96)
    .meta({ description: "Audio bitrate in kbps.", source: "the same as AMS's default for `audioBitrateSFU`" }),
});

const access = oneOf("open", "jwt", "one-time-token");

const setting = z.union([text(/^[^\p{Cc}]{0,2048}$/u, "one line of text"), z.number(), z.boolean()], {
  error: "one line of text, a number, true or false",
});

const record = z
  .strictObject({
    mp4: flag
      .optional()
      .meta({ description: "Records each stream as MP4.", source: "the setting in AMS is left unchanged" }),
    webm: flag
      .optional()
      .meta({ description: "Records each stream as WebM.", source: "the setting in AMS is left unchanged" }),
    keepHls: flag.optional().meta({
      description: "Keeps a stream's HLS segments and playlists after the stream ends.",
      source: "the setting in AMS is left unchanged",
    }),
    prefix: text(/^[A-Za-z0-9_-]{1,64}(\/[A-Za-z0-9_-]{1,64}){0,7}$/, "a folder such as recordings/live")
      .optional()
      .meta({
        description: "Folder in the bucket where recordings are stored.",
        source: "the setting in AMS is left unchanged (AMS's default: `streams`)",
      }),
  })
  .optional()
  .meta({ description: "Recording settings.", source: "the setting in AMS is left unchanged" });

export const application = z.strictObject(
  {
    publish: access.describe(
      "Access control for publishers. `open`: no token is required. `jwt`: publishers need a token that is signed with the application's key. `one-time-token`: publishers need a single-use token from AMS's REST API.",
    ),
    play: access
      .default("open")
      .describe("Access control for players. The values have the same meanings as for `publish`."),
    renditions: z
      .array(rendition, { error: "a list of renditions" })
      .max(8, "at most 8 renditions")
      .refine((list) => new Set(list.map(({ height }) => height)).size === list.length, "each height only once")
      .optional()
      .meta({
        description: "Renditions for adaptive bitrate streaming, in addition to the original stream.",
        source: "the setting in AMS is left unchanged",
      }),
    hls: flag.optional().meta({
      description: "Enables HLS playback.",
      source: "the setting in AMS is left unchanged (AMS's default: on)",
    }),
    lowLatencyHls: flag.optional().meta({
      description: "Enables low-latency HLS playback, which requires DASH.",
      source: "the setting in AMS is left unchanged (AMS's default: off)",
    }),
    dash: flag.optional().meta({
      description: "Enables DASH playback.",
      source: "the setting in AMS is left unchanged (AMS's default: off)",
    }),
    record,
    webhook: text(/^https:\/\/[^\s"'<>\\]{3,500}$/, "an HTTPS URL")
      .optional()
      .meta({
        description:
          "HTTPS URL to which AMS sends events, such as the start and end of a stream. AMS does not sign these requests.",
        source: "the setting in AMS is left unchanged",
      }),
    publishers: whole(1, 100_000)
      .optional()
      .meta({ description: "Maximum number of concurrently published streams in the cluster.", source: "no limit" }),
    viewers: whole(1, 1_000_000)
      .optional()
      .meta({ description: "Maximum number of concurrent WebRTC viewers on each node.", source: "no limit" }),
    maxHeight: whole(16, 4320).optional().meta({
      description: "Maximum video height, in pixels, that AMS accepts from RTMP and SRT publishers.",
      source: "the setting in AMS is left unchanged (AMS's default: no limit)",
    }),
    allowed: z.array(cidr, { error: "a list of IPv4 ranges" }).max(50, "at most 50 ranges").optional().meta({
      description: "IPv4 ranges that can access the application's REST API, in addition to the node itself.",
      source: "the setting in AMS is left unchanged (AMS's default: only the node itself)",
    }),
    settings: z
      .record(
        text(/^[A-Za-z][A-Za-z0-9]{0,63}$/, "the name of an application setting, which can contain letters and digits"),
        setting,
        {
          error: "a map of setting names to values",
        },
      )
      .default({})
      .describe(
        "Other application settings. The setting names and types must match those in the AMS release specified by `ams:media.version`.",
      ),
  },
  { error: "an object" },
);

export const applications = z
  .record(
    text(
      // AMS takes -7 at the end for a version (WarDeployer.getApplicationName).
      /^(?!root$)(?!.*-\d+$)[a-z0-9_-]{1,50}$/i,
      "a name of 1 to 50 letters, digits, _ or -, other than root, that does not end with a dash and a number",
    ),
    application,
    {
      error: "a map of application names to objects",
    },
  )
  .refine((all) => Object.keys(all).length <= 32, "at most 32 applications")
  .optional()
  .meta({
    description:
      "AMS applications by name. If a setting is changed in the panel, the media machines restore the value that is set here.",
    source: "none: the stack does not change applications",
  });

export const applicationsMode = oneOf("enforce", "report").describe(
  "`enforce`: the machines apply the settings in `ams:applications` to AMS. Applications that are not listed there accept neither publishers nor players. `report`: the machines do not change any settings; instead, `verify` and an alarm report the differences.",
);
