import assert from "node:assert/strict";
import type { Cloud as CloudName } from "../../../config/types.ts";
import { TimedOut } from "../cloud/half-done.ts";
import type { Cloud, Operation } from "../cloud/server.ts";
import { quick, startOnEngine } from "../on-engine.ts";
import { type Run, type StackUnderTest, succeeded } from "../stack.ts";
import { alibabaFailures } from "./alibaba.ts";
import { awsFailures } from "./aws.ts";
import { type Failure, hits } from "./failure.ts";
import { type Row, rows } from "./page.ts";

export const failuresOn: Readonly<Record<CloudName, readonly Failure[]>> = {
  aws: awsFailures,
  alibaba: alibabaFailures,
};

/** The one row of the page that has a failure's message. */
export function rowOf({ name, message }: Failure): Row {
  const found = rows.filter(({ pattern }) => pattern.test(message));
  const [row] = found;
  const told = `${found.length} rows of docs/troubleshooting.md for ${name}: ${message}`;
  assert.ok(row !== undefined && found.length === 1, told);
  return row;
}

/** A fresh account's stack that meets failures, each of them once, and a person who does what the page says. */
export class Rehearsal {
  readonly #name: CloudName;
  readonly #waiting: Set<Failure>;
  /** Of the run that is under way. */
  readonly #met: Failure[] = [];
  #stack: StackUnderTest | undefined;
  #cloud: Cloud | undefined;
  #close: (() => void) | undefined;

  private constructor(name: CloudName, failures: readonly Failure[]) {
    this.#name = name;
    this.#waiting = new Set(failures);
  }

  static async start(name: CloudName, failures: readonly Failure[]): Promise<Rehearsal> {
    const one = new Rehearsal(name, failures);
    const hooks = {
      onOperation: (operation: Operation) => one.#onOperation(operation),
      onConfiguration: (provider: string, step: "check" | "configure") => one.#onConfiguration(provider, step),
    };
    const { stack, cloud, close } = await startOnEngine({ stack: name, ...quick }, hooks);
    one.#stack = stack;
    one.#cloud = cloud;
    one.#close = close;
    return one;
  }

  close(): void {
    this.#close?.();
  }

  get standing(): number {
    return this.#cloud?.standing().length ?? 0;
  }

  /** What no run has met yet. */
  get waiting(): readonly Failure[] {
    return [...this.#waiting];
  }

  /** Those whose cause is the stack's own settings: refused, and then mended as the page says. */
  async meetSettings(): Promise<void> {
    for (const failure of this.waiting) {
      if (!("command" in failure.at)) continue;
      this.#meet(failure);
      succeeded(await this.stack.run([...failure.at.command, "--stack", this.#name]));
      await this.#judge(await this.stack.up());
    }
  }

  /** An `up` that meets a failure or more; each is printed as the page has it, and followed by what the page says. */
  async meetSome(...flags: readonly string[]): Promise<Run> {
    this.#met.length = 0;
    const run = await this.stack.up(...flags);
    await this.#judge(run);
    return run;
  }

  async isWhole(): Promise<void> {
    this.#met.length = 0;
    succeeded(await this.stack.up());
    assert.deepEqual([...this.#met, ...this.#waiting], []);
  }

  get stack(): StackUnderTest {
    assert.ok(this.#stack);
    return this.#stack;
  }

  async #judge(run: Run): Promise<void> {
    assert.notEqual(run.code, 0, run.text);
    assert.ok(this.#met.length > 0, run.text);
    for (const failure of this.#met)
      assert.match(run.text, rowOf(failure).pattern, `${failure.name} is printed as the page has it`);
    for (const failure of this.#met) await this.#follow(rowOf(failure).commands);
    this.#met.length = 0;
  }

  /** All but the next `up`. */
  async #follow(commands: readonly string[]): Promise<void> {
    for (const command of commands) {
      const [, ...words] = command.split(" ");
      if (words[0] === "refresh") succeeded(await this.stack.refresh());
      else if (words[0] !== "up") succeeded(await this.stack.run([...words, "--stack", this.#name]));
    }
  }

  #meet(failure: Failure): string {
    this.#waiting.delete(failure);
    this.#met.push(failure);
    return failure.message;
  }

  /** A resource that has several failures fails anew in the next run. */
  #onOperation(operation: Operation): void {
    if (operation.kind !== "create") return;
    const failure = this.waiting.find((one) => hits(one, operation));
    if (failure === undefined || !("type" in failure.at)) return;
    const isStanding = failure.at.standing === true;
    if (isStanding !== (operation.phase === "after")) return;
    throw isStanding ? new TimedOut(this.#meet(failure)) : new Error(this.#meet(failure));
  }

  #onConfiguration(provider: string, step: "check" | "configure"): string | undefined {
    if (provider !== { aws: "aws", alibaba: "alicloud" }[this.#name]) return undefined;
    const failure = this.waiting.find(({ at }) => "provider" in at && at.provider === step);
    return failure === undefined ? undefined : this.#meet(failure);
  }
}
