import { isIP } from "node:net";
import { parseArgs } from "node:util";
import { type LiveValues, liveHelp, liveOptions, wholeNumber, wireHelp } from "../live/arguments.ts";
import { loginHelp } from "../live/secret.ts";
import { UsageError } from "../plan/arguments.ts";

export const help = `Checks a deployed cluster from outside and, from an admin's address, through AMS's own REST.

Usage: npm run verify -- --stack STACK [options]
       npm run verify -- --outputs FILE [--stack STACK] [options]

${liveHelp}
${loginHelp}
  --stranger           this machine is outside ams:access.adminCidrs: expects the panel to be blocked
  --machine ADDR       a machine's own public address, to check that its internal ports are closed; may be given again
  --no-publish         send no test stream
  --only ID[,ID...]    only these checks, by id or prefix
  --days N             minimum validity of a certificate, in days; default: 14
  --timeout SECONDS    for all checks together, at most 600; default: 120
  --strict             checks that did not run count as failed
${wireHelp}

Exit code: 0 all that ran is ok, 1 a check failed, 2 the command line, the outputs or the secret can't be read.
`;

export interface Arguments {
  readonly help: boolean;
  readonly json: boolean;
  readonly strict: boolean;
  readonly live: LiveValues;
  readonly app: string;
  readonly secret: string | undefined;
  readonly stranger: boolean;
  readonly publish: boolean;
  readonly machines: readonly string[];
  readonly only: readonly string[];
  readonly leastDays: number;
  readonly totalSeconds: number;
}

const options = {
  ...liveOptions,
  stranger: { type: "boolean", default: false },
  strict: { type: "boolean", default: false },
  "no-publish": { type: "boolean", default: false },
  machine: { type: "string", multiple: true },
  only: { type: "string" },
  days: { type: "string" },
  timeout: { type: "string" },
} as const;

export function parseArguments(words: readonly string[]): Arguments {
  const { values } = parseArgs({ args: [...words], options });
  const machines = values.machine ?? [];
  const bad = machines.find((address) => isIP(address) === 0);
  if (bad !== undefined) throw new UsageError(`--machine ${bad}: give it as an IP address`);
  if (!/^[\w-]+$/.test(values.app))
    throw new UsageError(`--app ${values.app}: give it as the application's name, such as live`);
  return {
    ...{ help: values.help, json: values.json, strict: values.strict, stranger: values.stranger },
    ...{ live: values, app: values.app, secret: values.secret, machines },
    publish: !values["no-publish"],
    only: values.only === undefined ? [] : values.only.split(","),
    leastDays: wholeNumber("days", values.days, 14, 0, 365),
    totalSeconds: wholeNumber("timeout", values.timeout, 120, 5, 600),
  };
}
