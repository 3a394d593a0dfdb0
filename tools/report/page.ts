import { element } from "../diagram/svg/markup.ts";
import { plain, tag } from "./html.ts";
import { changes, costs, findings } from "./judgement.ts";
import { outputs, overview, pictures, resources } from "./overview.ts";
import { style } from "./style.ts";
import type { Subject } from "./subject.ts";
import { firewall, listeners } from "./traffic.ts";

/**
 * The whole page: one file, nothing loaded, no script; `base` tells what was compared with what, empty for nothing, and
 * `made` when the page was made, and from what.
 */
export function page(subjects: readonly Subject[], base = "", made = ""): string {
  const sections = [
    overview(subjects),
    changes(subjects, base),
    pictures(subjects),
    listeners(subjects),
    firewall(subjects),
    resources(subjects),
    outputs(subjects),
    costs(subjects, new Date()),
    findings(subjects),
  ].filter((text) => text !== "");
  const title = `Ant Media Server clusters: ${subjects.map(({ planned }) => planned.stack).join(", ")}`;
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    tag("title", "", plain(title)),
    `<style>\n${style}\n</style>`,
  ];
  const body = [
    tag(
      "header",
      "",
      tag("h1", "", plain(title)),
      tag("p", "remark", plain(`${lead} ${made}`.trim())),
      tag("nav", "", ...links(sections)),
    ),
    tag("main", "", ...sections),
    tag(
      "footer",
      "",
      plain("This page was generated from the stacks' plans, without a cloud account. It contains no secrets."),
    ),
  ];
  const html = element("html", { lang: "en" }, tag("head", "", ...head), tag("body", "", ...body));
  return `<!doctype html>\n${html}\n`;
}

const lead = "The resources in each stack, according to its plan.";

function links(sections: readonly string[]): readonly string[] {
  return sections.flatMap((text) => {
    const [, id, title] = /<section id="([^"]+)"[\s\S]*?<h2[^>]*>([^<]*)<\/h2>/.exec(text) ?? [];
    return id === undefined || title === undefined ? [] : [element("a", { href: `#${id}` }, title)];
  });
}
