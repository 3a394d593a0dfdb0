import { isAtLeast } from "../../model/ams/release.ts";
import { absent, type Fault, show } from "../fault.ts";
import { setPath, setSecret } from "../remedy/command.ts";
import { sections } from "../sections/index.ts";
import type { Chosen, Sections } from "../types.ts";
import { checkProperties } from "./ams/properties.ts";

type Media = Sections["media"];
type Present = Readonly<Record<string, string | undefined>>;

/** From this release AMS takes `?` and `&` in a database URL when an application is made (issues 5344, 7729, 7923). */
export const urlOptionsSince = "3.1.0";
/** The oldest release that the machines' programs know: credentials in the URL, liveness, the panel's REST with a token. */
export const oldestVersion = "2.11.0";

export function checkMedia({ media, applications = {} }: Chosen, secrets: Present): readonly Fault[] {
  if (media === undefined) return [];
  const [application = "live"] = Object.keys(applications);
  return [...checkVersion(media), ...checkLicence(media, secrets), ...checkProperties(media, application)];
}

/** An old release of AMS, and what it can't do. */
function checkVersion(media: Media): readonly Fault[] {
  if (isAtLeast(media.version, oldestVersion)) return [];
  return [
    {
      path: "ams:media.version",
      got: show(media.version),
      allowed: `${oldestVersion} or newer`,
      fix: setPath("ams:media.version", sections.media.parse({}).version),
    },
  ];
}

function checkLicence(media: Media, secrets: Present): readonly Fault[] {
  if (media.licence !== "key" || "licenceKey" in secrets) return [];
  return [
    {
      path: "ams:licenceKey",
      got: absent,
      allowed: "the encrypted licence key, because ams:media.licence is key",
      fix: setSecret("licenceKey"),
    },
  ];
}
