import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createConnection } from "node:net";
import { freePort } from "../../machine/site.ts";

/** Ends when something listens there. */
async function listens(port: number, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.once("connect", () => socket.end());
    });
    if (open) return;
    if (Date.now() > end) throw new Error(`mongod does not listen on port ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A MongoDB of this trial's own, on loopback, without users; it ends with this program's namespace. */
export async function startMongo(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const words = ["--port", `${port}`, "--bind_ip", "127.0.0.1", "--dbpath", folder];
  spawn("mongod", words, { stdio: "ignore" }).on("error", () => undefined);
  await listens(port, 60);
  return `mongodb://127.0.0.1:${port}`;
}
