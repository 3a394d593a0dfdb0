import { text, whole } from "../parts.ts";
import * as z from "../zod.ts";

export const machines = z
  .strictObject({
    setup: text(
      /^(?!.*\/\.\.?(\/|$))[A-Za-z][A-Za-z0-9._-]{0,63}(\/[A-Za-z0-9._-]{1,64}){0,7}$/,
      "the path of a file beside the stack's file, such as setup.sh",
    )
      .optional()
      .meta({
        description:
          "Script that each AMS machine and each proxy runs as root at each boot, before its own services. A change of the file replaces these machines as a change of user data does.",
        source: "none",
      }),
    setupMinutes: whole(1, 60)
      .default(10)
      .describe("Minutes after which the script is stopped. The machine runs it again until it succeeds."),
  })
  .describe("What the operator adds to machines.");
