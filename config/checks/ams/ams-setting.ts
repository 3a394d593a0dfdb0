import { type AmsSetting, amsSettings, knownSetting, settingsOf } from "../../../model/ams/ams-settings.ts";
import { isAtLeast } from "../../../model/ams/release.ts";
import { nearestName } from "../../../model/nearest-name.ts";
import { type Fault, hasSecret } from "../../fault.ts";
import { inOrder, removeCommand, removePath, setCommand } from "../../remedy/command.ts";

/** A value of a setting of AMS as it came. */
export type Property = string | number | boolean;

interface Release {
  readonly version: string;
}

/** Whether the table of settings ends before the image's release. */
export const isNewer = ({ version }: Release): boolean => !isAtLeast(amsSettings().newestRelease, version);

/** The settings that the image's release has; a release newer than the table has those of its newest one. */
export const settingsFor = (scope: AmsSetting["scope"], media: Release): readonly AmsSetting[] =>
  settingsOf(scope, isNewer(media) ? amsSettings().newestRelease : media.version);

interface Absent {
  readonly scope: AmsSetting["scope"];
  readonly media: Release;
  readonly name: string;
  readonly value: Property;
  /** Where a setting of a name stands. */
  readonly pathOf: (name: string) => string;
  /** What the settings are of, in words. */
  readonly of: string;
  /** Names that may have been meant. */
  readonly names: readonly string[];
}

/** A setting that the release doesn't have, with the releases that do, and the nearest name. */
export function absentSetting({ scope, media, name, value, pathOf, of, names }: Absent): Fault {
  const path = pathOf(name);
  const known = knownSetting(scope, name);
  const since = known?.since === undefined ? "" : `; ${name} was added in ${known.since}`;
  const until = known?.until === undefined ? "" : `; ${name} was removed after ${known.until}`;
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? "" : `; the closest match is ${nearest}`;
  const fix =
    nearest === undefined || hasSecret(value, name)
      ? removePath(path)
      : `Rename it with: ${inOrder(setCommand(pathOf(nearest), value), removeCommand(path))}`;
  return {
    path,
    got: "a setting that AMS does not have",
    allowed: `${of} settings that AMS ${media.version} (ams:media.version) supports${since}${until}${hint}`,
    fix,
  };
}

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
    allowed: `text in quotes, without \${ or #{`,
    example: (value) => String(value).replace(/[$#]\{[^}]*\}?/g, "") || "text",
    holds: (value) => (typeof value === "number" ? Number.isSafeInteger(value) : isPlain(value)),
  },
};
