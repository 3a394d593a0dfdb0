import type { Sections } from "./check.ts";
import { type Fault, show } from "./fault.ts";

type Media = Sections["media"];
type Present = Readonly<Record<string, string | undefined>>;

/** From this release AMS takes `?` and `&` in a database URL when an application is made (issues 5344, 7729, 7923). */
export const urlOptionsSince = "3.1.0";
/** The oldest release that the machines' programs know: credentials in the URL, liveness, the panel's REST with a token. */
export const oldestVersion = "2.11.0";

/** Whether a release such as 3.0.3 is at least another one. */
export function isAtLeast(version: string, other: string): boolean {
  return version.localeCompare(other, "en", { numeric: true }) >= 0;
}

export function checkMedia(media: Media | undefined, secrets: Present): readonly Fault[] {
  if (media === undefined) return [];
  return [...checkVersion(media), ...checkLicence(media, secrets), ...checkProperties(media)];
}

/** An old release of AMS, and what it can't do. */
function checkVersion(media: Media): readonly Fault[] {
  if (isAtLeast(media.version, oldestVersion)) return [];
  return [
    {
      path: "ams:media.version",
      got: show(media.version),
      allowed: `${oldestVersion} or newer`,
      fix: "Pin an image with a newer release",
    },
  ];
}

function checkLicence(media: Media, secrets: Present): readonly Fault[] {
  if (media.licence !== "key" || "licenceKey" in secrets) return [];
  return [
    {
      path: "ams:licenceKey",
      got: "nothing",
      allowed: "the licence key, encrypted, for ams:media.licence key",
      fix: "Set it with: pulumi config set --secret ams:licenceKey",
    },
  ];
}

/** Settings of red5.properties that the machines' programs write themselves. */
const ownProperties = [
  "clusterdb.host",
  "clusterdb.user",
  "clusterdb.password",
  "server.licence_key",
  "server.allowed_dashboard_CIDR",
  "server.jwtServerControlEnabled",
  "server.jwtServerSecretKey",
  "useGlobalIp",
  "proxy.address",
  "http.port",
  "rtmp.port",
  "server.srt_port",
  "server.origin_port",
];

/** Settings of the machine-written page in seed 003 that AMS doesn't have. */
const inventedProperties = /^(server\.mode|cluster\.|db\.|encoder\.|hls\.|http\.max\.connections$|cache\.|metadata\.)/;

/** Settings travel in the machines' user data, which ends at 16 KiB on EC2. */
const maxPropertiesLength = 600;

function checkProperties(media: Media): readonly Fault[] {
  return [...checkPropertyNames(media), ...checkPropertiesLength(media)];
}

function checkPropertiesLength(media: Media): readonly Fault[] {
  const length = Object.entries(media.properties).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  if (length <= maxPropertiesLength) return [];
  return [
    {
      path: "ams:media.properties",
      got: `${length} characters`,
      allowed: `up to ${maxPropertiesLength}: they travel in user data, which has an end`,
      fix: "Put what is longer into an image of your own",
    },
  ];
}

function checkPropertyNames(media: Media): readonly Fault[] {
  return Object.keys(media.properties).flatMap((key) => {
    const path = `ams:media.properties["${key}"]`;
    const fix = `Remove it with: pulumi config rm --path 'ams:media.properties["${key}"]'`;
    if (ownProperties.includes(key))
      return [
        { path, got: "a setting that the cluster makes itself", allowed: "other settings of red5.properties", fix },
      ];
    if (inventedProperties.test(key))
      return [
        { path, got: "a setting that AMS does not have", allowed: "settings of AMS's own conf/red5.properties", fix },
      ];
    return [];
  });
}
