import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Shown } from "./page.ts";

const script = new URL("page-scenario.ts", import.meta.url).pathname;

describe("A web page with Ant Media's SDK", () => {
  let shown: Readonly<Record<"listed" | "asked", Shown>>;

  before(async () => {
    const { stdout } = await promisify(execFile)("unshare", ["-n", process.execPath, "--import", "tsx", script]);
    shown = JSON.parse(stdout);
  });

  it("gets relayed addresses over UDP and TCP 443, if it lists its servers as the documentation does", () => {
    const { commands, servers, relaying } = shown.listed;
    assert.deepEqual(servers, ["turn:127.0.0.1:3478", "turn:127.0.0.1:443?transport=tcp"]);
    assert.deepEqual(relaying, ["turn:127.0.0.1:3478?transport=udp", "turn:127.0.0.1:443?transport=tcp"]);
    assert.ok(commands.includes("publish") && !commands.includes("getIceServerConfig"), commands.join());
  });

  it("asks AMS if it lists none, and uses the one that AMS hands out beside Google's", () => {
    const { commands, servers } = shown.asked;
    assert.ok(commands.includes("getIceServerConfig"), commands.join());
    assert.deepEqual(servers, ["stun:stun1.l.google.com:19302", "turn:turn.live.example.com:3478"]);
  });
});
