import { signed } from "../live/jwt.ts";

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
export const streamToken = (key: string, { stream, type, expires }: StreamToken): string =>
  signed(key, { streamId: stream, type, exp: expires });
