import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { type Fault, isSecretText, show } from "../fault.ts";
import { removePath, shellWord } from "../remedy/command.ts";
import type { Sections, SetupScript } from "../types.ts";

const path = "ams:machines.setup";

/** Far more than a script that installs an agent needs; with it an archive stays below the bootstrap's limit. */
export const maxSetupBytes = 64 * 1024;

interface ReadSetup {
  readonly faults: readonly Fault[];
  /** There only without faults. */
  readonly script?: SetupScript;
}

/** The operator's script, which is part of the configuration as an uploaded certificate is. */
export function readSetup(machines: Sections["machines"] | undefined, directory = "."): ReadSetup {
  if (machines?.setup === undefined) return { faults: [] };
  const { setup, setupMinutes } = machines;
  const file = resolve(directory, setup);
  const refuse = (got: string, allowed: string, fix = removePath(path)): ReadSetup => ({
    faults: [{ path, got: `${show(setup)}, ${got}`, allowed, fix }],
  });
  const size = sizeOf(file);
  if (size === undefined)
    return refuse(
      `which is not a file in ${resolve(directory)}`,
      "the path of an existing file, relative to the stack file's folder",
    );
  if (size > maxSetupBytes)
    return refuse(
      `whose size is ${size} bytes`,
      `at most ${maxSetupBytes} bytes; the script can download larger files`,
    );
  const bytes = readFileSync(file);
  const text = bytes.toString("utf8");
  if (text.includes("\0") || !Buffer.from(text).equals(bytes))
    return refuse("which is not UTF-8 text", "a script encoded in UTF-8");
  const word = shellWord(setup);
  if (!/^#! *\/\S/.test(text))
    return refuse(
      "whose first line does not specify an interpreter",
      "a script that starts with an interpreter line such as #!/bin/sh",
      `Add the line with: printf '#!/bin/sh\\n' | cat - ${word} > ${word}.new && mv ${word}.new ${word}`,
    );
  if (text.includes("\r"))
    return refuse(
      "which has Windows line endings",
      "Linux line endings, because Linux would treat the carriage return as part of the interpreter name",
      `Convert them with: tr -d '\\r' < ${word} > ${word}.new && mv ${word}.new ${word}`,
    );
  if (isSecretText(text))
    return refuse(
      "which contains a private key or a password",
      "a script without secrets, because the script is readable in the stack's state and bucket. The script can use the machine's role to read secrets",
    );
  return { faults: [], script: { path: setup, text: text.endsWith("\n") ? text : `${text}\n`, minutes: setupMinutes } };
}

function sizeOf(file: string): number | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : undefined;
}
