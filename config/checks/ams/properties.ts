import { type AmsSetting, amsSettings, knownSetting } from "../../../model/ams/ams-settings.ts";
import { reservedProperties } from "../../../model/ams/reserved-properties.ts";
import { reservedSettings } from "../../../model/applications/reserved.ts";
import { type Fault, hasSecret, show } from "../../fault.ts";
import { inOrder, removeCommand, removePath, setCommand, setPath, stepInto } from "../../remedy/command.ts";
import { absentSetting, isNewer, type Property, settingForms, settingsFor } from "./ams-setting.ts";

interface Media {
  readonly version: string;
  readonly properties: Readonly<Record<string, Property>>;
}

/** Settings travel in the machines' user data, whose room `test/machine/user-data.test.ts` holds (8 KiB). */
const maxLength = 600;

/**
 * Settings of conf/red5.properties: by the name and type that the image's release of AMS has for them. A setting of
 * applications is one of `application`, as far as a command can know.
 */
export function checkProperties(media: Media, application: string): readonly Fault[] {
  const entries = Object.entries(media.properties);
  return [
    ...entries.flatMap(([name, value]) => checkProperty(media, name, value, application)),
    ...checkLength(entries),
  ];
}

/** What the table of settings can't judge, as the release is newer than it. */
export function propertyWarnings(media: Media): readonly string[] {
  const unknown = Object.keys(media.properties).filter((name) => isUnknown(media, name));
  if (unknown.length === 0) return [];
  const { newestRelease } = amsSettings();
  return [
    `ams:media.properties: cannot check ${unknown.join(", ")}, because AMS ${media.version} is newer than ${newestRelease}, the newest release whose settings the program knows`,
  ];
}

/** The setting of this name that the image's release has. */
const settingOf = (media: Media, name: string): AmsSetting | undefined =>
  settingsFor("server", media).find((setting) => setting.name === name);

const pathOf = (name: string): string => `ams:media.properties["${name}"]`;

function checkProperty(media: Media, name: string, value: Property, application: string): readonly Fault[] {
  const path = pathOf(name);
  const reserved = reservedProperties.get(name);
  if (reserved !== undefined) return [{ path, ...reserved, fix: removePath(path) }];
  const setting = settingOf(media, name);
  if (setting === undefined) {
    if (isUnknown(media, name)) return [];
    if (isOfApplications(name)) return [ofApplications(name, value, application)];
    const names = settingsFor("server", media).flatMap((one) => (reservedProperties.has(one.name) ? [] : [one.name]));
    return [absentSetting({ scope: "server", media, name, value, pathOf, of: "conf/red5.properties", names })];
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

const isOfApplications = (name: string): boolean => knownSetting("application", bare(name)) !== undefined;

/** With the place that it has in ams:applications, if it has one. */
function ofApplications(name: string, value: Property, application: string): Fault {
  const own = bare(name);
  const path = pathOf(name);
  const isMoved = !reservedSettings.has(own) && !hasSecret(value, own);
  const target = ["ams:applications", application, "settings", own].reduce(stepInto);
  return {
    path,
    got: "an application setting",
    allowed: `conf/red5.properties settings; ${insteadOf(own)}`,
    fix: isMoved ? `Move it with: ${inOrder(setCommand(target, value), removeCommand(path))}` : removePath(path),
  };
}

/** What to do with a setting of applications. */
function insteadOf(setting: string): string {
  const place = reservedSettings.get(setting);
  if (place === undefined) return `set ${setting} in ams:applications.NAME.settings instead`;
  return place.startsWith("not set")
    ? place.replace("not set", `do not set ${setting}`)
    : `use ${place} instead of ${setting}`;
}

function checkLength(entries: readonly (readonly [string, Property])[]): readonly Fault[] {
  const length = entries.reduce((sum, [name, value]) => sum + name.length + String(value).length, 0);
  if (length <= maxLength) return [];
  return [
    {
      path: "ams:media.properties",
      got: `${length} characters`,
      allowed: `up to ${maxLength} characters, because the size of user data is limited. Put longer values into your own image`,
      fix: removePath("ams:media.properties"),
    },
  ];
}
