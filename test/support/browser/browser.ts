import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";

/** One engine under the names that Debian, Ubuntu and Google give it. */
const names = ["chromium", "chromium-browser", "google-chrome"];

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  "--remote-debugging-port=0",
];

/** How a person looks at a page. */
export interface View {
  readonly width: number;
  readonly scheme: "light" | "dark";
}

/** A phone and a desktop, by day and by night. */
export const views: readonly View[] = [390, 1440].flatMap((width) =>
  (["light", "dark"] as const).map((scheme) => ({ width, scheme })),
);

type Message = { readonly id?: number; readonly method?: string; readonly result?: object; readonly error?: object };

/** Chromium, driven through its DevTools protocol (https://chromedevtools.github.io/devtools-protocol/). */
export class Browser {
  readonly #child: ChildProcess;
  readonly #socket: WebSocket;
  readonly #profile: string;
  readonly #waiting = new Map<number, (message: Message) => void>();
  #loaded: (() => void) | undefined;
  #session: string | undefined;
  #count = 0;

  private constructor(child: ChildProcess, socket: WebSocket, profile: string) {
    this.#child = child;
    this.#socket = socket;
    this.#profile = profile;
    socket.on("message", (data) => {
      const message: Message = JSON.parse(String(data));
      if (message.id !== undefined) this.#waiting.get(message.id)?.(message);
      else if (message.method === "Page.loadEventFired") this.#loaded?.();
    });
  }

  static async start(more: readonly string[] = []): Promise<Browser> {
    const found = names.find((name) => spawnSync(name, ["--version"]).status === 0);
    assert.ok(found !== undefined, "these tests need Debian's package chromium");
    const profile = mkdtempSync(join(tmpdir(), "ams-browser-"));
    const child = spawn(found, [...flags, ...more, `--user-data-dir=${profile}`, "about:blank"], {
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
    });
    let said = "";
    const address = await new Promise<string>((resolve, reject) => {
      child.once("close", () => reject(new Error(`${found} ended: ${said}`)));
      child.stderr.on("data", (data: Buffer) => {
        said += data.toString();
        const [, url] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
        if (url !== undefined) resolve(url);
      });
    });
    const socket = new WebSocket(address);
    await once(socket, "open");
    const browser = new Browser(child, socket, profile);
    const { targetId } = await browser.#send<{ readonly targetId: string }>("Target.createTarget", {
      url: "about:blank",
    });
    const attached = await browser.#send<{ readonly sessionId: string }>("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    browser.#session = attached.sessionId;
    await browser.#send("Page.enable");
    return browser;
  }

  async open(url: string, { width, scheme }: View): Promise<void> {
    const mobile = width < 600;
    await this.#send("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile });
    await this.#send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
    const loaded = new Promise<void>((resolve) => {
      this.#loaded = resolve;
    });
    await this.#send("Page.navigate", { url });
    await loaded;
  }

  /** What an expression gives on the page, a promise's value too. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#send<{
      readonly result: { readonly value: T };
      readonly exceptionDetails?: object;
    }>("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    assert.equal(exceptionDetails, undefined, JSON.stringify(exceptionDetails));
    return result.value;
  }

  /** Waits until an expression holds on the page. */
  async until(expression: string): Promise<void> {
    const end = Date.now() + 30_000;
    while (!(await this.evaluate<boolean>(`Boolean(${expression})`))) {
      assert.ok(Date.now() < end, `never held: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** For a person to look at. */
  async screenshot(file: string): Promise<void> {
    const { data } = await this.#send<{ readonly data: string }>("Page.captureScreenshot");
    writeFileSync(file, Buffer.from(data, "base64"));
  }

  async close(): Promise<void> {
    const gone = once(this.#child, "exit");
    this.#socket.close();
    // Its whole group: a renderer that outlives it writes into the profile.
    process.kill(-(this.#child.pid as number), "SIGKILL");
    await gone;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 20 });
  }

  #send<T extends object>(method: string, params: object = {}): Promise<T> {
    const id = ++this.#count;
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        this.#waiting.delete(id);
        if (error === undefined) resolve((result ?? {}) as T);
        else reject(new Error(`${method}: ${JSON.stringify(error)}`));
      });
      this.#socket.send(JSON.stringify({ id, method, params, ...session }));
    });
  }
}
