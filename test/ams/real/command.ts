import { run } from "../../machine/rig.ts";

/** A command that has to succeed. */
export function must(command: string, words: readonly string[]): void {
  const done = run(command, words);
  if (done.status !== 0) throw new Error(`${command} ${words.join(" ")}: ${done.all.trim()}`);
}
