import { streamToken } from "./applications/token.ts";
import type { GivenTo } from "./cli/commands.ts";
import { UsageError } from "./cli/faults.ts";
import { streamKeyOf } from "./live/secret.ts";

/** How long a token is valid without --for. */
const usualSeconds = 3600;

/** A token for one stream, made on this machine from the application's key in the media secret. */
export async function run(given: GivenTo<"token">): Promise<number> {
  const { app, stream, publish, play, secret } = given;
  if (stream === undefined) throw new UsageError("--stream ID is required");
  if (publish === play) throw new UsageError("specify either --publish or --play");
  if (secret === undefined)
    throw new UsageError(
      "--secret FILE is required: a file that contains the cluster's media secret; - reads standard input",
    );
  const key = streamKeyOf(secret, app);
  const expires = Math.floor(Date.now() / 1000) + (given.for ?? usualSeconds);
  const type = publish ? "publish" : "play";
  const token = streamToken(key, { stream, type, expires });
  process.stdout.write(given.json ? `${JSON.stringify({ token, stream, type, expires })}\n` : `${token}\n`);
  return 0;
}
