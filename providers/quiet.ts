import * as pulumi from "@pulumi/pulumi";

/**
 * The SDK takes a stack trace for each resource and each of its outputs, and, for each resource, lifts the limit and
 * formats the whole stack: a quarter of a preview's CPU and of what it holds. V8 takes none where the limit is an accessor,
 * whatever is written to it. An error is then printed without its place. Gives back what undoes it.
 */
export function withoutTraces(): () => void {
  const limit = { value: Error.stackTraceLimit, writable: true };
  Object.defineProperty(Error, "stackTraceLimit", { get: () => 0, set: () => undefined, configurable: true });
  return () => void Object.defineProperty(Error, "stackTraceLimit", limit);
}

/** The SDK calls the engine three times for each resource to say that it registers it, which only `--debug` shows. */
export function withoutDebugMessages(): void {
  Object.assign(pulumi.log, { debug: () => Promise.resolve() });
}
