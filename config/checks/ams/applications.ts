import { knownSetting } from "../../../model/ams/ams-settings.ts";
import { maxDocumentBytes } from "../../../model/applications/document.ts";
import { reservedSettings } from "../../../model/applications/reserved.ts";
import { hasKey, wantedOf } from "../../../model/applications/settings.ts";
import { absent, type Fault, show } from "../../fault.ts";
import { removePath, setPath, stepInto } from "../../remedy/command.ts";
import type { Application, Applications, Chosen, Media } from "../../types.ts";
import { absentSetting, isNewer, settingForms, settingsFor } from "./ams-setting.ts";

type Present = Readonly<Record<string, string | undefined>>;

const section = "ams:applications";

const pathOf = (name: string, ...keys: readonly string[]): string => [name, ...keys].reduce(stepInto, section);

/** Applications against each other, against the release of AMS and against the keys that sign their tokens. */
export function checkApplications({ applications, media }: Chosen, secrets: Present): readonly Fault[] {
  if (applications === undefined) return checkKeys({}, secrets);
  const all = Object.entries(applications);
  return [
    ...checkNames(Object.keys(applications)),
    ...all.flatMap(([name, application]) => [
      ...checkLowLatency(name, application),
      ...(media === undefined ? [] : checkSettings(name, application, media)),
    ]),
    ...checkKeys(applications, secrets),
    ...checkSize(applications),
  ];
}

/** With `Demo1` beside `demo1` AMS answers 500 and leaves a broken folder. */
function checkNames(names: readonly string[]): readonly Fault[] {
  return names.flatMap((name, index) => {
    const other = names.slice(0, index).find((one) => one.toLowerCase() === name.toLowerCase());
    if (other === undefined) return [];
    const allowed = `names that differ in more than capitalization, because AMS does not support both ${name} and ${other}`;
    return [{ path: pathOf(name), got: show(name), allowed, fix: removePath(pathOf(name)) }];
  });
}

function checkLowLatency(name: string, { lowLatencyHls, dash }: Application): readonly Fault[] {
  if (lowLatencyHls !== true || dash !== false) return [];
  const path = pathOf(name, "dash");
  return [
    {
      path,
      got: "false",
      allowed: "true, because lowLatencyHls is true and low-latency HLS requires DASH",
      fix: setPath(path, true),
    },
  ];
}

function checkSettings(application: string, { settings }: Application, media: Media): readonly Fault[] {
  const scope = "application";
  const known = settingsFor(scope, media);
  const free = known.flatMap((setting) => (reservedSettings.has(setting.name) ? [] : [setting.name]));
  const settingPath = (name: string): string => pathOf(application, "settings", name);
  return Object.entries(settings).flatMap(([name, value]) => {
    const path = settingPath(name);
    const reserved = reservedSettings.get(name);
    if (reserved !== undefined) {
      return [{ path, got: "a setting that has its own configuration key", allowed: reserved, fix: removePath(path) }];
    }
    const setting = known.find((one) => one.name === name);
    if (setting === undefined) {
      if (isNewer(media)) return [];
      // One of another release is no slip of the fingers.
      const names = knownSetting(scope, name) === undefined ? free : [];
      return [absentSetting({ scope, media, name, value, pathOf: settingPath, of: "application", names })];
    }
    const { example, allowed, holds } = settingForms[setting.type];
    return holds(value) ? [] : [{ path, got: show(value, name), allowed, fix: setPath(path, example(value)) }];
  });
}

/** Keys of applications that the secret names; undefined where nobody can read it (a plan without the passphrase). */
function namesOf(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  try {
    return Object.keys(JSON.parse(text) as object);
  } catch {
    return [];
  }
}

function checkKeys(applications: Applications, secrets: Present): readonly Fault[] {
  const path = "ams:applicationKeys";
  if (!(path.slice(4) in secrets)) return [];
  const signed = Object.entries(applications).flatMap(([name, application]) => (hasKey(application) ? [name] : []));
  if (signed.length === 0) {
    const allowed = "keys only for applications whose publish or play is jwt";
    return [{ path, got: "a secret that no application uses", allowed, fix: removePath(path) }];
  }
  return namesOf(secrets["applicationKeys"])
    .filter((name) => !signed.includes(name))
    .map((name) => ({
      path: stepInto(path, name),
      got: Object.hasOwn(applications, name) ? "a key for an application that does not use jwt" : absent,
      allowed: `keys for applications whose publish or play is jwt (${signed.join(", ")})`,
      fix: removePath(stepInto(path, name)),
    }));
}

function checkSize(applications: Applications): readonly Fault[] {
  const bytes = Buffer.byteLength(JSON.stringify(Object.values(applications).map(wantedOf)));
  if (bytes <= maxDocumentBytes) return [];
  const allowed = `up to ${maxDocumentBytes} bytes, the size limit of the applications document`;
  return [{ path: section, got: `${bytes} bytes`, allowed, fix: removePath(section) }];
}
