import type { Cloud } from "../../../config/types.ts";
import type { Change } from "./change.ts";
import { databaseChanges } from "./database.ts";
import { mediaChanges } from "./media.ts";

/** In the order in which they are done: each on the stack that the ones before it left. */
export const changesOf = (cloud: Cloud): readonly Change[] =>
  [...mediaChanges(cloud), ...databaseChanges(cloud)].filter(({ on }) => on === undefined || on === cloud);
