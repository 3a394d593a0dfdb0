import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Cloud } from "../cloud/server.ts";
import { isKept } from "../kept.ts";
import { type Run, type StackUnderTest, succeeded } from "../stack.ts";
import type { Fault, Injector, Plan } from "./faults.ts";
import { hasBody, leftovers, recover, stateOf } from "./operator.ts";

/** Seen nowhere but in the cloud's own secret store. */
export const panelPassword = "CanaryCanaryCanaryCanary27";

export interface Counts {
  /** Resource operations of the phase. */
  readonly operations: number;
  readonly survived: readonly Fault[];
}

/** A stack whose operations fail one after the other; each failure is followed by what the operator does, and the next run. */
export class Patient {
  readonly stack: StackUnderTest;
  readonly cloud: Cloud;
  private readonly injector: Injector;
  private readonly printed: string[] = [];

  constructor(stack: StackUnderTest, cloud: Cloud, injector: Injector) {
    this.stack = stack;
    this.cloud = cloud;
    this.injector = injector;
  }

  /** Runs `perform` until nothing is left to fail; `told` hears of each that was survived. */
  async survive(plan: Plan, perform: () => Promise<Run>, told: (survived: number) => void = () => {}): Promise<Counts> {
    const survived: Fault[] = [];
    this.injector.arm(plan);
    for (;;) {
      this.injector.begin();
      const run = this.seen(await perform());
      const { fault } = this.injector;
      if (fault === undefined) {
        succeeded(run);
        break;
      }
      assert.notEqual(run.code, 0, `${fault.kind} ${fault.urn} went unnoticed`);
      await this.recover(fault);
      survived.push(fault);
      told(survived.length);
    }
    const { operations } = this.injector;
    this.injector.arm(undefined);
    return { operations, survived };
  }

  /** A further run has nothing to do; the cloud and the state hold the same, each thing once. */
  async isWhole(): Promise<void> {
    assert.deepEqual(this.seen(succeeded(await this.stack.up("--expect-no-changes"))).steps, []);
    const orphans = leftovers(this.stack, this.cloud)
      .filter(hasBody)
      .map(({ type, id }) => `${type} ${id}`);
    assert.deepEqual(orphans, [], "orphans");
    const { resources = [], pending_operations: pending = [] } = stateOf(this.stack);
    assert.deepEqual(pending, []);
    const standing = new Set(this.cloud.standing().map(({ type, id }) => `${type} ${id}`));
    const bodies = resources.filter(({ type, id }) => id !== undefined && /^(aws|alicloud):/.test(type));
    assert.deepEqual(
      bodies.filter(({ type, id }) => !standing.has(`${type} ${id}`)).map(({ urn }) => urn),
      [],
      "in the state alone",
    );
    const urns = this.cloud
      .standing()
      .filter(hasBody)
      .map(({ urn }) => urn);
    assert.deepEqual(
      urns.filter((urn, at) => urns.indexOf(urn) !== at),
      [],
      "doubled",
    );
  }

  isGone(): void {
    const left = this.cloud.standing().filter((one) => hasBody(one) && !isKept(one));
    assert.deepEqual(left, []);
  }

  /** No secret in anything that was printed, in the state, or in the backend's files. */
  async keptItsSecrets(): Promise<void> {
    const passwords = this.cloud.store("random").all();
    const secrets = [panelPassword, ...passwords.map(({ outputs }) => String(outputs["result"]))];
    const shown = new Set<string>();
    const look = (text: string) => {
      for (const secret of secrets) if (text.includes(secret)) shown.add(secret);
    };
    for (const text of [...this.printed, await this.stack.exported()]) look(text);
    // One by one: the histories of a long sweep are more than one text can hold.
    for (const path of filesIn(this.stack.file("backend"))) look(readFileSync(path, "utf8"));
    assert.deepEqual([...shown], []);
  }

  private async recover(fault: Fault): Promise<void> {
    try {
      for (const one of await recover(fault, this.stack, this.cloud)) this.seen(one);
    } catch (cause) {
      throw new Error(`no way back after ${fault.phase} ${fault.kind} ${fault.urn}`, { cause });
    }
  }

  private seen(run: Run): Run {
    this.printed.push(run.text);
    return run;
  }
}

function filesIn(directory: string): readonly string[] {
  const paths = readdirSync(directory, { recursive: true, encoding: "utf8" }).map((name) => join(directory, name));
  return paths.filter((path) => statSync(path).isFile());
}

/** One operation at a time, so that each can fail on its own. */
export const oneByOne = ["--parallel", "1"] as const;
