import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:http";
import { connect, type PeerCertificate } from "node:tls";
import { nodePort } from "../../model/traffic/targets.ts";
import { loopback } from "../support/loopback.ts";
import { selfSigned } from "../support/self-signed.ts";
import { behind, domain, kinds, ready, type Site, startSite } from "./rig.ts";

/** FFmpeg publishes over TLS; behind the proxy another FFmpeg takes the stream in, where AMS would. */

const certificate = selfSigned();
const origin = `${loopback}.2.1`;
const rtmps = { rtmps: true, streams: [{ name: "extra", port: 2935, protocol: "tls", targetPort: 1936 }] };

function ffmpeg(...words: readonly string[]): { readonly process: ChildProcess; readonly log: () => string } {
  const process = spawn("ffmpeg", ["-hide_banner", "-nostdin", "-nostats", ...words]);
  let text = "";
  process.stderr?.on("data", (part: Buffer) => (text += part.toString()));
  return { process, log: () => text };
}

const ended = (process: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => process.once("exit", (code) => resolve(code)));

/** What a client that trusts the authority alone sees at a port of TLS. */
const shown = (host: string, port: number): Promise<PeerCertificate> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, servername: domain, ca: certificate.pem }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    });
    socket.once("error", reject);
  });

for (const kind of kinds) {
  describe(`RTMPS through ${kind}`, () => {
    let site: Site;
    const health = createServer((_, response) => response.end("{}"));

    before(async () => {
      site = await startSite();
      await new Promise<void>((resolve) => health.listen(nodePort, origin, resolve));
      site.list((list) => [...list, { id: "i-origin1", name: "ams-test-origin", address: origin, state: "InService" }]);
    });
    after(async () => {
      health.closeAllConnections();
      await new Promise<void>((resolve) => health.close(() => resolve()));
      await site.close();
    });

    it("takes FFmpeg's stream with the cluster's certificate, and an operator's own listener beside it", async () => {
      const proxy = await site.proxy(behind(kind, { balancer: rtmps }, certificate), undefined, { certificate });
      await ready(proxy);
      for (const [port, nodesPort] of [
        [8443, 1935],
        [2935, 1936],
      ] as const) {
        assert.equal((await shown(proxy.address, port)).subject.CN, domain);
        const taker = ffmpeg("-listen", "1", "-i", `rtmp://${origin}:${nodesPort}/live/stream1`, "-f", "null", "-");
        const taken = ended(taker.process);
        const video = ["-re", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=10:duration=2", "-c:v", "flv1"];
        // The taker may not listen yet.
        const give = () => ffmpeg(...video, "-f", "flv", `rtmps://${proxy.address}:${port}/live/stream1`);
        for (let tries = 0; tries < 20 && taker.process.exitCode === null; tries += 1) {
          if ((await ended(give().process)) === 0) break;
        }
        assert.equal(await taken, 0, taker.log());
        assert.match(taker.log(), /Video: flv1.* 160x120/);
      }
    });
  });
}
