import type { Application } from "../../config/types.ts";
import { type AmsSetting, knownSetting } from "../ams/ams-settings.ts";

/** A value of AppSettings as AMS's REST takes it. */
export type SettingValue = string | number | boolean | readonly Readonly<Record<string, number | boolean>>[];

/** What an application is brought to: the settings by their names in REST, and those whose values are secrets. */
export interface Wanted {
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly secrets: readonly string[];
}

type Access = Application["publish"];

/** The key that signs streams' tokens (AppSettings.java, "jwtStreamSecretKey"). */
export const streamKey = "jwtStreamSecretKey";

/** Whether the application's tokens are signed with a key of its own. */
export const hasKey = ({ publish, play }: Application): boolean => publish === "jwt" || play === "jwt";

/**
 * One control for publishers and one for viewers: AMS refuses settings with two of a kind
 * (AntMediaApplicationAdapter.isTokenSecuritySettingsValid), so each control is on or off.
 */
const controls = (publish: Access, play: Access) => ({
  publishJwtControlEnabled: publish === "jwt",
  publishTokenControlEnabled: publish === "one-time-token",
  enableTimeTokenForPublish: false,
  hashControlPublishEnabled: false,
  playJwtControlEnabled: play === "jwt",
  playTokenControlEnabled: play === "one-time-token",
  enableTimeTokenForPlay: false,
  hashControlPlayEnabled: false,
});

/**
 * What an application gets that nobody named: tokens of a key that nobody has, and limits of none, which do not ask the
 * Enterprise Edition's token service.
 */
export const closed: Wanted = {
  settings: {
    ...controls("jwt", "jwt"),
    acceptOnlyStreamsInDataStore: true,
    ingestingStreamLimit: 0,
    webRTCViewerLimit: 0,
  },
  secrets: [streamKey],
};

/** What takes back that an application was closed. */
const open = { acceptOnlyStreamsInDataStore: false, ingestingStreamLimit: -1, webRTCViewerLimit: -1 };

/** A key of the file to what it sets; a key that is not set sets nothing. */
type Setters = {
  readonly [Key in Exclude<keyof Application, "publish" | "play" | "settings" | "record">]: (
    value: NonNullable<Application[Key]>,
  ) => Wanted["settings"];
};

const setters: Setters = {
  renditions: (renditions) => ({
    // AMS leaves out what is higher than the stream, where it is not forced (EncoderSettings.java).
    encoderSettings: renditions.map(({ height, videoKbps, audioKbps }) => ({
      height,
      videoBitrate: videoKbps * 1000,
      audioBitrate: audioKbps * 1000,
      forceEncode: false,
    })),
  }),
  hls: (on) => ({ hlsMuxingEnabled: on }),
  // "LLHLS is effective if dash is enabled" (AppSettings.java).
  lowLatencyHls: (on) => ({ lLHLSEnabled: on, ...(on ? { dashMuxingEnabled: true } : {}) }),
  dash: (on) => ({ dashMuxingEnabled: on }),
  webhook: (address) => ({ listenerHookURL: address }),
  publishers: (most) => ({ ingestingStreamLimit: most }),
  viewers: (most) => ({ webRTCViewerLimit: most }),
  maxHeight: (height) => ({ maxResolutionAccept: height }),
  allowed: (ranges) => ({ remoteAllowedCIDR: ["127.0.0.1", ...ranges].join(",") }),
};

const recorders: {
  readonly [Key in keyof NonNullable<Application["record"]>]-?: (
    value: NonNullable<NonNullable<Application["record"]>[Key]>,
  ) => Wanted["settings"];
} = {
  mp4: (on) => ({ mp4MuxingEnabled: on }),
  webm: (on) => ({ webMMuxingEnabled: on }),
  keepHls: (on) => ({ deleteHLSFilesOnEnded: !on }),
  prefix: (folder) => ({ s3StreamsFolderPath: folder }),
};

function set<Values extends object>(
  table: { readonly [Key in keyof Values]-?: (value: NonNullable<Values[Key]>) => Wanted["settings"] },
  values: Values,
): Wanted["settings"] {
  const keys = Object.keys(table) as (keyof Values)[];
  const found = keys.map((key) => {
    const value = values[key];
    return value === undefined || value === null ? {} : table[key](value);
  });
  return Object.assign({}, ...found) as Wanted["settings"];
}

/** What AMS's REST calls a setting that the file names as AMS's own files do, in its type. */
function named([name, value]: readonly [string, string | number | boolean]): readonly [string, SettingValue] {
  const setting = knownSetting("application", name);
  const typed = setting === undefined ? value : inType(setting.type, value);
  return [setting?.field ?? name, typed];
}

function inType(type: AmsSetting["type"], value: string | number | boolean): SettingValue {
  if (type === "boolean") return String(value) === "true";
  return type === "text" ? String(value) : Number(value);
}

/** What the file wants of one application. */
export function wantedOf(application: Application): Wanted {
  const { publish, play, record, settings, ...keys } = application;
  return {
    settings: {
      ...open,
      ...controls(publish, play),
      ...set<Pick<Application, keyof Setters>>(setters, keys),
      ...(record === undefined ? {} : set(recorders, record)),
      ...Object.fromEntries(Object.entries(settings).map(named)),
    },
    secrets: hasKey(application) ? [streamKey] : [],
  };
}
