import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run as diagram } from "../../tools/diagram.ts";
import { run as report } from "../../tools/report.ts";
import { parseChange } from "../../tools/stack-file/config-path.ts";
import { Browser, views } from "../support/browser/browser.ts";
import { look } from "../support/browser/look.ts";
import { root } from "../support/contract.ts";

/** Administrators, three zones and a change, so that each part of the page is there. */
const config = ['access.adminCidrs=["203.0.113.0/24"]', 'network.zones=["a","b","c"]', "edge.max=20"].map(parseChange);

describe("What is drawn, in a browser", () => {
  let browser: Browser;
  let directory: string;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "ams-drawn-"));
    const out = join(directory, "report.html");
    await report({ stack: [], base: "HEAD", config, out, cwd: root });
    await diagram({ svg: true, mermaid: false, out: directory, config, cwd: root }, ["all"]);
    browser = await Browser.start();
  });
  after(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const open = async (name: string, view: (typeof views)[number]): Promise<void> => {
    await browser.open(pathToFileURL(join(directory, name)).href, view);
  };

  for (const view of views) {
    const { width, scheme } = view;
    it(`the report fits ${width} pixels, cuts no text and has its contrast, ${scheme}`, async () => {
      await open("report.html", view);
      await browser.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })");
      const { ground, smallest, ...wrong } = await look(browser);
      assert.deepEqual(wrong, { wide: [], cut: [], faint: [] });
      assert.ok(smallest >= 11, `the smallest text has ${smallest} px`);
      assert.equal(await browser.evaluate(columns), width === 390 ? 1 : 2, "stacks beside each other");
      assert.equal(ground, scheme === "light" ? "rgb(246, 248, 250)" : "rgb(1, 4, 9)");
    });
  }

  for (const scheme of ["light", "dark"] as const) {
    it(`the diagram's texts stand out from what is behind them, ${scheme}`, async () => {
      for (const stack of ["aws", "alibaba"]) {
        await open(`${stack}.svg`, { width: 1440, scheme });
        assert.deepEqual(await browser.evaluate<readonly string[]>(faintInSvg), []);
      }
    });
  }

  it("is told where a page is too wide, cuts a text or fades it", async () => {
    const page = join(directory, "wrong.html");
    writeFileSync(
      page,
      `<!doctype html><meta name="viewport" content="width=device-width"><body style="background:#fff">
      <p style="width:500px">wide</p><p style="width:40px;overflow:hidden;white-space:nowrap">cut at its edge</p>
      <p style="color:#aaa">faint</p><div style="overflow-x:auto"><p style="width:900px">scrolled to</p></div>`,
    );
    await open("wrong.html", { width: 390, scheme: "light" });
    const { wide, cut, faint } = await look(browser);
    assert.equal(wide.length, 2, wide.join("; "));
    assert.deepEqual([wide[1], cut, faint], ["p wide", ["p cut at its edge"], ["p faint: 2.32"]]);
  });
});

/** How many stacks stand beside each other. */
const columns = `new Set([...document.querySelectorAll("#overview .column")].map((one) => one.getBoundingClientRect().left)).size`;

/** Texts of a picture with less than 4.5 to 1 to the opaque shape that is drawn last behind their middle. */
const faintInSvg = `(() => {
  const parts = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (text) => parts(text).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const texts = [...document.querySelectorAll("text")];
  const shapes = [...document.querySelectorAll("rect")].filter((one) => getComputedStyle(one).fill !== "none");
  return texts.flatMap((text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const behind = shapes.filter((one) => {
      const box = one.getBoundingClientRect();
      const isBefore = one.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
      return isBefore && box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    }).pop();
    const [one, other] = [light(getComputedStyle(text).fill), light(getComputedStyle(behind).fill)].sort((a, b) => a - b);
    const ratio = (other + 0.05) / (one + 0.05);
    return ratio < 4.5 ? [text.textContent + ": " + ratio.toFixed(2)] : [];
  });
})()`;
