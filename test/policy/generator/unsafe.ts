import type { Kind } from "./kind.ts";
import { keepingKinds } from "./kinds-keeping.ts";
import { reachKinds } from "./kinds-reach.ts";

/** All of the oracle; the first row that fits a property counts. */
export const kinds: readonly Kind[] = [...reachKinds, ...keepingKinds];
