import * as pulumi from "@pulumi/pulumi";

/**
 * The SDK takes a stack trace for each resource and each of its outputs, and, for each resource, lifts the limit and
 * formats the whole stack: a quarter of a preview's CPU and of what it holds. An error is then printed without its place.
 * Gives back what undoes it.
 */
export function withoutTraces(): () => void {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = 0;
  Error.prepareStackTrace = (error) => String(error);
  return () => void Object.assign(Error, { stackTraceLimit, prepareStackTrace });
}

/** The SDK calls the engine three times for each resource to say that it registers it, which only `--debug` shows. */
export function withoutDebugMessages(): void {
  Object.assign(pulumi.log, { debug: () => Promise.resolve() });
}
