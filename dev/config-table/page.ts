import type { Row, Section } from "./rows.ts";

const head = `# Configuration keys

\`npm run config-table\` generates this page from the configuration schema. The "allowed" column shows the text that the
program displays when it rejects a value. Set a key with \`pulumi config set --path ams:origin.max 20\`. To try a value
without saving it, run \`npm run plan -- aws --config origin.max=20\`.

In addition to these keys, a stack must set its region (\`aws:region\` or \`alicloud:region\`) and, on Alibaba Cloud,
\`alicloud:accountType\` (\`International\` or \`Domestic\`). To prevent resources from being created on the wrong cloud,
list the other cloud's provider in \`pulumi:disable-default-providers\`.

[clouds.md](clouds.md) lists the features that only one cloud supports.
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
  kinds.length === 0 ? text : `${text}; applies only to ${kinds.map((kind) => `\`${kind}\``).join(" and ")}`;

/** The schema's value, with its reason or source in brackets. */
function byDefault({ default: value, required, group, source }: Row): string {
  if (required) return "required";
  if (value === undefined || group) return source === "" ? "none" : source;
  const code = `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
  return source === "" ? code : `${code} (${source})`;
}
