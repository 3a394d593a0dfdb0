import type { Exception } from "../../config/types.ts";
import { type Judgement, review } from "../../policy/index.ts";
import type { RecordedResource } from "../../recording/record.ts";

/** What the policy's rules find in a recording, and what the stack's exceptions let pass. */
export const findingsOn = (resources: readonly RecordedResource[], exceptions: readonly Exception[]): Judgement =>
  review(
    resources.filter(({ custom }) => custom).map(({ type, name, urn, inputs }) => ({ type, name, urn, props: inputs })),
    exceptions,
  );
