import type { GivenTo } from "../cli/commands.ts";

type Given = GivenTo<"init">;

/** An option of the command that is an answer. */
export type Key = Exclude<keyof Given, "force" | "cwd">;

/** Texts as they were typed. */
export type Answers = Readonly<Partial<Record<Key, string | undefined>>>;
