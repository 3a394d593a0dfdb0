import type { Browser } from "./browser.ts";

/** What a person would find wrong with a page; each names the element and its text. */
export interface Looked {
  /** Reaches beyond the page, and nothing scrolls to it. */
  readonly wide: readonly string[];
  /** Text that its own box cuts off. */
  readonly cut: readonly string[];
  /** Text with less contrast than WCAG 2.2 asks for (1.4.3): 4.5 to 1, or 3 to 1 where it is large. */
  readonly faint: readonly string[];
  /** Size of the smallest text, in pixels. */
  readonly smallest: number;
  /** Colour of the page's own ground. */
  readonly ground: string;
}

const looking = `(() => {
  const all = [...document.body.querySelectorAll("*")].filter((one) => !one.closest("svg, script, style"));
  const told = (one, more = "") => one.tagName.toLowerCase() + " " + one.textContent.trim().slice(0, 40) + more;
  const isShown = (one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && one.getClientRects().length > 0;
  const scrolls = (one) => one !== null && one !== document.documentElement &&
    (/auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  const hasText = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
  const texts = all.filter((one) => hasText(one) && isShown(one));
  // Hidden for the eye and said by a screen reader: a box of one pixel.
  const seen = texts.filter((one) => one.getBoundingClientRect().width > 1 && getComputedStyle(one).clipPath === "none");
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const read = (text) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const colour = (text) => known.get(text) ?? known.set(text, read(text)).get(text);
  const over = ([r, g, b, a], under) => [r, g, b].map((part, at) => part * a + under[at] * (1 - a)).concat(1);
  const groundOf = (one) => {
    if (one === null) return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0, 1] : [255, 255, 255, 1];
    const own = colour(getComputedStyle(one).backgroundColor);
    return own[3] === 1 ? own : over(own, groundOf(one.parentElement));
  };
  const light = (parts) => parts.slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const faint = seen.flatMap((one) => {
    const { color, fontSize, fontWeight } = getComputedStyle(one);
    const size = parseFloat(fontSize);
    const least = size >= 24 || (size >= 18.66 && fontWeight >= 700) ? 3 : 4.5;
    const ground = groundOf(one);
    const ratio = contrast(over(colour(color), ground), ground);
    return ratio < least ? [told(one, ": " + ratio.toFixed(2))] : [];
  });
  const edge = document.documentElement.clientWidth;
  const wide = all.filter((one) => isShown(one) && one.getBoundingClientRect().right > edge + 0.5 && !scrolls(one.parentElement));
  const cut = seen.filter((one) => /hidden|clip/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1);
  const page = document.documentElement;
  return {
    wide: [...(page.scrollWidth > edge ? ["the page: " + page.scrollWidth + " px on " + edge] : []), ...wide.map((one) => told(one))],
    cut: cut.map((one) => told(one)),
    faint,
    smallest: Math.min(...seen.map((one) => parseFloat(getComputedStyle(one).fontSize))),
    ground: getComputedStyle(document.body).backgroundColor,
  };
})()`;

/** Looks at the page that a browser has open. */
export const look = (browser: Browser): Promise<Looked> => browser.evaluate<Looked>(looking);
