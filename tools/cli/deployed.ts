import { isIP } from "node:net";
import { command, cwd, json } from "./common.ts";
import { UsageError } from "./faults.ts";
import { flag, type Given, list, oneOf, value, wholeNumber } from "./options.ts";

const address = (text: string, option: string): string => {
  if (isIP(text) !== 0) return text;
  throw new UsageError(`${option} ${text}: give it as an IP address`);
};

const applicationName = (text: string, option: string): string => {
  if (/^[\w-]+$/.test(text)) return text;
  throw new UsageError(`${option} ${text}: give it as the application's name, such as live`);
};

/** 90m, 12h or 7d, in seconds. */
const duration = (text: string, option: string): number => {
  const [, count, unit] = /^([1-9]\d{0,3})(m|h|d)$/.exec(text) ?? [];
  if (count === undefined)
    throw new UsageError(`${option}: got ${text}; allowed: minutes, hours or days such as 90m, 12h, 7d`);
  return Number(count) * { m: 60, h: 3600, d: 86_400 }[unit as "m" | "h" | "d"];
};

/** Of the commands for a deployed cluster. */
const deployed = {
  stack: value("stack", "the deployed stack; its outputs come from `pulumi stack output`, its groups from its file"),
  outputs: value("file", "outputs from a file instead of Pulumi: pulumi stack output --json --show-secrets > FILE"),
  app: value("app", "the application that receives streams", applicationName, "live"),
  secret: value(
    "file",
    "the cluster's media secret as the cloud's command line prints it; - is standard input (or the environment: " +
      "AMS_PANEL_PASSWORD, or AMS_JWT_KEY)",
  ),
  ca: value("file", "additional trusted certificate authority, as PEM"),
  resolve: list("host=addr", "an address for a name, as in curl, until DNS records exist"),
  dns: list("addr", "query this DNS server, ADDR or ADDR:PORT"),
  from: value("addr", "source address on this machine"),
  ...json,
  ...cwd,
};

export type Deployed = Given<typeof deployed>;

const cannotBeRead = "2 the command line, the outputs or the secret can't be read";

const onCluster = (words: string) => ({ words, requires: "a running cluster" });

/** More would test this machine and not the cluster; for more, run it on several machines. */
const most = { publishers: 50, viewers: 500, seconds: 600, kbps: 8000 } as const;

/** Commands for a deployed cluster. */
export const deployedCommands = {
  verify: command({
    summary: "Checks a deployed cluster from outside and, from an admin's address, through AMS's own REST.",
    options: {
      stranger: flag("this machine is outside ams:access.adminCidrs: expects the panel to be blocked"),
      machine: list("addr", "a machine's own public address, to check that its internal ports are closed", address),
      noPublish: flag("send no test stream"),
      only: value("id,id...", "only these checks, by id or prefix"),
      days: value("n", "minimum validity of a certificate, in days", wholeNumber(0, 365), 14),
      timeout: value("seconds", "total time of all checks, at most 600", wholeNumber(5, 600), 120),
      strict: flag("checks that did not run count as failed"),
      ...deployed,
    },
    exitCodes: `0 all that ran is ok, 1 a check failed, ${cannotBeRead}.`,
    examples: [onCluster("--stack aws"), onCluster("--stack aws --only certificate --days 30")],
  }),
  status: command({
    summary: "Shows a deployed cluster's nodes, streams and versions, through AMS's own REST.",
    options: {
      lines: value(
        "file",
        "lines of the machines' log: whose applications start, are late or do not start, and why, and which document of " +
          "`ams:applications` each node has; the command that saves them is among what `status` prints; - reads them from " +
          "the input",
      ),
      watch: flag("repeats until Ctrl-C"),
      every: value("seconds", "with --watch, 5 to 300", wholeNumber(5, 300), 10),
      ...deployed,
    },
    exitCodes: `0 no problems, 1 problems, or AMS cannot be queried, ${cannotBeRead}.`,
    examples: [onCluster("--stack aws --secret secret.json --watch")],
  }),
  apps: command({
    summary: "Compares AMS's applications with ams:applications of the stack file, setting by setting.",
    options: {
      delete: value("name", "delete this application, with its settings and files on every node", applicationName),
      yes: flag("with --delete, do not ask for confirmation"),
      ...deployed,
    },
    notes: "Keys that sign tokens are not compared: only the machines read them.",
    exitCodes: `0 AMS matches the file, 1 it does not, or cannot be queried, ${cannotBeRead}.`,
    examples: [
      onCluster("--stack aws --secret secret.json"),
      onCluster("--stack aws --secret secret.json --delete LiveApp"),
    ],
  }),
  token: command({
    summary: "Signs a token for one stream of an application whose publish or play is jwt.",
    options: {
      app: deployed.app,
      stream: value("id", "the stream's id"),
      publish: flag("for a publisher"),
      play: flag("for a player"),
      for: value("duration", "validity, such as 90m, 12h or 7d", duration, 3600),
      secret: value("file", "the cluster's media secret as the cloud's command line prints it; - is standard input"),
      ...json,
    },
    exitCodes: "0 the token is printed, 2 the command line or the secret can't be read.",
    examples: ["--app live --stream s1 --play --for 1h --secret secret.json"],
  }),
  load: command({
    summary: "Publishes test streams by RTMP, plays them, and reports start-up times and failures.",
    options: {
      publishers: value(
        "n",
        `streams, 1 to ${most.publishers}; each is an ffmpeg on this machine`,
        wholeNumber(1, most.publishers),
        1,
      ),
      viewers: value("n", `viewers, 0 to ${most.viewers}, spread over the streams`, wholeNumber(0, most.viewers), 1),
      by: value(
        "kind",
        "hls, websocket (AMS's signalling up to its offer; no media), or both",
        oneOf("hls", "websocket", "both"),
        "hls",
      ),
      seconds: value("n", `viewing time in seconds, 5 to ${most.seconds}`, wholeNumber(5, most.seconds), 30),
      ramp: value(
        "seconds",
        "time in which all viewers connect; default: a third of --seconds",
        wholeNumber(0, most.seconds),
      ),
      bitrate: value("kbps", `video bitrate of each stream, 100 to ${most.kbps}`, wholeNumber(100, most.kbps), 800),
      yes: flag("do not ask for confirmation if the target is another machine"),
      ...deployed,
    },
    notes: "With --secret, the report contains the node of each stream, as reported by AMS.",
    exitCodes:
      `0 no failures, 1 failures, ${cannotBeRead}, or the confirmation is missing, 130 Ctrl-C (processes that ` +
      "were started end first).",
    examples: [onCluster("--stack aws --publishers 5 --viewers 100 --seconds 60 --by both")],
  }),
} as const;
