import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { findWebSdk, installWebSdk } from "../../dev/web-sdk.ts";
import { codeOn } from "../machine/tokens.ts";
import { Browser } from "../support/browser/browser.ts";
import { name, own, uris } from "./peers.ts";
import { at } from "./place.ts";

/** The documentation's code for a web page, with Ant Media's SDK in a browser, before the real coturn. */

export interface Shown {
  /** Commands that the SDK sent to AMS. */
  readonly commands: readonly string[];
  /** Addresses of the ICE servers that the browser's connection was made with. */
  readonly servers: readonly string[];
  /** Of these, the ones that gave the browser a relayed address. */
  readonly relaying: readonly string[];
}

/** Of an interface that a browser takes for one: names and other interfaces are not to be had in this namespace. */
const address = at.loopback;

/** What the code finds on a page; the SDK has what blurs backgrounds from a package of its own. */
const surroundings = `const { WebRTCAdaptor } = webrtc_adaptor;
window.SelfieSegmentation = class { setOptions() {} onResults() {} };
window.shown = { servers: [], relaying: [], done: false };
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(config) {
    super(config);
    shown.servers.push(...config.iceServers.flatMap(({ urls }) => urls));
    this.addEventListener("icecandidate", ({ candidate, url }) => {
      if (candidate?.type === "relay") shown.relaying.push(candidate.url ?? url);
      if (candidate === null) shown.done = true;
    });
  }
};`;

/** Publishes as soon as the SDK is connected and knows its servers: the page's, or those that it has asked for. */
const publish = `const waiting = setInterval(() => {
  if (adaptor.webSocketAdaptor?.isConnected() !== true || !JSON.stringify(adaptor.peerconnection_config).includes("turn:")) return;
  clearInterval(waiting);
  adaptor.publish("s1");
}, 50);`;

const pageOf = (code: string): string =>
  `<!doctype html><video id="localVideo"></video><script src="/sdk.js"></script><script>${surroundings}\n${code}\n${publish}</script>`;

/** What AMS says to a page that publishes (WebSocketConstants.java). */
function answer(command: string): object | undefined {
  if (command === "publish") return { command: "start", streamId: "s1" };
  if (command !== "getIceServerConfig") return undefined;
  const login = { turnServerUsername: own.username, turnServerCredential: own.password };
  return { command: "iceServerConfig", stunServerUri: uris.udp, ...login };
}

async function shownBy(browser: Browser, code: string, until: string): Promise<Shown> {
  const commands = new Set<string>();
  const sdk = readFileSync(findWebSdk() ?? "", "utf8");
  const server = createServer((request, response) => {
    const isScript = request.url === "/sdk.js";
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
    const text = code.replaceAll(name, address).replace("wss://live.example.com:5443", `ws://${request.headers.host}`);
    response.end(isScript ? sdk : pageOf(text));
  });
  new WebSocketServer({ server }).on("connection", (socket) =>
    socket.on("message", (data) => {
      const { command } = JSON.parse(String(data));
      commands.add(command);
      const reply = answer(command);
      if (reply !== undefined) socket.send(JSON.stringify(reply));
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  await browser.open(`http://${address}:${(server.address() as AddressInfo).port}/`, { width: 1440, scheme: "light" });
  await browser.until(until);
  const { servers, relaying } = await browser.evaluate<Shown>("shown");
  server.closeAllConnections();
  server.close();
  return { commands: [...commands], servers: [...new Set(servers)], relaying: [...new Set(relaying)].sort() };
}

/** The page's code with a login, and the same without its servers. */
export async function pages(): Promise<Readonly<Record<"listed" | "asked", Shown>>> {
  installWebSdk();
  const [code = ""] = codeOn("docs/turn.md", "js");
  assert.match(code, /username: USER, credential: PASSWORD/);
  const listed = code.replace("USER", JSON.stringify(own.username)).replace("PASSWORD", JSON.stringify(own.password));
  const browser = await Browser.start([
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--allow-loopback-in-peer-connection",
  ]);
  try {
    return {
      listed: await shownBy(browser, listed, "shown.done"),
      asked: await shownBy(browser, listed.replace(/^ *peerconnection_config:.*\n/m, ""), "shown.servers.length > 0"),
    };
  } finally {
    await browser.close();
  }
}
