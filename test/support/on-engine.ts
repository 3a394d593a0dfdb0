import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cloud, type CloudOptions, startCloud } from "./cloud/server.ts";
import { type StackOptions, StackUnderTest } from "./stack.ts";

export interface OnEngine {
  readonly cloud: Cloud;
  readonly stack: StackUnderTest;
  readonly close: () => void;
}

/** For tests of what a whole run does in the cloud: a program that stays loaded, and a state that is written at the end. */
export const quick = { program: "loaded", checkpoints: "end" } as const;

/** A new stack for the real engine, on a stand-in cloud of its own. */
export async function startOnEngine(
  options: Omit<StackOptions, "cloud">,
  clouds: CloudOptions = {},
): Promise<OnEngine> {
  const directory = mkdtempSync(join(tmpdir(), "ams-cloud-"));
  const cloud = await startCloud(directory, clouds);
  let stack: StackUnderTest | undefined;
  const close = () => {
    stack?.remove();
    cloud.stop();
    rmSync(directory, { recursive: true });
  };
  try {
    stack = new StackUnderTest({ ...options, cloud });
    await stack.init();
    return { cloud, stack, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** The same for all tests of a block: made and prepared before the first of them, and gone after the last. */
export function onEngine(
  options: Omit<StackOptions, "cloud">,
  prepare: (on: OnEngine) => Promise<void>,
): Pick<OnEngine, "cloud" | "stack"> {
  let started: OnEngine | undefined;
  const on = (): OnEngine => {
    if (started === undefined) throw new Error("no stack before the block's first test");
    return started;
  };
  before(async () => {
    started = await startOnEngine(options);
    await prepare(started);
  });
  after(() => started?.close());
  return {
    get cloud() {
      return on().cloud;
    },
    get stack() {
      return on().stack;
    },
  };
}
