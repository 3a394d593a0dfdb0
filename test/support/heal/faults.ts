import { TimedOut } from "../cloud/half-done.ts";
import type { Operation } from "../cloud/server.ts";

/**
 * What may happen to a resource operation: refused by the cloud; done, with its answer lost on the way; done, with the
 * provider tired of waiting for it; or the engine killed before and after the cloud did it.
 */
export const faultKinds = ["refused", "lost", "timed-out", "killed-before", "killed-after"] as const;
export type FaultKind = (typeof faultKinds)[number];

export type Phase = Operation["kind"];

export interface Fault {
  readonly kind: FaultKind;
  readonly urn: string;
  readonly phase: Phase;
}

const when: Readonly<Record<FaultKind, Operation["phase"]>> = {
  refused: "before",
  lost: "after",
  "timed-out": "after",
  "killed-before": "before",
  "killed-after": "after",
};

export interface Plan {
  readonly phase: Phase;
  /** Taken in turn, one for each operation. */
  readonly kinds: readonly FaultKind[];
  /** Every how manyth operation is hit; 1: each of them, once. */
  readonly every: number;
}

/** Hits one operation in each run; an operation that was hit or passed once is left alone from then on. */
export class Injector {
  private plan: Plan | undefined;
  private readonly kill: () => Promise<void>;
  private readonly seen = new Map<string, Fault | undefined>();
  private hit: Fault | undefined;

  constructor(kill: () => Promise<void>) {
    this.kill = kill;
  }

  /** Begins with a new phase; nothing is hit without a plan. */
  arm(plan: Plan | undefined): void {
    this.plan = plan;
    this.seen.clear();
    this.hit = undefined;
  }

  /** Begins a run. */
  begin(): void {
    this.hit = undefined;
  }

  /** What was hit in this run. */
  get fault(): Fault | undefined {
    return this.hit;
  }

  /** Operations of the phase until now. */
  get operations(): number {
    return this.seen.size;
  }

  async onOperation(operation: Operation): Promise<void> {
    const { plan } = this;
    if (plan === undefined || operation.kind !== plan.phase) return;
    if (!this.seen.has(operation.urn)) this.choose(plan, operation.urn);
    const fault = this.seen.get(operation.urn);
    if (fault === undefined || fault !== this.hit || when[fault.kind] !== operation.phase) return;
    this.seen.set(operation.urn, undefined);
    if (fault.kind.startsWith("killed")) await this.kill();
    if (fault.kind === "timed-out") throw new TimedOut("timeout while waiting for state to become 'available'");
    throw new Error(fault.kind === "lost" ? "read tcp: connection reset by peer" : "RequestLimitExceeded");
  }

  private choose({ phase, kinds, every }: Plan, urn: string): void {
    const at = this.seen.size;
    const kind = kinds[Math.floor(at / every) % kinds.length];
    const isDue = this.hit === undefined && kind !== undefined && at % every === 0;
    if (isDue) this.hit = { kind, urn, phase };
    this.seen.set(urn, isDue ? this.hit : undefined);
  }
}
