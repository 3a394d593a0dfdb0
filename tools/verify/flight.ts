import { randomBytes } from "node:crypto";
import { type Ams, login, restUrl } from "../live/ams.ts";
import { type Deployment, ingestUrl, secretPipe } from "../live/deployment.ts";
import { hasFfmpeg, noFfmpeg, type Publisher, publish } from "../live/protocols/publisher.ts";
import { send, type Wire } from "../live/protocols/wire.ts";
import type { Login } from "../live/secret.ts";
import { type Flight, type NotRun, rejected } from "./check.ts";
import { tokensOf } from "./tokens.ts";

export interface FlightOptions {
  readonly app: string;
  readonly machines: readonly string[];
  readonly leastDays: number;
  readonly streamSeconds: number;
  readonly publish: boolean;
  readonly stranger: boolean;
  readonly login: Login | undefined;
  /** Signs the application's tokens. @default none is known */
  readonly streamKey?: string | undefined;
}

/** A flight, and what has to be ended after it. */
export interface Prepared {
  readonly flight: Flight;
  readonly close: () => Promise<void>;
}

export function prepare(deployment: Deployment, wire: Wire, options: FlightOptions): Prepared {
  const { app, machines, leastDays, streamSeconds } = options;
  const { panelUrl, panelUser } = deployment.outputs;
  const tokens = tokensOf(deployment, app, options.streamKey);
  let stream: Promise<Publisher | NotRun> | undefined;
  let admitted: Promise<boolean> | undefined;
  let first: Promise<Ams> | undefined;
  const isAdmitted = (): Promise<boolean> => (admitted ??= panelAdmits(wire, panelUrl));
  const open = async (): Promise<Ams | NotRun> => {
    if (options.login === undefined) return { why: noLogin(deployment) };
    if (!(await isAdmitted())) return { why: rejected };
    const how = options.login;
    const begin = (): Promise<Ams> => login(wire, panelUrl, panelUser, how);
    // AMS blocks a user for five minutes after a few wrong passwords: one refusal is everybody's.
    const before = first;
    first ??= begin();
    const own = await first;
    return before === undefined ? own : await begin();
  };
  const start = async (): Promise<Publisher | NotRun> => {
    if (!options.publish) return { why: "--no-publish" };
    if (!hasFfmpeg()) return { why: noFfmpeg };
    const [way] = deployment.ingest;
    if (way === undefined) return { why: "the stack accepts neither RTMP nor RTMPS" };
    const streamId = `verify-${randomBytes(4).toString("hex")}`;
    const token = tokens("publish", streamId);
    if (typeof token === "object") return token;
    const [address = ""] = await wire.names.addresses(way.host);
    return publish({
      url: ingestUrl(way, address, app),
      streamId,
      query: token === undefined ? "" : `?token=${token}`,
      kbps: 300,
      maxSeconds: streamSeconds + 30,
    });
  };
  return {
    flight: {
      ...{ deployment, wire, app, machines, leastDays, streamSeconds, stranger: isStranger(deployment, options) },
      tokens,
      admitted: isAdmitted,
      login: open,
      stream: () => (stream ??= start()),
    },
    close: async () => {
      const running = await stream?.catch(() => undefined);
      if (running !== undefined && !("why" in running)) await running.stop();
    },
  };
}

/** Without admin ranges everybody is a stranger. */
const isStranger = ({ cluster }: Deployment, { stranger }: FlightOptions): boolean =>
  stranger || cluster?.access.adminCidrs.length === 0;

/** AMS says that it lives to everybody whom the balancer lets come. */
async function panelAdmits(wire: Wire, panelUrl: string): Promise<boolean> {
  try {
    return (await send(wire, { url: restUrl(panelUrl, "liveness") })).status === 200;
  } catch {
    return false;
  }
}

const noLogin = (deployment: Deployment): string =>
  `no password was supplied. To supply it, run: ${secretPipe(deployment, "verify")}`;
