import assert from "node:assert/strict";

/** Boxes and lines of text of a picture, computed from its SVG. */

export interface Area {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Text extends Area {
  readonly text: string;
}

const attributesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]));

/** The boxes; strokes of the legend are none. */
export function boxesOf(svg: string): readonly Area[] {
  return [...svg.matchAll(/<rect ([^>]*)\/>/g)].flatMap(([, text = ""]) => {
    const { x, y, width, height, class: name = "" } = attributesOf(text);
    if (Number(height) < 5) return [];
    const [left, top] = [Number(x), Number(y)];
    return [{ name: `${name} at ${x},${y}`, left, top, right: left + Number(width), bottom: top + Number(height) }];
  });
}

/** Generous: the widest common sans-serif takes about 0.6 of its size for a character, bold 0.66. */
export function textsOf(svg: string): readonly Text[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, given = "", escaped = ""]) => {
    const { x, y, class: kind = "", transform } = attributesOf(given);
    const text = escaped.replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    const has = (name: string): boolean => kind.split(" ").includes(name);
    const size = has("title") ? 17 : has("head") ? 13 : has("name") ? 12 : has("small") ? 10 : 11;
    const length = text.length * size * (has("title") || has("head") || has("name") ? 0.66 : 0.6);
    const start = has("middle") ? -length / 2 : has("end") ? -length : 0;
    const [atX, atY] = [Number(x), Number(y)];
    return transform === undefined
      ? { text, name: text, left: atX + start, right: atX + start + length, top: atY - size * 0.75, bottom: atY }
      : { text, name: text, left: atX - size * 0.75, right: atX, top: atY - start - length, bottom: atY - start };
  });
}

const areApart = (one: Area, other: Area): boolean =>
  one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;

const slack = 0.01;
const holds = (outer: Area, inner: Area): boolean =>
  outer.left <= inner.left + slack &&
  outer.top <= inner.top + slack &&
  outer.right >= inner.right - slack &&
  outer.bottom >= inner.bottom - slack;

/** Boxes are apart or within each other; no text leaves its box, runs into another box or stands over another text. */
export function checkGeometry(svg: string, what: string): void {
  const [boxes, texts] = [boxesOf(svg), textsOf(svg)];
  const [page] = boxes;
  assert.ok(page !== undefined && texts.length > 20, what);
  for (const area of [...boxes, ...texts]) assert.ok(holds(page, area), `${what}: ${area.name} runs off the page`);
  for (const [index, box] of boxes.entries()) {
    for (const other of boxes.slice(index + 1))
      assert.ok(
        areApart(box, other) || holds(box, other) || holds(other, box),
        `${what}: ${box.name} and ${other.name} overlap`,
      );
    for (const text of texts)
      assert.ok(areApart(box, text) || holds(box, text), `${what}: "${text.text}" crosses the edge of ${box.name}`);
  }
  for (const [index, text] of texts.entries()) {
    for (const other of texts.slice(index + 1))
      assert.ok(areApart(text, other), `${what}: "${text.text}" runs into "${other.text}"`);
  }
}
