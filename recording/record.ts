import { setImmediate as macrotask } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "../config/fault.ts";
import type { RawConfig } from "../config/raw.ts";
import { secretKeys } from "../model/cluster.ts";
import type { Secrets } from "../providers/contract.ts";
import { check, loadAdapter, render as renderChecked } from "../providers/index.ts";
import { withoutTraces } from "../providers/quiet.ts";
import type { Outputs } from "../providers/stack-outputs.ts";
import { RecordingMonitor } from "./monitor.ts";
import { type Lookup, Recorder } from "./recorder.ts";
import type { RecordedResource } from "./resource.ts";
import type { Value } from "./value.ts";

export { loadAdapter } from "../providers/index.ts";
export type { Lookup } from "./recorder.ts";
export type { RecordedResource } from "./resource.ts";
export { type Origin, Secret, Unknown, type Value } from "./value.ts";

/** Everything that a program registered, in the order in which it made it; without the stack's own resource. */
export interface Recording {
  readonly resources: readonly RecordedResource[];
  readonly outputs: Readonly<Record<string, Value>>;
  /** Outputs that components registered, by URN. */
  readonly componentOutputs: ReadonlyMap<string, Readonly<Record<string, Value>>>;
  /** Names of what a type takes and gives, such as `tags`. */
  readonly propertiesOf: (type: string) => ReadonlySet<string>;
  readonly lookups: readonly Lookup[];
  readonly warnings: readonly string[];
}

export interface RecordOptions {
  /** Records as a preview does: what isn't known yet stays unknown and nothing computed from it runs. @default false */
  readonly preview?: boolean;
}

/** What a program gets to know about where it runs. */
export interface Frame extends RecordOptions {
  readonly stack: string;
  /** @default "ams" */
  readonly project?: string;
}

/** Renders a configuration with no account, no CLI and no network. Throws the program's ConfigError. */
export async function record(raw: RawConfig, options: RecordOptions = {}): Promise<Recording> {
  // Before the stack traces are off: tsx asks them who imports, and without an answer takes ESM for CommonJS.
  await loadAdapter(raw);
  return recordProgram({ ...options, stack: raw.stack }, async (hidden) => renderCluster(raw, toSecrets(raw, hidden)));
}

/** The program's own part of a recording. Throws the program's ConfigError. */
export function renderCluster(raw: RawConfig, secrets: Secrets): Outputs {
  return renderChecked(check(raw), secrets).outputs;
}

function toSecrets(raw: RawConfig, hidden: (key: string) => string): Secrets {
  const entries = secretKeys
    .filter((key) => key in raw.secrets)
    .map((key) => [key, pulumi.secret(raw.secrets[key] ?? hidden(`ams:${key}`))] as const);
  return Object.fromEntries(entries);
}

type Program = (hidden: (key: string) => string) => Promise<object>;

let last: Promise<unknown> = Promise.resolve();

/** Records any program. The runtime's state is the process's, so that recordings wait for each other. */
export function recordProgram(frame: Frame, program: Program): Promise<Recording> {
  const next = last.then(() => renderFast(frame, program));
  last = next.catch(() => undefined);
  return next;
}

/**
 * Pulumi captures a stack trace for each output and resource, which costs more than all the rest, so there is none.
 * A program that fails by a mistake of its own runs once more, to say where.
 */
async function renderFast(frame: Frame, program: Program): Promise<Recording> {
  const run = () => render(frame, program);
  const withTraces = withoutTraces();
  try {
    return await run();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
  } finally {
    withTraces();
  }
  return run().catch(throwWithStack);
}

/** Node formats a stack when somebody reads it first, by which time the next recording may have switched stacks off. */
function throwWithStack(error: unknown): never {
  if (error instanceof Error) void error.stack;
  throw error;
}

async function render(frame: Frame, program: Program): Promise<Recording> {
  const { project = "ams", stack, preview = false } = frame;
  const recorder = new Recorder(preview);
  const warnings: string[] = [];
  const giveBack = takeConsole(warnings);
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => void failures.push(error);
  pulumi.runtime.setMockOptions(new RecordingMonitor(recorder), project, stack, preview);
  // What fails within an apply reaches nobody else.
  process.on("unhandledRejection", onFailure);
  try {
    await pulumi.runtime.runInPulumiStack(async () => {
      pulumi.runtime.registerStackTransformation(recorder.transformation);
      return program((key) => recorder.hidden(key)).catch(onFailure);
    });
    await allRegistered(recorder);
  } finally {
    process.off("unhandledRejection", onFailure);
    giveBack();
  }
  if (failures.length > 0) throw failures[0];
  return {
    resources: recorder.resources(),
    outputs: recorder.stackOutputs(),
    componentOutputs: recorder.outputs,
    propertiesOf: (type) => recorder.propertiesOf(type),
    lookups: recorder.lookups,
    warnings,
  };
}

/** Until all that was constructed is registered, and what runs upon the answers has constructed no more. */
async function allRegistered(recorder: Recorder): Promise<void> {
  let before: number;
  do {
    before = recorder.constructed;
    await pulumi.runtime.disconnect();
    await macrotask();
  } while (recorder.constructed > before);
}

/** Without an engine the program's log goes to the console, where it would mix with what a tool prints. */
function takeConsole(warnings: string[]): () => void {
  const { log, warn } = console;
  console.log = () => undefined;
  console.warn = (message: unknown) => void warnings.push(String(message).replace("warning: [runtime] ", ""));
  return () => Object.assign(console, { log, warn });
}
