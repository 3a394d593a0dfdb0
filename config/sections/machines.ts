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
          "Script that each AMS machine and each proxy runs as root on every boot, before AMS or the proxy starts. Changing the file replaces these machines, because it changes their user data.",
        source: "none",
      }),
    setupMinutes: whole(1, 60)
      .default(10)
      .describe(
        "Timeout for the setup script, in minutes. If the script fails or times out, the machine reruns it until it succeeds.",
      ),
  })
  .describe("Custom setup for the machines.");
