import { createHash } from "node:crypto";
import { z } from "zod";
import { signed } from "./jwt.ts";
import { type Answer, NoAnswerError, send, type Wire } from "./protocols/wire.ts";
import type { Login } from "./secret.ts";

/** AMS says no: 401 or 403, or a login that it doesn't take. */
export class RefusedError extends Error {}

/** AMS can't say: a 5xx, as of an exception in it. */
export class ServerFaultError extends Error {}

/** AMS lives, or the balancer would not lead to it; but it can't say. */
export const isSilence = (error: unknown): error is Error =>
  error instanceof ServerFaultError || error instanceof NoAnswerError;

/** A per cent as AMS has it: text, or a number with MongoDB. */
const figure = z.union([z.string(), z.number()]).transform(String).nullish();

const node = z.object({
  id: z.string().nullish(),
  ip: z.string(),
  /** Milliseconds since 1970; ClusterNode.java. */
  lastUpdateTime: z.number().default(0),
  cpu: figure,
  /** A per cent, or "used/total" in MB, by AMS's version. */
  memory: figure,
  /** AMS spells it so (ClusterNode.java). */
  dbQueryAveargeTimeMs: z.number().nullish(),
});

const stream = z.object({
  streamId: z.string(),
  status: z.string().nullish(),
  /** AMS spells it so (Broadcast.java): the node that takes the stream in. */
  originAdress: z.string().nullish(),
  hlsViewerCount: z.number().default(0),
  webRTCViewerCount: z.number().default(0),
  rtmpViewerCount: z.number().default(0),
});

const version = z.object({ versionName: z.string().nullish(), versionType: z.string().nullish() });

/** Result.java: AMS answers 200 to much that it refuses. */
const outcome = z.object({ success: z.boolean(), message: z.string().nullish() });

export type Node = Readonly<z.infer<typeof node>>;
export type Stream = Readonly<z.infer<typeof stream>>;
export type Version = Readonly<z.infer<typeof version>>;

/** AMS counts a node dead after this without a heartbeat (ClusterNode.java). */
export const aliveSeconds = 20;

export const ageSeconds = ({ lastUpdateTime }: Node, now: number): number => (now - lastUpdateTime) / 1000;

type Method = "GET" | "POST" | "DELETE";

/** AMS's own REST below the panel's address, with one session. */
export interface Ams {
  readonly nodes: () => Promise<readonly Node[]>;
  readonly clusterMode: () => Promise<boolean>;
  readonly version: () => Promise<Version>;
  readonly streams: (app: string) => Promise<readonly Stream[]>;
  /** Names of all applications. */
  readonly applications: () => Promise<readonly string[]>;
  /** All settings of an application, by AMS's names in REST. */
  readonly settings: (app: string) => Promise<Readonly<Record<string, unknown>>>;
  /** Its database stays. Throws where AMS does not do it. */
  readonly deleteApplication: (app: string) => Promise<void>;
  /** The server's own time of its last answer: this machine's clock may be wrong. Milliseconds since 1970. */
  readonly clock: () => number;
}

const pageSize = 50;
/** Pages end with an empty one; a server that never gives one is not followed for ever. */
const mostPages = 40;

export const restUrl = (panelUrl: string, path: string): string => new URL(`/rest/v2/${path}`, panelUrl).href;

/** Logs in. A password goes as its MD5, as the panel sends it, and over a trusted connection alone. */
export async function login(wire: Wire, panelUrl: string, user: string, how: Login): Promise<Ams> {
  const cookies = new Map<string, string>();
  let clock = Date.now();
  const ask = async (
    path: string,
    body?: object,
    method: Method = body === undefined ? "GET" : "POST",
  ): Promise<unknown> => {
    const header = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await send(wire, {
      url: restUrl(panelUrl, path),
      method,
      headers: {
        "Content-Type": "application/json",
        ...(header === "" ? {} : { Cookie: header }),
        ...(how.kind === "jwt" ? { ProxyAuthorization: token(how.key) } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      trusted: true,
    });
    keep(cookies, answer);
    const told = Date.parse(answer.headers.date ?? "");
    clock = Number.isNaN(told) ? Date.now() : told;
    return toJson(answer, path);
  };
  if (how.kind === "password") await authenticate(ask, user, how.password);
  const pages = async <T>(form: z.ZodType<T>, path: (offset: number) => string): Promise<readonly T[]> => {
    const found: T[] = [];
    for (let page = 0; page < mostPages; page += 1) {
      const next = z.array(form).parse(await ask(path(found.length)));
      if (next.length === 0) break;
      found.push(...next);
    }
    return found;
  };
  return {
    nodes: () => pages(node, (offset) => `cluster/nodes/${offset}/${pageSize}`),
    clusterMode: async () => z.object({ success: z.boolean() }).parse(await ask("cluster-mode-status")).success,
    version: async () => version.parse(await ask("version")),
    // The panel asks an application's REST the same way: it is closed to everybody but the node itself.
    streams: (app) => pages(stream, (offset) => `request?_path=${app}/rest/v2/broadcasts/list/${offset}/${pageSize}`),
    applications: async () =>
      z.object({ applications: z.array(z.string()) }).parse(await ask("applications")).applications,
    settings: async (app) => z.record(z.string(), z.unknown()).parse(await ask(`applications/settings/${app}`)),
    deleteApplication: async (app) => {
      const { success, message } = outcome.parse(await ask(`applications/${app}`, undefined, "DELETE"));
      if (!success) throw new Error(`AMS did not delete ${app}: ${message ?? "no reason given"}`);
    },
    clock: () => clock,
  };
}

async function authenticate(
  ask: (path: string, body: object) => Promise<unknown>,
  user: string,
  password: string,
): Promise<void> {
  const md5 = createHash("md5").update(password).digest("hex");
  const answer = z
    .object({ success: z.boolean() })
    .parse(await ask("users/authenticate", { email: user, password: md5 }));
  if (!answer.success) throw new RefusedError(`AMS rejects the password of user ${user}`);
}

/** Both AMS's session and the balancer's own cookie, which keeps the session on its node. */
function keep(cookies: Map<string, string>, { headers }: Answer): void {
  for (const line of headers["set-cookie"] ?? []) {
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) cookies.set(name, value);
  }
}

/** With AMS's server.jwtServerSecretKey. */
const token = (key: string): string => signed(key, { exp: Math.floor(Date.now() / 1000) + 300 });

function toJson({ status, body }: Answer, path: string): unknown {
  const name = path.split("?")[0] ?? "";
  if (status === 401 || status === 403) throw new RefusedError(`${name}: HTTP ${status}`);
  if (status >= 500) throw new ServerFaultError(`${name}: HTTP ${status}`);
  if (status !== 200) throw new Error(`${name}: HTTP ${status}`);
  try {
    return JSON.parse(Buffer.from(body, "latin1").toString("utf8"));
  } catch {
    throw new Error(`${name}: the response is not JSON`);
  }
}
