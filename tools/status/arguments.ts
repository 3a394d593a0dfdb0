import { parseArgs } from "node:util";
import { type LiveValues, liveHelp, liveOptions, wholeNumber, wireHelp } from "../live/arguments.ts";
import { loginHelp } from "../live/secret.ts";

export const help = `Shows a deployed cluster's nodes, streams and versions, through AMS's own REST.

Usage: npm run status -- --stack STACK --secret FILE [options]

${liveHelp}
${loginHelp}
  --lines FILE         lines of the machines' log: whose applications start, are late or do not start, and why; the command that
                       saves them is among what \`status\` prints; - reads them from the input
  --watch              repeats until Ctrl-C
  --every SECONDS      with --watch, 5 to 300; default: 10
${wireHelp}

Exit code: 0 nothing is wrong, 1 something is or AMS can't be asked, 2 the command line, the outputs or the secret can't be read.
`;

export interface Arguments {
  readonly help: boolean;
  readonly json: boolean;
  readonly watch: boolean;
  readonly everySeconds: number;
  readonly live: LiveValues;
  readonly app: string;
  readonly secret: string | undefined;
  readonly lines: string | undefined;
}

const options = {
  ...liveOptions,
  lines: { type: "string" },
  watch: { type: "boolean", default: false },
  every: { type: "string" },
} as const;

export function parseArguments(words: readonly string[]): Arguments {
  const { values } = parseArgs({ args: [...words], options });
  return {
    ...{ help: values.help, json: values.json, watch: values.watch, live: values, app: values.app },
    ...{ secret: values.secret, lines: values.lines },
    everySeconds: wholeNumber("every", values.every, 10, 5, 300),
  };
}
