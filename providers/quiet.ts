import * as pulumi from "@pulumi/pulumi";

/**
 * Runs what makes the program's own resources, at once, without what the SDK does for each that nobody asks for: half of a
 * preview's CPU (docs/speed.md). No other resource is touched: whatever else a program makes, before or after, is as ever.
 * Where the SDK has changed, it does what it does. AMS_DEBUG has it all.
 */
export function quietly<T>(make: () => T): T {
  if (process.env["AMS_DEBUG"] !== undefined) return make();
  const ended = [withoutTraces(), withoutDebugMessages()];
  leaveUnreadTraces();
  try {
    return make();
  } finally {
    for (const end of ended) end();
  }
}

/**
 * The SDK takes a stack trace for each resource and each of its outputs, and, for each resource, lifts the limit and
 * formats the whole stack. V8 takes none where the limit is an accessor, whatever is written to it. An error is then
 * printed without its place. Gives back what undoes it.
 */
export function withoutTraces(): () => void {
  const limit = Object.getOwnPropertyDescriptor(Error, "stackTraceLimit");
  if (limit?.configurable !== true) return () => undefined;
  Object.defineProperty(Error, "stackTraceLimit", { get: () => 0, set: () => undefined, configurable: true });
  return () => void Object.defineProperty(Error, "stackTraceLimit", limit);
}

/**
 * While it waits for answers, the SDK formats a trace for each promise, which it reads where it looks for those that never
 * end and at no other time. Under the engine its positions are looked up in source maps.
 */
function leaveUnreadTraces(): void {
  const { prepareStackTrace } = Error;
  if (prepareStackTrace === undefined || process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) return;
  Error.prepareStackTrace = (error, sites) =>
    sites[0]?.getFunctionName() === "debuggablePromise" && /@pulumi.pulumi.runtime/.test(sites[0].getFileName() ?? "")
      ? ""
      : prepareStackTrace(error, sites);
}

/** What the SDK says of a resource, by its type and name: first that it registers it, later of the request and of its answer. */
const begins = /^Registering resource: t=(\S+), name=(\S+), /;
const goesOn = /^RegisterResource RPC (?:prepared: t=(\S+), name=(\S+?)(?:,|$)|finished: resource:(\S+?)\[(\S+)\];)/;

/**
 * The SDK calls the engine for each resource to say that it registers it, which only `--debug` shows. What it says of other
 * resources passes, and so does all that it words in another way. Gives back what ends the list of our own.
 */
function withoutDebugMessages(): () => void {
  const { debug } = pulumi.log;
  const own = new Set<string>();
  let making = true;
  const isOwn = (message: string): boolean => {
    const [, type, name] = (making && begins.exec(message)) || [];
    if (type !== undefined) own.add(`${type} ${name}`);
    if (type !== undefined) return true;
    const [, preparedType, preparedName, finishedName, finishedType] = goesOn.exec(message) ?? [];
    return own.has(`${preparedType ?? finishedType} ${preparedName ?? finishedName}`);
  };
  const passOn: typeof debug = (message, ...more) => (isOwn(message) ? Promise.resolve() : debug(message, ...more));
  Reflect.set(pulumi.log, "debug", passOn);
  return () => {
    making = false;
  };
}
