import type { ApplicationsDocument } from "../../../model/applications/document.ts";
import type { Wanted } from "../../../model/applications/settings.ts";
import type { Unknown, Value } from "../../../recording/value.ts";
import type { ResourceChange } from "../change.ts";

type Settings = Wanted["settings"];

/** What another document of applications means for publishers and viewers; it touches no machine. */
export function applicationEffects(changes: readonly ResourceChange[]): readonly string[] {
  return changes.flatMap((change) => {
    const [before, after] = [documentIn(change.before["content"]), documentIn(change.after["content"])];
    if (after === undefined) return [];
    return effectsBetween(before ?? nothing, after);
  });
}

const nothing: ApplicationsDocument = { mode: "off", applications: {}, closed: { settings: {}, secrets: [] } };

function documentIn(text: Value | Unknown | undefined): ApplicationsDocument | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const document: Partial<ApplicationsDocument> = JSON.parse(text);
    return document.mode === undefined || document.applications === undefined
      ? undefined
      : { ...nothing, ...document, mode: document.mode, applications: document.applications };
  } catch {
    // No document of ours.
    return undefined;
  }
}

function effectsBetween(before: ApplicationsDocument, after: ApplicationsDocument): readonly string[] {
  const names = [...new Set([...Object.keys(before.applications), ...Object.keys(after.applications)])].sort();
  return [
    ...modeEffects(before, after),
    ...names.flatMap((name) =>
      applicationEffect(name, before.applications[name], after.applications[name], after.mode),
    ),
  ];
}

function modeEffects({ mode: was }: ApplicationsDocument, { mode: is }: ApplicationsDocument): readonly string[] {
  if (was === is) return [];
  switch (is) {
    case "off":
      return ["no longer changes the applications in AMS: closed applications stay closed"];
    case "report":
      return ["reports differences in AMS's applications without changing them"];
    default:
      return [
        "changes AMS's applications to match the file within two minutes, and closes applications that are not listed there",
      ];
  }
}

function applicationEffect(
  name: string,
  before: Wanted | undefined,
  after: Wanted | undefined,
  mode: ApplicationsDocument["mode"],
): readonly string[] {
  if (mode === "off") return [];
  if (after === undefined) {
    return mode === "enforce" ? [`application ${name}: closed to publishers and viewers, but not deleted`] : [];
  }
  const [was, is] = [before?.settings ?? {}, after.settings];
  return [
    ...(before === undefined ? [`application ${name}: created if it does not exist in AMS`] : []),
    ...accessEffects(name, "publish", was, is, before === undefined),
    ...accessEffects(name, "play", was, is, before === undefined),
    ...(before === undefined ? [] : otherEffects(name, was, is)),
  ];
}

const accessOf = (role: "publish" | "play", settings: Settings): string => {
  if (settings[`${role}JwtControlEnabled`] === true) return "a token signed with the application's key";
  return settings[`${role}TokenControlEnabled`] === true ? "a one-time token" : "no token";
};

function accessEffects(
  name: string,
  role: "publish" | "play",
  was: Settings,
  is: Settings,
  isNew: boolean,
): readonly string[] {
  const [before, after] = [accessOf(role, was), accessOf(role, is)];
  if (before === after && !isNew) return [];
  const who = role === "publish" ? "publishers" : "viewers";
  const refused = after === "no token" ? "" : `: ${refusedOf[role]}`;
  return [`application ${name}: ${who} ${isNew ? "" : "now "}need ${after}${refused}`];
}

/** Each request of an HLS or DASH player is checked (TokenFilterManager.java), a WebRTC session when it begins. */
const refusedOf = {
  publish: "encoders without a token are rejected when they connect",
  play: "players without a token are rejected, including HLS and DASH players that are already playing",
} as const;

/** Settings that AMS reads when a stream begins (MuxAdaptor.java, EncoderAdaptor). */
const readAtStart = /^(encoderSettings|hlsMuxing|lLHLS|dashMuxing|mp4Muxing|webMMuxing|gopSize)/;

function otherEffects(name: string, was: Settings, is: Settings): readonly string[] {
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (key) => !/Control|TimeToken/.test(key) && JSON.stringify(was[key]) !== JSON.stringify(is[key]),
  );
  return changed.map((key) => {
    const left = key in is ? "" : " (no longer set: AMS keeps the current value)";
    const later = readAtStart.test(key) ? "; running streams keep the old value until they restart" : "";
    return `application ${name}: ${key} ${shown(was[key])} -> ${shown(is[key])}${left}${later}`;
  });
}

function shown(value: Settings[string] | undefined): string {
  if (value === undefined) return "not set";
  if (typeof value !== "object") return JSON.stringify(value);
  return value.length === 0
    ? "none"
    : value.map((one) => (typeof one["height"] === "number" ? `${one["height"]}p` : JSON.stringify(one))).join(", ");
}
