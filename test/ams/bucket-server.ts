import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type GoTool, goTool } from "../../dev/go-tool.ts";
import { put, remove, run, serve } from "../machine/rig.ts";
import { freePort } from "../machine/site.ts";

/** Versity's S3 gateway over a folder: it checks signatures, and each request against the bucket's policy. */
export const gatewayTool: GoTool = {
  folder: fileURLToPath(new URL("gateway", import.meta.url)),
  version: "1.8.0",
  command: "github.com/versity/versitygw/cmd/versitygw",
};

export const gateway = (): string => goTool(gatewayTool);

const owner = ["--access", "owner", "--secret", "ownerSecret", "--region", "eu-central-1"] as const;

export interface BucketServer {
  readonly endpoint: string;
  readonly region: string;
  readonly close: () => Promise<void>;
}

/** An S3 API on loopback, with a user `sender` who may do what a bucket's policy says. */
export async function bucketServer(): Promise<BucketServer> {
  const root = mkdtempSync(join(tmpdir(), "ams-buckets-"));
  const port = `127.0.0.1:${await freePort()}`;
  put(`${root}/users/users.json`, '{"accessAccounts":{}}');
  mkdirSync(`${root}/data`);
  const words = [...owner, "--quiet", "--port", port, "--iam-dir", `${root}/users`, "posix", `${root}/data`];
  // Quiet, since a test that waits for another program reads no log meanwhile.
  const server = serve(gateway(), words, {});
  const endpoint = `http://${port}`;
  const user = ["create-user", "--access", "sender", "--secret", "senderSecret", "--role", "user"];
  for (let tries = 0; ; tries += 1) {
    const done = run(gateway(), ["admin", ...owner, "--endpoint-url", endpoint, ...user]);
    if (done.status === 0) break;
    if (tries === 100) throw new Error(`${done.all}\n${server.log()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    endpoint,
    region: "eu-central-1",
    close: async () => {
      await server.stop();
      remove(root);
    },
  };
}
