/** Markup as text: attributes in the given order, so that the same picture is the same file. */

export type Attributes = Readonly<Record<string, string | number>>;

export const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const escapeAttribute = (text: string): string => escapeText(text).replaceAll('"', "&quot;");

export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`);
  const open = `<${name}${list.join("")}`;
  if (children.length === 0) return `${open}/>`;
  return children.some((child) => child.startsWith("<"))
    ? `${open}>\n${children.join("\n")}\n</${name}>`
    : `${open}>${children.join("")}</${name}>`;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export const right = ({ x, width }: Box): number => x + width;
export const bottom = ({ y, height }: Box): number => y + height;
export const centerX = ({ x, width }: Box): number => x + width / 2;
export const centerY = ({ y, height }: Box): number => y + height / 2;

export const rectangle = (box: Box, kind: string, radius = 8): string =>
  element("rect", { x: box.x, y: box.y, width: box.width, height: box.height, rx: radius, class: kind });

/** A line of text; `kind` holds classes such as `strong middle`. */
export const label = ({ x, y }: Point, text: string, kind = ""): string =>
  element("text", kind === "" ? { x, y } : { x, y, class: kind }, escapeText(text));

/** Text that runs upwards. */
export const uprightLabel = ({ x, y }: Point, text: string, kind: string): string =>
  element("text", { x, y, class: kind, transform: `rotate(-90 ${x} ${y})` }, escapeText(text));

/** What a line of text takes in the widest of the common sans-serifs: about 0.6 of its size for a character. */
export function textWidth(text: string, kind: string): number {
  const classes = kind.split(" ");
  const size = Object.entries(sizes).find(([name]) => classes.includes(name))?.[1] ?? 11;
  return text.length * size * (classes.some((name) => bold.includes(name)) ? 0.66 : 0.6);
}

const sizes: Readonly<Record<string, number>> = { title: 17, head: 13, name: 12, small: 10 };
const bold: readonly string[] = ["title", "head", "name"];

/** A long domain name would run out of its box; the report has it whole. */
export function fitted(text: string, kind: string, width: number): string {
  const most = Math.floor(width / textWidth("n", kind));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
