import { text, whole } from "../parts.ts";
import * as z from "../zod.ts";

export const machines = z
  .strictObject({
    setup: text(
      /^(?!.*\/\.\.?(\/|$))[A-Za-z][A-Za-z0-9._-]{0,63}(\/[A-Za-z0-9._-]{1,64}){0,7}$/,
      "a file path relative to the stack file's folder, such as setup.sh",
    )
      .optional()
      .meta({
        description:
          "Script that each AMS machine and each proxy runs as root on every boot, before its own services start. Changing the file replaces these machines, like any change to user data.",
        source: "none",
      }),
    setupMinutes: whole(1, 60)
      .default(10)
      .describe("Script timeout in minutes. The machine reruns the script until it succeeds."),
  })
  .describe("Custom setup for the machines.");
