import { isIP } from "node:net";
import { command, cwd, json } from "./common.ts";
import { UsageError } from "./faults.ts";
import { flag, type Given, list, oneOf, value, wholeNumber } from "./options.ts";

const address = (text: string, option: string): string => {
  if (isIP(text) !== 0) return text;
  throw new UsageError(`${option} ${text}: must be an IP address`);
};

const applicationName = (text: string, option: string): string => {
  if (/^[\w-]+$/.test(text)) return text;
  throw new UsageError(`${option} ${text}: must be an application name, such as live`);
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
  stack: value(
    "stack",
    "name of the deployed stack; its outputs are read with `pulumi stack output`, and its groups from its stack file",
  ),
  outputs: value("file", "read the outputs from a file created with: pulumi stack output --json --show-secrets > FILE"),
  app: value("app", "application that receives the streams", applicationName, "live"),
  secret: value(
    "file",
    "file that contains the cluster's media secret, as printed by the cloud's CLI; - reads standard input. " +
      "Alternatively, set the environment variable AMS_PANEL_PASSWORD or AMS_JWT_KEY",
  ),
  ca: value("file", "PEM file with the certificate of an additional certificate authority to trust"),
  resolve: list(
    "host=addr",
    "connect to this address instead of resolving the host name, as curl's --resolve does; useful before the DNS records exist",
  ),
  dns: list("addr", "DNS server to query, as ADDR or ADDR:PORT"),
  from: value("addr", "local address to connect from"),
  ...json,
  ...cwd,
};

export type Deployed = Given<typeof deployed>;

const cannotBeRead = "2 if the command line is invalid, or if the outputs or the secret cannot be read";

const onCluster = (words: string) => ({ words, requires: "a running cluster" });

/** More would test this machine and not the cluster; for more, run it on several machines. */
const most = { publishers: 50, viewers: 500, seconds: 600, kbps: 8000 } as const;

/** Commands for a deployed cluster. */
export const deployedCommands = {
  verify: command({
    summary:
      "Checks a deployed cluster from the outside and, if run from an administrator's address, through AMS's REST API.",
    options: {
      stranger: flag("expect the panel to be blocked, because this machine is outside ams:access.adminCidrs"),
      machine: list("addr", "check that the internal ports of the machine at this public address are closed", address),
      noPublish: flag("do not send a test stream"),
      only: value("id,id...", "run only the checks with these ids or id prefixes"),
      days: value("n", "minimum remaining validity of certificates, in days", wholeNumber(0, 365), 14),
      timeout: value("seconds", "time limit for all checks in seconds, at most 600", wholeNumber(5, 600), 120),
      strict: flag("treat checks that did not run as failures"),
      ...deployed,
    },
    exitCodes: `0 if all checks that ran passed; 1 if a check failed; ${cannotBeRead}.`,
    examples: [onCluster("--stack aws"), onCluster("--stack aws --only certificate --days 30")],
  }),
  status: command({
    summary:
      "Shows a deployed cluster's nodes, load, streams and versions, as reported by AMS's REST API and the machines.",
    options: {
      noLogs: flag("do not query the log service through the cloud's CLI"),
      lines: value(
        "file",
        "read the machines' log lines from this file instead of the log service; - reads standard input. `status` prints a command that saves these lines to a file. " +
          "The lines show which applications are starting, late or failed, and why, and the version of the `ams:applications` document on each node",
      ),
      watch: flag("refresh until you press Ctrl-C"),
      every: value("seconds", "refresh interval for --watch in seconds, 5 to 300", wholeNumber(5, 300), 10),
      ...deployed,
    },
    exitCodes: `0 if there are no problems; 1 if there are problems, or if AMS cannot be queried; ${cannotBeRead}.`,
    examples: [onCluster("--stack aws --secret secret.json --watch")],
  }),
  apps: command({
    summary: "Compares the applications in AMS with ams:applications in the stack file, setting by setting.",
    options: {
      delete: value("name", "delete this application, including its settings and files on every node", applicationName),
      yes: flag("with --delete, do not ask for confirmation"),
      ...deployed,
    },
    notes: "The keys that sign tokens are not compared, because only the machines read them.",
    exitCodes: `0 if AMS matches the file; 1 if AMS differs from the file or cannot be queried; ${cannotBeRead}.`,
    examples: [
      onCluster("--stack aws --secret secret.json"),
      onCluster("--stack aws --secret secret.json --delete LiveApp"),
    ],
  }),
  token: command({
    summary: "Signs a token for one stream in an application whose publish or play setting is jwt.",
    options: {
      app: deployed.app,
      stream: value("id", "id of the stream"),
      publish: flag("sign the token for a publisher"),
      play: flag("sign the token for a player"),
      for: value("duration", "validity period, such as 90m, 12h or 7d; default: 1h", duration),
      secret: value(
        "file",
        "file that contains the cluster's media secret, as printed by the cloud's CLI; - reads standard input",
      ),
      ...json,
    },
    exitCodes: "0 on success; 2 if the command line is invalid, or if the secret cannot be read.",
    examples: ["--app live --stream s1 --play --for 1h --secret secret.json"],
  }),
  load: command({
    summary: "Publishes test streams over RTMP, plays them, and reports startup times and failures.",
    options: {
      publishers: value(
        "n",
        `number of streams, 1 to ${most.publishers}; each one runs an ffmpeg process on this machine`,
        wholeNumber(1, most.publishers),
        1,
      ),
      viewers: value(
        "n",
        `number of viewers, 0 to ${most.viewers}, distributed across the streams`,
        wholeNumber(0, most.viewers),
        1,
      ),
      by: value(
        "kind",
        "how viewers connect: hls, websocket (AMS's signalling up to the offer, without receiving media), or both",
        oneOf("hls", "websocket", "both"),
        "hls",
      ),
      seconds: value("n", `viewing time in seconds, 5 to ${most.seconds}`, wholeNumber(5, most.seconds), 30),
      ramp: value(
        "seconds",
        "period in seconds over which viewers connect gradually; default: a third of --seconds",
        wholeNumber(0, most.seconds),
      ),
      bitrate: value(
        "kbps",
        `video bitrate of each stream in kbps, 100 to ${most.kbps}`,
        wholeNumber(100, most.kbps),
        800,
      ),
      yes: flag("do not ask for confirmation if the cluster is not on this machine"),
      ...deployed,
    },
    notes: "With --secret, the report also shows the number of streams on each node, as reported by AMS.",
    exitCodes:
      `0 if there were no failures; 1 if there were failures; ${cannotBeRead}, or if you do not confirm that the load test may start; ` +
      "130 if interrupted with Ctrl-C, after all started processes have ended.",
    examples: [onCluster("--stack aws --publishers 5 --viewers 100 --seconds 60 --by both")],
  }),
  "restore-drill": command({
    summary:
      "Rehearses a restore: starts MongoDB on a temporary machine from the newest snapshot of a data volume, counts the documents, and deletes the machine.",
    options: {
      stack: value("stack", "name of a deployed stack whose stack file sets ams:database.restoreDrill"),
      yes: flag("do not ask for confirmation"),
      ...json,
      ...cwd,
    },
    notes:
      "The drill uses the AWS CLI (aws) or the Alibaba Cloud CLI (aliyun) with your credentials. The machine has no role, no\n" +
      "secrets and no access to the cluster. It shuts down within an hour. The next drill deletes any machine left behind by\n" +
      "an interrupted drill. Run only one drill per stack at a time.",
    exitCodes:
      "0 if the restore succeeded; 1 if it failed; 2 if the command line is invalid, or if you do not confirm the drill; 130 if interrupted with Ctrl-C.",
    examples: [onCluster("--stack aws --yes")],
  }),
} as const;
