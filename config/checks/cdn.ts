import { dashSeconds, hlsSeconds, recordingFolders } from "../../model/traffic/cdn.ts";
import { takenNames } from "../../model/traffic/stream-names.ts";
import { type Fault, show } from "../fault.ts";
import { removeCommand, removePath, setPath, stepInto } from "../remedy/command.ts";
import type { Application, Cdn, Chosen } from "../types.ts";

const section = "ams:cdn";

/** The remedy for what goes without a CDN alone. */
export const withoutCdn = `Remove the CDN with: ${removeCommand(section)}`;

/** The CDN beside what it stands before. */
export function checkCdn({ cdn, certificate, domain, balancer, recordings, applications }: Chosen): readonly Fault[] {
  if (cdn === undefined) return [];
  const folders = recordingFolders(applications);
  return [
    ...(certificate?.source === "none" ? [withoutTls] : []),
    ...(balancer?.scheme === "internal" ? [unreachable] : []),
    ...(domain === undefined ? [] : checkName(cdn, domain)),
    ...(cdn.recordings && recordings?.store === "none" ? [withoutBucket] : []),
    ...Object.entries(applications ?? {}).flatMap(([name, one]) => checkApplication(name, one)),
    ...checkRecordings(cdn, applications),
    ...(cdn.recordings ? folders.flatMap((folder) => checkFolder(folder, applications)) : []),
  ];
}

const withoutTls: Fault = {
  path: section,
  got: "a CDN while ams:certificate.source is none",
  allowed: "a CDN only if the stack has a certificate, because the CDN connects to the load balancer over HTTPS",
  fix: removePath(section),
};

const unreachable: Fault = {
  path: section,
  got: "a CDN while ams:balancer.scheme is internal",
  allowed: "a CDN only if ams:balancer.scheme is internet, because the CDN cannot reach private addresses",
  fix: removePath(section),
};

const withoutBucket: Fault = {
  path: `${section}.recordings`,
  got: "true while ams:recordings.store is none",
  allowed: "true only if ams:recordings.store is bucket",
  fix: removePath(`${section}.recordings`),
};

function checkName({ domain: name, certificateId }: Cdn, domain: NonNullable<Chosen["domain"]>): readonly Fault[] {
  const path = `${section}.domain`;
  const example = `cdn.${domain.zone}`;
  if (name === undefined) {
    if (certificateId === undefined) return [];
    const allowed = "a host name, because ams:cdn.certificateId is set";
    return [{ path, got: show(name), allowed, fix: setPath(path, example) }];
  }
  if (takenNames(domain).includes(name)) {
    const allowed = `a name that no other part of the cluster uses; these are taken: ${takenNames(domain).join(", ")}`;
    return [{ path, got: show(name), allowed, fix: setPath(path, example) }];
  }
  if (domain.dns === "external" || name.endsWith(`.${domain.zone}`)) return [];
  const allowed = `a name in the zone ${domain.zone} (ams:domain.zone), because ams:domain.dns is managed`;
  return [{ path, got: show(name), allowed, fix: setPath(path, example) }];
}

/** Of two seconds a playlist is kept for one, and no CDN keeps one for less. */
const shortest = 2;

function checkApplication(name: string, application: Application): readonly Fault[] {
  const path = stepInto("ams:applications", name);
  return [
    ...checkPlay(path, application),
    ...checkLength(path, "hlsTime", hlsSeconds(application), application),
    ...checkLength(path, "dashSegDuration", dashSeconds(application), application),
  ];
}

/** What a CDN can check is for its cloud to say; of tokens that AMS keeps, it can know none. */
function checkPlay(path: string, { play, settings }: Application): readonly Fault[] {
  const subscribers = `${path}.settings.timeTokenSubscriberOnly`;
  const why =
    "because the CDN (ams:cdn) serves playlists and segments from its cache, and only AMS can check these tokens";
  return [
    ...(play === "one-time-token"
      ? [{ path: `${path}.play`, got: show(play), allowed: `open, or jwt on AWS, ${why}`, fix: withoutCdn }]
      : []),
    ...(String(settings["timeTokenSubscriberOnly"]) === "true"
      ? [{ path: subscribers, got: "true", allowed: `false, ${why}`, fix: withoutCdn }]
      : []),
    ...(play === "jwt" && settings["hlsSegmentType"] === "fmp4" ? [withFmp4(`${path}.settings.hlsSegmentType`)] : []),
  ];
}

/** TokenFilterManager.java takes STREAM_TIME_init.mp4 for a file of the stream STREAM_TIME. */
const withFmp4 = (path: string): Fault => ({
  path,
  got: show("fmp4"),
  allowed:
    "mpegts, because ams:cdn is set and play is jwt: AMS rejects the players' tokens for the fMP4 initialization segment",
  fix: setPath(path, "mpegts"),
});

/** The recordings of a stream that needs a token would be open to all. */
function checkRecordings({ recordings }: Cdn, applications: Chosen["applications"] = {}): readonly Fault[] {
  const signed = Object.entries(applications).filter(([, { play }]) => play === "jwt");
  if (!recordings || signed.length === 0) return [];
  const names = signed.map(([name]) => `${stepInto("ams:applications", name)}.play`).join(", ");
  const allowed = "false, because the CDN serves recordings without checking tokens";
  const path = `${section}.recordings`;
  return [{ path, got: `true while jwt is set in ${names}`, allowed, fix: removePath(path) }];
}

function checkLength(path: string, setting: string, seconds: number, { settings }: Application): readonly Fault[] {
  // What is no number has a fault of its own.
  if (!(setting in settings) || Number.isNaN(seconds) || seconds >= shortest) return [];
  const at = `${path}.settings.${setting}`;
  const allowed = `at least ${shortest}, because the CDN (ams:cdn) caches playlists for half the segment duration, in whole seconds`;
  return [{ path: at, got: show(settings[setting]), allowed, fix: setPath(at, String(shortest)) }];
}

/** At the CDN a folder of recordings stands in place of an application of the same name. */
function checkFolder(folder: string, applications: Chosen["applications"] = {}): readonly Fault[] {
  if (!Object.hasOwn(applications, folder)) return [];
  const allowed = `another name, because ams:cdn.recordings is true and /${folder}/ is the recordings folder on the CDN`;
  const path = stepInto("ams:applications", folder);
  return [{ path, got: show(folder), allowed, fix: removePath(`${section}.recordings`) }];
}
