import type { Cloud } from "../../../config/types.ts";

/** A change that a runbook names, as one `pulumi up`. */
export interface Change {
  /** Page and heading in docs/. */
  readonly runbook: string;
  readonly does: string;
  /** Where it is done; on both clouds, unless said. */
  readonly on?: Cloud;
  readonly set?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly rm?: readonly string[];
  readonly targets?: string;
  /** What the update may touch at most, as "operation Type name"; whatever, unless said. */
  readonly touches?: RegExp;
  /** What it has to touch. */
  readonly has?: RegExp;
  /** What holds data and goes by it, or is replaced. */
  readonly loses?: RegExp;
  /** What the refusal says, where the runbook says that it is refused. */
  readonly refused?: RegExp;
}

/** What is true of an update that makes no machine anew. */
export const nothingRolls = /^(?!\S+ (Ecs)?LaunchTemplate )/;
