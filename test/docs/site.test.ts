import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { siteFolder } from "../../dev/test-tools/site.ts";
import { Browser, views } from "../support/browser/browser.ts";
import { look } from "../support/browser/look.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** Serves a folder on loopback, as GitHub Pages does: `/a` is a.html or a/index.html. */
function serve(folder: string): Promise<Server> {
  const read = (path: string): readonly [name: string, body: Buffer] | undefined => {
    for (const name of [path, `${path}.html`, join(path, "index.html")]) {
      try {
        return [name, readFileSync(join(folder, name))];
      } catch {}
    }
    return undefined;
  };
  const server = createServer(({ url = "/" }, response) => {
    const [name, body] = read(normalize(new URL(url, "http://localhost").pathname)) ?? [];
    response.writeHead(body === undefined ? 404 : 200, { "content-type": types[extname(name ?? "")] ?? "text/plain" });
    response.end(body);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

describe("The site of the documentation", () => {
  let built: string;
  let server: Server;
  let browser: Browser;
  let address: string;

  const build = (...words: readonly string[]) =>
    spawnSync("npx", ["--no-install", "vitepress", "build", ...words], { cwd: siteFolder, encoding: "utf8" });

  before(async () => {
    built = mkdtempSync(join(tmpdir(), "ams-site-"));
    const { status, stdout, stderr } = build("--outDir", built);
    assert.equal(status, 0, stdout + stderr);
    server = await serve(built);
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await Browser.start();
  });
  after(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    rmSync(built, { recursive: true, force: true });
  });

  const pages = (): readonly string[] =>
    readdirSync(built, { recursive: true, encoding: "utf8" }).filter(
      (name) => name.endsWith(".html") && name !== "404.html",
    );

  it("has each page, and no link to a page or heading that it does not have", () => {
    const texts = new Map(pages().map((name) => [name, readFileSync(join(built, name), "utf8")]));
    assert.ok(
      texts.has("index.html") && texts.has("docs/configuration.html") && texts.size > 30,
      `${texts.size} pages`,
    );
    const idsOf = (text: string) => new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
    const ids = new Map([...texts].map(([name, text]) => [name, idsOf(text)]));
    const broken = [...texts].flatMap(([name, text]) =>
      [...text.matchAll(/<a [^>]*href="([^"]*)"/g)].flatMap(([, href = ""]) => {
        if (/^[a-z]+:/.test(href) || href === "") return [];
        const { pathname, hash } = new URL(href, `http://site/${name}`);
        const path = decodeURIComponent(pathname).slice(1);
        const found = [path, `${path}.html`, `${path}index.html`].find((one) => texts.has(one));
        const anchor = decodeURIComponent(hash.slice(1));
        const isThere = found !== undefined && (anchor === "" || ids.get(found)?.has(anchor) === true);
        return isThere ? [] : [`${name}: ${href}`];
      }),
    );
    assert.deepEqual(broken, []);
  });

  it("finds a configuration key", async () => {
    await browser.open(`${address}/`, { width: 1440, scheme: "light" });
    await browser.until("document.querySelector('.DocSearch-Button')");
    await browser.until(
      "(document.querySelector('.DocSearch-Button').click(), document.querySelector('#localsearch-input'))",
    );
    await browser.evaluate(
      "(() => { const field = document.querySelector('#localsearch-input'); field.value = 'ams:origin.max'; field.dispatchEvent(new Event('input')); })()",
    );
    await browser.until("document.querySelector('#localsearch-list a')");
    const found = await browser.evaluate<readonly string[]>(
      "[...document.querySelectorAll('#localsearch-list a')].map((one) => new URL(one.href).pathname)",
    );
    assert.ok(found.includes("/docs/configuration.html") || found.includes("/docs/configuration"), found.join(" "));
  });

  for (const view of views) {
    it(`fits ${view.width} pixels and cuts no text, ${view.scheme}`, async () => {
      for (const page of ["", "docs/getting-started", "docs/configuration", "docs/commands"]) {
        await browser.open(`${address}/${page}`, view);
        await browser.until("document.querySelector('.VPDoc h1')");
        const { wide, cut, ground } = await look(browser);
        assert.deepEqual({ page, wide, cut }, { page, wide: [], cut: [] });
        assert.equal(ground, view.scheme === "light" ? "rgb(255, 255, 255)" : "rgb(27, 27, 31)");
      }
    });
  }
});
