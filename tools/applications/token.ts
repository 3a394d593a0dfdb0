import { createHmac } from "node:crypto";

export interface StreamToken {
  readonly stream: string;
  readonly type: "publish" | "play";
  /** Seconds since 1970. */
  readonly expires: number;
}

/**
 * A token for one stream, signed with the application's key: HS256 with streamId, type and exp (Ant Media's guide "JWT Stream
 * Security Filter"). Only the Enterprise Edition checks it.
 */
export function streamToken(key: string, { stream, type, expires }: StreamToken): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part({ streamId: stream, type, exp: expires })}`;
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
}
