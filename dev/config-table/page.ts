import type { Row, Section } from "./rows.ts";

const head = `# Every key of the configuration

This page is generated from the program's schema by \`npm run config-table\`. The column "allowed" is what a fault message
shows when a value is rejected. Set a key with
\`pulumi config set --path ams:origin.max 20\`, try one with \`npm run plan -- aws --config origin.max=20\`.

Besides these keys, a stack requires its cloud's region (\`aws:region\` or \`alicloud:region\`), and on Alibaba Cloud \`alicloud:accountType\`
(\`International\` or \`Domestic\`). \`pulumi:disable-default-providers\` with the other cloud's provider makes a resource of the wrong cloud
an error.

Features of a single cloud: [clouds.md](clouds.md).
`;

/** Outside of code, `<stack>` would be a tag. */
const escaped = (text: string): string =>
  text.replace(/`[^`]*`|<(?=\w)/g, (found) => (found === "<" ? "&lt;" : found)).replaceAll("|", "\\|");

const cell = (text: string): string => escaped(text).trim();

/** The page as Markdown. */
export const page = (all: readonly Section[]): string => [head, ...all.map(sectionPage)].join("\n");

function sectionPage({ name, description, rows }: Section): string {
  const title = name === "secrets" ? "Secrets" : `\`ams:${name}\``;
  const lines = rows.map(
    (row) => `| \`${row.path}\` | ${cell(allowed(row))} | ${cell(byDefault(row))} | ${cell(row.description)} |`,
  );
  return [
    `## ${title}`,
    "",
    cell(description),
    "",
    "| key | allowed | default | meaning |",
    "| --- | --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
}

const allowed = ({ allowed: text, kinds }: Row): string =>
  kinds.length === 0 ? text : `${text}; with ${kinds.map((kind) => `\`${kind}\``).join(", ")}`;

/** The schema's value, with its reason or source in brackets. */
function byDefault({ default: value, required, group, source }: Row): string {
  if (required) return "required";
  if (value === undefined || group) return source === "" ? "none" : source;
  const code = `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
  return source === "" ? code : `${code} (${source})`;
}
