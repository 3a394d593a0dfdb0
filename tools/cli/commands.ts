import { deployedCommands } from "./deployed.ts";
import { offlineCommands } from "./offline.ts";
import type { Given } from "./options.ts";

/** The one table of what an operator can run: parser, help and documentation come from it. */
export const commands = { ...offlineCommands, ...deployedCommands } as const;

export type CommandName = keyof typeof commands;

/** The values of a command's options. */
export type GivenTo<N extends CommandName> = Given<(typeof commands)[N]["options"]>;
