import { reasonOf } from "../cli/faults.ts";
import type { Ams } from "../live/ams.ts";
import type { Deployment } from "../live/deployment.ts";
import type { Publisher } from "../live/protocols/publisher.ts";
import type { Wire } from "../live/protocols/wire.ts";
import { type RemedyName, remedies } from "./remedies.ts";

/** `not-run` is no pass: what was not looked at is said, with the reason. */
export type State = "pass" | "fail" | "not-run";

export interface Finding {
  readonly state: State;
  readonly said: string;
  /** Of a failure: what is likely behind it, and what to do. */
  readonly cause?: string;
  readonly remedy?: string;
}

export interface Check {
  readonly id: string;
  /** What holds when it passes. */
  readonly title: string;
  readonly run: (flight: Flight) => Promise<Finding>;
}

/** Why what needs the panel is not run. */
export const rejected = "the panel rejects this address: run the check from an address in ams:access.adminCidrs";

/** The token that a client of the application needs for a stream; undefined where it needs none. */
export type Tokens = (type: "publish" | "play", stream: string) => string | NotRun | undefined;

/** What the checks share: made once, when the first of them asks. */
export interface Flight {
  readonly deployment: Deployment;
  readonly wire: Wire;
  readonly app: string;
  /** Public addresses of media and database machines, which no output has. */
  readonly machines: readonly string[];
  readonly leastDays: number;
  readonly streamSeconds: number;
  /** Whether the panel lets this machine in. */
  readonly admitted: () => Promise<boolean>;
  /** Whether it is sure not to be among the admin ranges. */
  readonly stranger: boolean;
  readonly tokens: Tokens;
  /** A new session with AMS, or why there can't be one. */
  readonly login: () => Promise<Ams | NotRun>;
  /** The test stream, or why there is none. */
  readonly stream: () => Promise<Publisher | NotRun>;
}

/** A reason for which something was not looked at. */
export interface NotRun {
  readonly why: string;
}

export const isNotRun = (value: object): value is NotRun => "why" in value;

export const pass = (said: string): Finding => ({ state: "pass", said });
export const notRun = (said: string): Finding => ({ state: "not-run", said });
export const fail = (said: string, name: RemedyName): Finding => ({ state: "fail", said, ...remedies[name] });

/** No connection is the listener's own failure: what it was asked for is not known then. */
export const needsListener = (check: Check): Check => ({
  ...check,
  run: async (flight) => {
    try {
      return await check.run(flight);
    } catch (error) {
      if (isConnection(error)) return notRun(`no connection (${reasonOf(error)}); see the listener check`);
      throw error;
    }
  },
});

const isConnection = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"].includes(String(error.code));
