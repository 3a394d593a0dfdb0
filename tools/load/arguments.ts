import { parseArgs } from "node:util";
import { type LiveValues, liveHelp, liveOptions, wholeNumber, wireHelp } from "../live/arguments.ts";
import { loginHelp } from "../live/secret.ts";
import { UsageError } from "../plan/arguments.ts";

/** More would test this machine and not the cluster; for more, run it on several machines. */
export const most = { publishers: 50, viewers: 500, seconds: 600, kbps: 8000 } as const;

export const help = `Publishes test streams by RTMP, plays them, and reports start-up times and failures.

Usage: npm run load -- --stack STACK --publishers N --viewers N [options]

  --publishers N       streams, 1 to ${most.publishers}; each is an ffmpeg on this machine
  --viewers N          viewers, 0 to ${most.viewers}, spread over the streams
  --by KIND            hls, websocket (AMS's signalling up to its offer; no media), or both; default: hls
  --seconds N          how long viewers watch, 5 to ${most.seconds}; default: 30
  --ramp SECONDS       time in which all viewers connect; default: a third of --seconds
  --bitrate KBPS       of each stream's picture, 100 to ${most.kbps}; default: 800
  --yes                do not ask for confirmation if the target is another machine
${liveHelp}
${loginHelp};
                       adds the node of each stream, as reported by AMS
${wireHelp}

Exit code: 0 nothing failed, 1 something did, 2 the command line, the outputs or the secret can't be read, or the
confirmation is missing, 130 Ctrl-C (processes that were started end first).
`;

export type ViewerKind = "hls" | "websocket";

export interface Arguments {
  readonly help: boolean;
  readonly json: boolean;
  readonly yes: boolean;
  readonly publishers: number;
  readonly viewers: number;
  readonly kinds: readonly ViewerKind[];
  readonly seconds: number;
  readonly rampSeconds: number;
  readonly kbps: number;
  readonly live: LiveValues;
  readonly app: string;
  readonly secret: string | undefined;
}

const options = {
  ...liveOptions,
  publishers: { type: "string" },
  viewers: { type: "string" },
  by: { type: "string", default: "hls" },
  seconds: { type: "string" },
  ramp: { type: "string" },
  bitrate: { type: "string" },
  yes: { type: "boolean", default: false },
} as const;

const kindsOf: Readonly<Record<string, readonly ViewerKind[]>> = {
  hls: ["hls"],
  websocket: ["websocket"],
  both: ["hls", "websocket"],
};

export function parseArguments(words: readonly string[]): Arguments {
  const { values } = parseArgs({ args: [...words], options });
  const kinds = kindsOf[values.by];
  if (kinds === undefined) throw new UsageError(`--by ${values.by}: allowed: ${Object.keys(kindsOf).join(", ")}`);
  const seconds = wholeNumber("seconds", values.seconds, 30, 5, most.seconds);
  return {
    ...{ help: values.help, json: values.json, yes: values.yes, live: values, app: values.app },
    ...{ secret: values.secret, kinds, seconds },
    publishers: wholeNumber("publishers", values.publishers, 1, 1, most.publishers),
    viewers: wholeNumber("viewers", values.viewers, 1, 0, most.viewers),
    rampSeconds: wholeNumber("ramp", values.ramp, Math.floor(seconds / 3), 0, seconds),
    kbps: wholeNumber("bitrate", values.bitrate, 800, 100, most.kbps),
  };
}
