import { createHmac, timingSafeEqual } from "node:crypto";

/** Whether a key has signed a token. */
export function validToken(key: string, token: string | undefined): boolean {
  const [head, body, mark] = (token ?? "").split(".");
  if (head === undefined || body === undefined || mark === undefined) return false;
  const wanted = createHmac("sha256", key).update(`${head}.${body}`).digest();
  const given = Buffer.from(mark, "base64url");
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Whether somebody may publish or play a stream (AcceptOnlyStreamsWithJwt, TokenFilterManager.java). */
export function admits(
  key: string | undefined,
  type: "publish" | "play",
  stream: string,
  token: string | null,
): boolean {
  if (key === undefined) return true;
  if (token === null || !validToken(key, token)) return false;
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  return claims.streamId === stream && claims.type === type && claims.exp > Date.now() / 1000;
}
