import { parseChange } from "../stack-file/config-path.ts";
import { flag, list, type Options, value } from "./options.ts";
import type { Spec } from "./run.ts";

/** Keeps the options' types, which the command's module gets. */
export const command = <O extends Options>(row: Spec<O>): Spec<O> => row;

export const cwd = { cwd: { ...value("dir", "directory that contains the stack files", String, "."), short: "-C" } };
export const json = { json: flag("print only a JSON object; to suppress npm's own output, use npm run --silent") };
export const config = {
  config: list(
    "key=value",
    "try a change without editing the stack file; the syntax is that of `pulumi config set --path`. " +
      "Example keys: origin.max, ams:network.zones[2], aws:region. " +
      "The value null removes the key, JSON sets a list or an object, and placeholder stands for a secret",
    parseChange,
  ),
};
