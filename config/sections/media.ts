import { machineSizes } from "../../model/groups/machine-size.ts";
import { decimal, handle, oneOf, text, whole } from "../parts.ts";
import { examples } from "../remedy/examples.ts";
import * as z from "../zod.ts";

const value = z.union([text(/^[^\p{Cc}]{0,512}$/u, "one line of up to 512 characters"), z.number(), z.boolean()], {
  error: "one line of up to 512 characters, a number, true or false",
});

const machineName = text(new RegExp(`^(${machineSizes.join("|")})$`), `a size: ${machineSizes.join(", ")}`);
const licencePrice = "0 to 100 US dollars per hour, or a map of machine sizes to prices";
const usdPerHour = decimal(0, 100, licencePrice);

export const media = z
  .strictObject({
    licence: oneOf("marketplace", "key")
      .default("marketplace")
      .describe(
        "`marketplace`: the price of the image includes the licence. `key`: the machines use the licence key in the secret ams:licenceKey.",
      ),
    licenceUsdPerHour: z
      .union([usdPerHour, z.record(machineName, usdPerHour)], { error: licencePrice })
      .optional()
      .meta({
        description:
          "Licence price per machine in US dollars per hour: either one price for all sizes or a price for each size. The `cost` command shows this price in a separate row.",
        source: "none",
      }),
    version: text(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/, "a release such as 3.0.3")
      .default("3.0.3")
      .meta({
        description:
          "AMS release that the image contains. The program checks `properties` against the settings of this release. Some configurations require a minimum AMS release.",
        source: "the newest release whose settings the program knows",
      }),
    panelUser: text(/^[A-Za-z0-9@._-]{1,64}$/, "1 to 64 characters: letters, digits, @ . _ and -")
      .default("JamesBond")
      .meta({ description: "User name of the web panel administrator.", source: "from Ant Media's AWS guide" }),
    properties: z
      .record(
        text(
          /^[A-Za-z][A-Za-z0-9_.]{0,63}$/,
          "the name of a red5.properties setting, which can contain letters, digits, dots and _",
        ),
        value,
        {
          error: "a map of setting names to values",
        },
      )
      .default({})
      .describe(
        "Settings for conf/red5.properties. The setting names and types must match those in the AMS release specified by `version`. The program rejects settings that the cluster manages or that would break a node.",
      ),
    proxy: text(/^[A-Za-z0-9.-]{1,253}:\d{1,5}$/, "host:port, without a user name or password")
      .optional()
      .meta({
        description: "HTTP proxy for the licence check, as host:port. Required in mainland China.",
        source: "none",
      }),
    stunServer: text(/^stun:[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/, "a STUN server such as stun:stun.example.com:3478")
      .optional()
      .meta({
        description: "STUN server that the applications use, e.g. stun:stun.example.cn:3478.",
        source: "AMS's default, which is a Google server",
      }),
    startMinutes: whole(5, 60)
      .default(15)
      .describe(
        "Number of minutes within which all AMS applications must start. After this timeout, the machine restarts AMS once; if the applications time out again, the group replaces the machine. A new machine must join the cluster within this time or 15 minutes, whichever is longer.",
      ),
  })
  .describe("Ant Media Server (AMS).");

export const encryption = z
  .strictObject({
    keyId: handle(/^[A-Za-z0-9:/_-]{8,256}$/, "the id or ARN of a KMS key")
      .meta({ example: examples.key })
      .optional()
      .meta({
        description:
          "Customer-managed KMS key for disks, recordings and, on AWS, secrets, logs and alarms. Set `keyId` before the first `up`, because existing disks keep the KMS key with which they were encrypted.",
        source: "none: the cloud's own keys are used",
      }),
  })
  .describe("Encryption at rest.");
