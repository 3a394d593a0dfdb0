import { readFileSync } from "node:fs";
import { UsageError } from "../plan/arguments.ts";
import type { Named } from "./deployment.ts";
import { namesOf } from "./names.ts";
import { trusting, type Wire } from "./wire.ts";

/** What the commands for a deployed cluster share on their command lines. */
export const liveOptions = {
  stack: { type: "string" },
  outputs: { type: "string" },
  secret: { type: "string" },
  app: { type: "string", default: "live" },
  ca: { type: "string" },
  from: { type: "string" },
  resolve: { type: "string", multiple: true },
  dns: { type: "string", multiple: true },
  json: { type: "boolean", default: false },
  cwd: { type: "string", short: "C" },
  help: { type: "boolean", short: "h", default: false },
} as const;

export interface LiveValues {
  readonly stack?: string | undefined;
  readonly outputs?: string | undefined;
  readonly ca?: string | undefined;
  readonly from?: string | undefined;
  readonly resolve?: readonly string[] | undefined;
  readonly dns?: readonly string[] | undefined;
  readonly cwd?: string | undefined;
}

export const liveHelp = `  --stack STACK        the deployed stack; its outputs come from \`pulumi stack output\`, its groups from its file
  --outputs FILE       outputs from a file instead of Pulumi: pulumi stack output --json --show-secrets > FILE
  --app APP            the application that receives streams; default: live`;

export const wireHelp = `  --ca FILE            additional trusted certificate authority, as PEM
  --resolve HOST=ADDR  an address for a name, as in curl, until DNS records exist; may be given again
  --dns ADDR[:PORT]    query this DNS server; may be given again
  --from ADDR          source address on this machine
  --json               one JSON object and nothing else (npm run --silent ...)
  -C, --cwd DIR        directory of the stack files
  -h, --help           this text`;

export function namedBy({ stack, outputs, cwd }: LiveValues, own: string): Named {
  if (stack === undefined && outputs === undefined)
    throw new UsageError("which cluster? --stack NAME or --outputs FILE");
  return { stack, outputs, directory: cwd ?? own };
}

export function wireBy({ ca, from, resolve = [], dns = [] }: LiveValues, timeoutMilliseconds: number): Wire {
  const fixed = new Map(
    resolve.map((text) => {
      const [, host, address] = /^([^=]+)=([0-9a-f.:]+)$/i.exec(text) ?? [];
      if (host === undefined || address === undefined)
        throw new UsageError(`--resolve ${text}: give it as HOST=ADDRESS`);
      return [host, address] as const;
    }),
  );
  const pem = textOf(ca);
  const trust = pem === undefined ? undefined : trusting(pem);
  return { names: namesOf({ servers: dns, fixed }), trust, from, timeoutMilliseconds };
}

function textOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`--ca ${file}: can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A whole number within bounds. */
export function wholeNumber(
  flag: string,
  text: string | undefined,
  usual: number,
  least: number,
  most: number,
): number {
  const value = text === undefined ? usual : Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(`--${flag}: got ${text}; allowed: a whole number from ${least} to ${most}`);
}
