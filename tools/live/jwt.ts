import { createHmac } from "node:crypto";

/** Claims signed with HMAC-SHA256, as AMS takes tokens (RFC 7519). */
export function signed(key: string, claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
}
