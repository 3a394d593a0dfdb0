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
