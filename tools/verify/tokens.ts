import { stepInto } from "../../config/remedy/command.ts";
import { streamToken } from "../applications/token.ts";
import { type Deployment, secretPipe } from "../live/deployment.ts";
import type { Tokens } from "./check.ts";

/** For longer than all checks take. */
const seconds = 3600;

/** By the stack file: outputs alone do not say who needs a token. */
export function tokensOf(deployment: Deployment, app: string, key: string | undefined): Tokens {
  const application = deployment.cluster?.applications?.[app];
  return (type, stream) => {
    const access = application?.[type] ?? "open";
    if (access === "open") return undefined;
    const path = `${stepInto("ams:applications", app)}.${type}`;
    if (access !== "jwt") return { why: `${path} is ${access}, and only AMS can create one-time tokens` };
    if (key === undefined)
      return {
        why: `${path} is jwt, and no signing key was supplied. To supply it, run: ${secretPipe(deployment, "verify")}`,
      };
    return streamToken(key, { stream, type, expires: Math.floor(Date.now() / 1000) + seconds });
  };
}
