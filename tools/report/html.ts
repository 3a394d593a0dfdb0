import type { Cell } from "../cli/table.ts";
import { element, escapeText } from "../diagram/svg/markup.ts";

/** Pieces of the page. All text goes through `plain`. */
export const plain = escapeText;

export const tag = (name: string, kind: string, ...children: readonly string[]): string =>
  element(name, kind === "" ? {} : { class: kind }, ...(children.length === 0 ? [""] : children));

type Row = readonly Cell[];

/** A table that scrolls within itself where the page is narrow; its first row is the heading. */
export function table(
  [heading = [], ...rows]: readonly Row[],
  name: string,
  numbersFrom = Number.POSITIVE_INFINITY,
): string {
  const cell = (kind: "th" | "td", row: Row): readonly string[] =>
    heading.map((_, column) => {
      const { text = "", style } = row[column] ?? {};
      const classes = [style ?? "", column >= numbersFrom ? "number" : ""].filter((one) => one !== "").join(" ");
      const scope = kind === "th" ? { scope: "col" } : {};
      return element(kind, { ...scope, ...(classes === "" ? {} : { class: classes }) }, plain(text));
    });
  const body = rows.map((row) => tag("tr", "", ...cell("td", row)));
  // Focusable, so that keys scroll it too.
  return element(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": name },
    tag("table", "", tag("thead", "", tag("tr", "", ...cell("th", heading))), tag("tbody", "", ...body)),
  );
}

export const heading = (...titles: readonly string[]): Row => titles.map((text) => ({ text }));

export const details = (summary: string, ...content: readonly string[]): string =>
  tag("details", "", tag("summary", "", plain(summary)), ...content);

/** A section with a column for each stack, side by side where there is room. */
export function section(id: string, title: string, columns: readonly string[], remark = ""): string {
  return element(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    element("h2", { id: `${id}-title` }, plain(title)),
    ...(remark === "" ? [] : [tag("p", "remark", plain(remark))]),
    tag("div", "columns", ...columns),
  );
}

export const column = (stack: string, ...content: readonly string[]): string =>
  tag("div", "column", tag("h3", "", plain(stack)), ...content);

export const paragraph = (text: string, kind = ""): string => tag("p", kind, plain(text));

export const list = (items: readonly string[]): string =>
  tag("ul", "", ...items.map((item) => tag("li", "", linked(item))));

/** Addresses within a text as links. */
const linked = (text: string): string =>
  plain(text).replace(/https:\/\/([^\s,;]+[^\s,;.])/g, (url, address: string) =>
    element("a", { href: url.replaceAll("&amp;", "&"), rel: "noreferrer" }, address),
  );
