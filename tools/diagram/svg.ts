import { describePicture } from "./describe.ts";
import type { Picture } from "./form.ts";
import { drawFlows } from "./svg/flows.ts";
import { layOut } from "./svg/layout.ts";
import { element, escapeText, label, rectangle } from "./svg/markup.ts";
import { legend } from "./svg/members.ts";
import { nodes } from "./svg/nodes.ts";
import { style } from "./svg/style.ts";

/** The picture as one self-contained SVG: no fonts, images or scripts from elsewhere; the same plan, the same text. */
export function toSvg(picture: Picture): string {
  const layout = layOut(picture);
  const ids = { title: `ams-${picture.stack}-title`, desc: `ams-${picture.stack}-desc` };
  const where = `${picture.region} · zones ${picture.zones.map(({ letter }) => letter).join(", ")}`;
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${layout.width} ${layout.height}`,
    width: layout.width,
    height: layout.height,
    class: "ams-diagram",
    role: "img",
    "aria-labelledby": `${ids.title} ${ids.desc}`,
  };
  const svg = element(
    "svg",
    attributes,
    element("title", { id: ids.title }, escapeText(`${picture.title}, ${picture.region}`)),
    element("desc", { id: ids.desc }, escapeText(describePicture(picture))),
    `<style>\n${style}\n</style>`,
    rectangle({ x: 0, y: 0, width: layout.width, height: layout.height }, "page", 10),
    label({ x: 48, y: 38 }, picture.title, "title"),
    label({ x: layout.width - 48, y: 38 }, where, "end muted"),
    ...nodes(picture, layout),
    ...drawFlows(picture, layout),
    ...legend(layout),
  );
  return `${svg}\n`;
}
