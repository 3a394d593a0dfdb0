import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Files that commands read from, with what stands for their text. */
const files = ["fullchain.pem", "ca.pem", "key.pem", "global-bundle.pem"];
export const fileText = (file: string): string => `text of ${file}`;

export type Shell = "bash" | "zsh";

/** The calls of `pulumi` that each line makes when it is pasted into the shell, by the words that arrive. */
export function callsIn(shell: Shell, lines: readonly string[]): readonly (readonly (readonly string[])[])[] {
  const directory = mkdtempSync(join(tmpdir(), "mistakes-"));
  try {
    for (const file of files) writeFileSync(join(directory, file), fileText(file));
    const script = [
      "pulumi() { printf '%s\\x1f' \"$@\"; printf '\\x1e'; }",
      ...lines.flatMap((line) => [line, "printf '\\x1d'"]),
    ];
    const { status, stdout, stderr, error } = spawnSync(shell, ["-s"], {
      input: script.join("\n"),
      cwd: directory,
      env: { PATH: process.env["PATH"], HOME: directory },
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    if (status !== 0 || stderr !== "") throw new Error(`${shell}: ${status} ${error?.message ?? ""} ${stderr}`);
    const texts = stdout.split("\x1d").slice(0, -1);
    if (texts.length !== lines.length) throw new Error(`${shell}: ${texts.length} of ${lines.length} lines ran`);
    return texts.map((text) =>
      text
        .split("\x1e")
        .slice(0, -1)
        .map((call) => call.split("\x1f").slice(0, -1)),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}
