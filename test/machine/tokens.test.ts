import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { listens, startProgram } from "../live/programs.ts";
import { alone, becomes, documentOf, keep, plain, publish, streamKey, type Wanted } from "./documents.ts";
import { put } from "./rig.ts";
import { closeAll, freePort, type Node, site } from "./site.ts";
import { codeOn, makers } from "./tokens.ts";

const page = "docs/applications.md";
const secrets = ["jwtStreamSecretKey"];
const signed: Wanted = {
  settings: { ...plain.settings, publishJwtControlEnabled: true, playJwtControlEnabled: true },
  secrets,
};
const once: Wanted = {
  settings: { ...plain.settings, publishTokenControlEnabled: true, playTokenControlEnabled: true },
  secrets: [],
};

/** A program's end, without holding up the stand-in cloud of this process. */
async function ends(command: string, folder: string): Promise<{ readonly code: number | null; readonly out: string }> {
  const child = spawn("sh", ["-c", command], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (out += part.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, out };
}

const rtmpServer = (root: string, port: number, { url }: Node): string => `
load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;
daemon off;
master_process off;
pid ${root}/nginx.pid;
error_log ${root}/nginx.log error;
events { worker_connections 50; }
rtmp { server { listen 127.0.0.1:${port}; application live { live on; on_publish ${url}/live/rtmp; } } }
`;

describe("the commands and the backends of docs/applications.md", () => {
  const [publishing = "", whip = "", playing = ""] = codeOn(page, "sh");
  const [, oneTime = ""] = codeOn(page, "js");
  let one: Node;
  let rtmp: string;
  let program: ReturnType<typeof startProgram>;

  before(async () => {
    const at = await site();
    keep(at, { live: { jwtStreamSecretKey: streamKey } });
    publish(at, 1, documentOf("enforce", { live: signed, events: once }));
    one = await alone(at);
    const agent = one.agent("applications");
    await becomes(one, { playJwtControlEnabled: true }, "live", agent.log);
    await becomes(one, { playTokenControlEnabled: true }, "events", agent.log);
    const port = await freePort();
    rtmp = `rtmp://127.0.0.1:${port}`;
    put(`${one.root}/nginx.conf`, rtmpServer(one.root, port, one));
    program = startProgram("nginx", ["-c", `${one.root}/nginx.conf`, "-e", `${one.root}/nginx.log`]);
    await listens(program, "127.0.0.1", port);
    put(`${one.root}/work/offer.sdp`, "v=0\r\n");
    const streams = `${one.ams}/webapps/live/streams`;
    mkdirSync(streams, { recursive: true });
    const source = "ffmpeg -v error -y -f lavfi -i testsrc=size=64x64:rate=10 -t 3 -g 10 -c:v libx264 -pix_fmt yuv420p";
    const hls = `-hls_time 1 -hls_segment_filename '${streams}/s1%09d.ts' ${streams}/s1.m3u8`;
    const made = await ends(`${source} video.mp4 && ffmpeg -v error -i video.mp4 -c copy ${hls}`, `${one.root}/work`);
    assert.equal(made.code, 0, made.out);
  });

  after(async () => {
    await program?.stop();
    await closeAll();
  });

  /** A command of the page against this loopback. */
  const run = (command: string, token: string) =>
    ends(
      command
        .replace("rtmp://rtmp.live.example.com", rtmp)
        .replace(/https:\/\/live\.example\.com(:5443)?/, one.url)
        .replace("?token=TOKEN", token === "" ? "" : `?token=${token}`)
        .replace("TOKEN", token)
        .replace("ffmpeg ", "ffmpeg -v error -y "),
      `${one.root}/work`,
    );

  for (const [what, command, type] of [
    ["ffmpeg by RTMP", publishing, "publish"],
    ["WHIP", whip, "publish"],
    ["ffmpeg by HLS, with its segments", playing, "play"],
  ] as const) {
    it(`let ${what} in with the right token alone`, async () => {
      assert.match(command, /TOKEN/);
      for (const [who, make] of Object.entries(await makers())) {
        const right = await run(command, make(streamKey, "s1", type, 60));
        assert.equal(right.code, 0, `${who}: ${right.out}`);
        for (const token of ["", make(streamKey, "s2", type, 60), make(`${streamKey}x`, "s1", type, 60)]) {
          const wrong = await run(command, token);
          assert.notEqual(wrong.code, 0, `${who}: ${command} with ${token}`);
        }
      }
    });
  }

  it("get a token of AMS, which is good once and for its stream and direction", async () => {
    const { oneTimeToken } = await import(`data:text/javascript,${encodeURIComponent(oneTime)}`);
    const token = (type: string, stream = "s1"): Promise<string> => oneTimeToken(one.url, "events", stream, type, 60);
    const publishes = async (shown: string): Promise<number> => {
      const headers = { Authorization: `Bearer ${shown}` };
      return (await fetch(`${one.url}/events/whip/s1`, { method: "POST", headers, body: "v=0" })).status;
    };
    const right = await token("publish");
    assert.deepEqual([await publishes(right), await publishes(right)], [201, 403]);
    assert.deepEqual([await publishes(await token("play")), await publishes(await token("publish", "s2"))], [403, 403]);
    await assert.rejects(token("both"), /Define Stream ID/);
  });
});
