/** Colours by their job, for a light page and a dark one. All pairs of text and ground keep a contrast of 4.5 to 1. */
export interface Palette {
  readonly page: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly card: string;
  readonly balancer: string;
  readonly media: string;
  readonly database: string;
  readonly publish: string;
  readonly play: string;
  readonly data: string;
}

/** For a light page. */
export const light: Palette = {
  page: "#ffffff",
  ink: "#1f2328",
  muted: "#57606a",
  line: "#8c959f",
  card: "#ffffff",
  balancer: "#f3effc",
  media: "#f2f6fb",
  database: "#eef7ef",
  publish: "#b33f00",
  play: "#0860ca",
  data: "#1a7030",
};

/** For a dark one. */
export const dark: Palette = {
  page: "#0d1117",
  ink: "#e6edf3",
  muted: "#9da7b1",
  line: "#6e7681",
  card: "#0d1117",
  balancer: "#1d1830",
  media: "#131c29",
  database: "#12211a",
  publish: "#ffa26b",
  play: "#6cb6ff",
  data: "#57c46c",
};

const fonts =
  "ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Liberation Sans',sans-serif";

/** Rules that don't depend on the palette. `.ams-diagram` keeps them to the picture when it stands within a page. */
const shapes = [
  `text{font:11px ${fonts}}`,
  "text.title{font-size:17px;font-weight:600}",
  "text.head{font-size:13px;font-weight:600}",
  "text.name{font-size:12px;font-weight:600}",
  "text.small{font-size:10px}",
  "text.middle{text-anchor:middle}",
  "text.end{text-anchor:end}",
  ".frame,.card,.group,.database-card{stroke-width:1.25}",
  ".group{fill-opacity:.6;stroke-width:1.5;stroke-dasharray:6 4}",
  ".arrow{fill:none;stroke-width:1.75}",
  ".direct{stroke-dasharray:3 4}",
  ".halo{fill:none;stroke-width:7}",
  ".machine{stroke-width:1.25}",
];

const coloured = (p: Palette): readonly string[] => [
  `.page{fill:${p.page}}`,
  `text{fill:${p.ink}}`,
  `text.muted{fill:${p.muted}}`,
  `.frame{fill:none;stroke:${p.line}}`,
  `.card{fill:${p.card};stroke:${p.line}}`,
  `.tier-balancer{fill:${p.balancer}}`,
  `.tier-media,.halo-media{fill:${p.media}}`,
  `.tier-database{fill:${p.database}}`,
  `.zone-line{fill:none;stroke:${p.line};stroke-dasharray:2 4}`,
  `.group{fill:${p.card}}`,
  `.halo{stroke:${p.media}}`,
  `.database-card{fill:${p.card};stroke:${p.data}}`,
  ...(["publish", "play", "data"] as const).flatMap((kind) => [
    `.arrow.${kind},.group.${kind},.machine.${kind}{stroke:${p[kind]}}`,
    `.tip.${kind},text.${kind},.machine.running.${kind}{fill:${p[kind]}}`,
  ]),
  `.arrow.plain{stroke:${p.muted}}`,
  `.tip.plain,text.plain{fill:${p.muted}}`,
];

const scoped = (rules: readonly string[]): string =>
  rules
    .map((rule) => {
      const brace = rule.indexOf("{");
      const selectors = rule.slice(0, brace).split(",");
      return `${selectors.map((selector) => `.ams-diagram ${selector}`).join(",")}${rule.slice(brace)}`;
    })
    .join("\n");

/** A picture in a README follows the reader's colour scheme; each carries its own ground, so both read on any page. */
export const style = [
  scoped([".machine{fill:none}", ...shapes, ...coloured(light)]),
  `@media (prefers-color-scheme:dark){\n${scoped(coloured(dark))}\n}`,
].join("\n");
