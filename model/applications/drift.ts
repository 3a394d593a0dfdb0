import type { ApplicationsDocument } from "./document.ts";
import type { SettingValue, Wanted } from "./settings.ts";

type Live = Readonly<Record<string, unknown>>;

/** One setting that is not what the file wants. */
export interface Difference {
  readonly application: string;
  readonly setting: string;
  readonly wanted: SettingValue;
  readonly live: unknown;
}

export interface Drift {
  /** Applications of the file that AMS does not have. */
  readonly missing: readonly string[];
  /** Applications that the file does not name and that take publishers or viewers. */
  readonly unnamed: readonly string[];
  readonly differences: readonly Difference[];
}

export const isDrift = ({ missing, unnamed, differences }: Drift): boolean =>
  missing.length + unnamed.length + differences.length > 0;

/**
 * What AMS runs on against the document, as the media machines compare it (machine/agent/applications). Secrets are not
 * compared: only the machines have them.
 */
export function driftOf({ applications, closed }: ApplicationsDocument, live: Readonly<Record<string, Live>>): Drift {
  const named = Object.entries(applications);
  return {
    missing: named.flatMap(([name]) => (name in live ? [] : [name])),
    unnamed: Object.entries(live).flatMap(([name, settings]) =>
      name in applications || differencesOf(name, closed, settings).length === 0 ? [] : [name],
    ),
    differences: named.flatMap(([name, wanted]) => {
      const settings = live[name];
      return settings === undefined ? [] : differencesOf(name, wanted, settings);
    }),
  };
}

function differencesOf(application: string, { settings }: Wanted, live: Live): readonly Difference[] {
  return Object.entries(settings).flatMap(([setting, wanted]) =>
    isSame(wanted, live[setting]) ? [] : [{ application, setting, wanted, live: live[setting] }],
  );
}

/** AMS adds fields to the elements of its lists, and has some of its numbers as texts. */
function isSame(wanted: SettingValue, live: unknown): boolean {
  if (typeof wanted !== "object") return String(wanted) === String(live ?? "");
  if (!Array.isArray(live)) return wanted.length === 0 && (live === null || live === undefined);
  const elements: readonly unknown[] = live;
  return (
    elements.length === wanted.length &&
    wanted.every((element, index) =>
      Object.entries(element).every(([key, value]) => Reflect.get(Object(elements[index]), key) === value),
    )
  );
}
