import { type AmsSetting, amsSettings, isIn } from "../../model/ams/ams-settings.ts";
import { maxDocumentBytes } from "../../model/applications/document.ts";
import { reservedSettings } from "../../model/applications/reserved.ts";
import { hasKey, wantedOf } from "../../model/applications/settings.ts";
import { nearestName } from "../../model/nearest-name.ts";
import { absent, type Fault, show } from "../fault.ts";
import { inOrder, removeCommand, removePath, setCommand, setPath, stepInto } from "../remedy/command.ts";
import type { Application, Applications, Chosen, Media } from "../types.ts";
import { isNewer, settingForms } from "./properties.ts";

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
    const allowed = `names that differ by more than their case: AMS breaks on ${name} beside ${other}`;
    return [{ path: pathOf(name), got: show(name), allowed, fix: removePath(pathOf(name)) }];
  });
}

function checkLowLatency(name: string, { lowLatencyHls, dash }: Application): readonly Fault[] {
  if (lowLatencyHls !== true || dash !== false) return [];
  const path = pathOf(name, "dash");
  return [
    { path, got: "false", allowed: "true with lowLatencyHls, which AMS makes with DASH", fix: setPath(path, true) },
  ];
}

function checkSettings(name: string, { settings }: Application, media: Media): readonly Fault[] {
  return Object.entries(settings).flatMap(([key, value]) => {
    const path = pathOf(name, "settings", key);
    const reserved = reservedSettings.get(key);
    if (reserved !== undefined) {
      return [{ path, got: "a setting that has another place", allowed: reserved, fix: removePath(path) }];
    }
    const setting = ofRelease(media).find((one) => one.name === key);
    if (setting === undefined) return isNewer(media) ? [] : [unknown(path, media, key, value)];
    const { example, allowed, holds } = settingForms[setting.type];
    return holds(value) ? [] : [{ path, got: show(value, key), allowed, fix: setPath(path, example(value)) }];
  });
}

const ofApplications = (): readonly AmsSetting[] =>
  amsSettings().settings.filter(({ scope }) => scope === "application");

const ofRelease = (media: Media): readonly AmsSetting[] => {
  const release = isNewer(media) ? amsSettings().newestRelease : media.version;
  return ofApplications().filter((setting) => isIn(setting, release));
};

function unknown(path: string, media: Media, name: string, value: string | number | boolean): Fault {
  const known = ofApplications().find((setting) => setting.name === name);
  const since = known?.since === undefined ? "" : `; ${name} exists since ${known.since}`;
  const until = known?.until === undefined ? "" : `; ${name} was removed after ${known.until}`;
  const names = ofRelease(media).map((setting) => setting.name);
  const nearest =
    known === undefined
      ? nearestName(
          name,
          names.filter((one) => !reservedSettings.has(one)),
        )
      : undefined;
  const hint = nearest === undefined ? "" : `; the nearest name is ${nearest}`;
  const renamed = path.slice(0, path.length - name.length);
  return {
    path,
    got: "a setting that AMS does not have",
    allowed: `settings of an application in AMS ${media.version}, the release in ams:media.version${since}${until}${hint}`,
    fix:
      nearest === undefined
        ? removePath(path)
        : `Rename it with: ${inOrder(setCommand(`${renamed}${nearest}`, value), removeCommand(path))}`,
  };
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
    const allowed = "keys together with an application whose publish or play is jwt";
    return [{ path, got: "a secret that nothing reads", allowed, fix: removePath(path) }];
  }
  return namesOf(secrets["applicationKeys"])
    .filter((name) => !signed.includes(name))
    .map((name) => ({
      path: stepInto(path, name),
      got: Object.hasOwn(applications, name) ? "an application without jwt" : absent,
      allowed: `applications whose publish or play is jwt: ${signed.join(", ")}`,
      fix: removePath(stepInto(path, name)),
    }));
}

function checkSize(applications: Applications): readonly Fault[] {
  const bytes = Buffer.byteLength(JSON.stringify(Object.values(applications).map(wantedOf)));
  if (bytes <= maxDocumentBytes) return [];
  const allowed = `up to ${maxDocumentBytes} bytes: the machines read the document whole`;
  return [{ path: section, got: `${bytes} bytes`, allowed, fix: removePath(section) }];
}
