import type { Step } from "../support/stack.ts";

/** Type and name of what a run did this to. */
export const named = (steps: readonly Step[], op: Step["op"]): readonly string[] =>
  steps.filter((step) => step.op === op).map(({ type, name }) => `${type.split(":").pop()} ${name}`);
