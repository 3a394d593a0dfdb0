import { createHmac } from "node:crypto";
import type { Question } from "./conformance.ts";
import type { Answer } from "./shapes.ts";

/** A server that runs, with what its askers know. */
export interface Server {
  readonly url: string;
  readonly application: string;
  readonly jwtKey: string;
  readonly clusterKey: string;
}

/** HS256, as rest.py makes it. */
function token(key: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part({ exp: Math.floor(Date.now() / 1000) + 300 })}`;
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
}

function headersOf({ by, path }: Question, { jwtKey, clusterKey }: Server): Readonly<Record<string, string>> {
  if (by === "anybody") return {};
  const [name, key] = path.startsWith("/APP/") ? ["ClusterAuthorization", clusterKey] : ["ProxyAuthorization", jwtKey];
  return { [name]: token(by === "node" ? key : `${key} of another cluster`) };
}

const timeoutMilliseconds = 30_000;

export async function ask(question: Question, server: Server): Promise<Answer> {
  const { method = "GET", path, body } = question;
  const answered = await fetch(server.url + path.replace("APP", server.application), {
    method,
    headers: { ...headersOf(question, server), ...(method === "POST" ? { "Content-Type": "application/json" } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });
  const text = await answered.text();
  const session = answered.headers.getSetCookie().some((line) => line.startsWith("JSESSIONID="));
  return { status: answered.status, session, ...read(text) };
}

function read(text: string): Pick<Answer, "kind" | "value"> {
  if (text === "") return { kind: "nothing", value: undefined };
  if (/^\s*<(!doctype|html)/i.test(text)) return { kind: "HTML", value: undefined };
  try {
    return { kind: "JSON", value: JSON.parse(text) };
  } catch {
    return { kind: "text", value: undefined };
  }
}
