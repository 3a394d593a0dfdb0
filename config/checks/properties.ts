import { type AmsSetting, amsSettings, isIn } from "../../model/ams/ams-settings.ts";
import { isAtLeast } from "../../model/ams/release.ts";
import { reservedProperties } from "../../model/ams/reserved-properties.ts";
import { nearestName } from "../../model/nearest-name.ts";
import { type Fault, hasSecret, show } from "../fault.ts";
import { inOrder, removeCommand, removePath, setCommand, setPath } from "../remedy/command.ts";

/** A value of `ams:media.properties` as it came. */
type Property = string | number | boolean;

interface Media {
  readonly version: string;
  readonly properties: Readonly<Record<string, Property>>;
}

/** Settings travel in the machines' user data, whose room `test/machine/user-data.test.ts` holds (8 KiB). */
const maxLength = 600;

/** Settings of conf/red5.properties: by the name and type that the image's release of AMS has for them. */
export function checkProperties(media: Media): readonly Fault[] {
  const entries = Object.entries(media.properties);
  return [...entries.flatMap(([name, value]) => checkProperty(media, name, value)), ...checkLength(entries)];
}

/** What the table of settings can't judge, as the release is newer than it. */
export function propertyWarnings(media: Media): readonly string[] {
  const unknown = Object.keys(media.properties).filter((name) => isUnknown(media, name));
  if (unknown.length === 0) return [];
  const { newestRelease } = amsSettings();
  return [
    `ams:media.properties: ${unknown.join(", ")}: not checked, because AMS ${media.version} is newer than ${newestRelease}, the newest release in the table of its settings`,
  ];
}

export const isNewer = ({ version }: Pick<Media, "version">): boolean =>
  !isAtLeast(amsSettings().newestRelease, version);

const serverSettings = (): readonly AmsSetting[] => amsSettings().settings.filter(({ scope }) => scope === "server");

/** The setting of this name that the image's release has; a release newer than the table has those of its newest one. */
function settingOf(media: Media, name: string): AmsSetting | undefined {
  const release = isNewer(media) ? amsSettings().newestRelease : media.version;
  return serverSettings().find((setting) => setting.name === name && isIn(setting, release));
}

function checkProperty(media: Media, name: string, value: Property): readonly Fault[] {
  const path = `ams:media.properties["${name}"]`;
  const remove = removePath(path);
  const reserved = reservedProperties.get(name);
  if (reserved !== undefined) return [{ path, ...reserved, fix: remove }];
  const setting = settingOf(media, name);
  if (setting === undefined) {
    if (isUnknown(media, name)) return [];
    if (isOfApplications(name)) return [{ path, ...ofApplications(name), fix: remove }];
    const nearest = nearestOf(media, name);
    const move =
      nearest === undefined || hasSecret(value, name)
        ? remove
        : `Rename it with: ${inOrder(setCommand(`ams:media.properties["${nearest}"]`, value), removeCommand(path))}`;
    return [{ path, ...absence(media, name), fix: move }];
  }
  const { example, allowed, holds } = settingForms[setting.type];
  if (holds(value)) return [];
  return [{ path, got: show(value, name), allowed, fix: setPath(path, example(value)) }];
}

/** Nothing is known of it, and the release is newer than all that is. */
const isUnknown = (media: Media, name: string): boolean =>
  !reservedProperties.has(name) && !isOfApplications(name) && isNewer(media) && settingOf(media, name) === undefined;

/** `settings.` stood before the names of applications' settings up to 2.17. */
const bare = (name: string): string => name.replace(/^settings\./, "");

const isOfApplications = (name: string): boolean =>
  amsSettings().settings.some((setting) => setting.scope === "application" && setting.name === bare(name));

const ofApplications = (name: string): Pick<Fault, "got" | "allowed"> => ({
  got: "a setting of applications",
  allowed: `settings of conf/red5.properties; ${bare(name)} is each application's own: set it in the panel`,
});

/** What a name is that the release doesn't have among the settings of its conf/red5.properties. */
function absence(media: Media, name: string): Pick<Fault, "got" | "allowed"> {
  const known = serverSettings().find((setting) => setting.name === name);
  const since = known?.since === undefined ? "" : `; ${name} exists since ${known.since}`;
  const until = known?.until === undefined ? "" : `; ${name} was removed after ${known.until}`;
  const nearest = nearestOf(media, name);
  const hint = nearest === undefined ? "" : `; the nearest name is ${nearest}`;
  return {
    got: "a setting that AMS does not have",
    allowed: `settings of conf/red5.properties in AMS ${media.version}, the release in ams:media.version${since}${until}${hint}`,
  };
}

/** The setting of the release whose name comes nearest. */
const nearestOf = (media: Media, name: string): string | undefined =>
  nearestName(
    name,
    serverSettings()
      .filter((setting) => isIn(setting, media.version) && !reservedProperties.has(setting.name))
      .map((setting) => setting.name),
  );

/** Spring resolves what stands in braces, in the values too, and a node whose placeholder has no value never starts. */
const isPlain = (value: Property): boolean => !/[$#]\{/.test(String(value));

/** Whole numbers as 3 or "3"; a text may be a whole number, but 2.10 would have become 2.1. */
export const settingForms: Readonly<
  Record<
    AmsSetting["type"],
    { allowed: string; example: (value: Property) => Property; holds: (value: Property) => boolean }
  >
> = {
  int: {
    allowed: "a whole number",
    example: (value) => Math.round(Number(/\d+/.exec(String(value))?.[0] ?? 80)),
    holds: (value) => /^-?\d{1,15}$/.test(String(value)),
  },
  number: {
    allowed: "a number",
    example: (value) => Number(/\d+(\.\d+)?/.exec(String(value))?.[0] ?? 0.5),
    holds: (value) => typeof value !== "boolean" && /^-?\d{1,15}(\.\d{1,15})?$/.test(String(value)),
  },
  boolean: {
    allowed: "true or false",
    example: (value) => !/^(no|off|0|f.*)$/i.test(String(value)),
    holds: (value) => /^(true|false)$/.test(String(value)),
  },
  text: {
    allowed: `a text in quotes, without \${ and #{`,
    example: (value) => String(value).replace(/[$#]\{[^}]*\}?/g, "") || "text",
    holds: (value) => (typeof value === "number" ? Number.isSafeInteger(value) : isPlain(value)),
  },
};

function checkLength(entries: readonly (readonly [string, Property])[]): readonly Fault[] {
  const length = entries.reduce((sum, [name, value]) => sum + name.length + String(value).length, 0);
  if (length <= maxLength) return [];
  return [
    {
      path: "ams:media.properties",
      got: `${length} characters`,
      allowed: `up to ${maxLength}, because user data has a limit; put longer values into your own image`,
      fix: removePath("ams:media.properties"),
    },
  ];
}
