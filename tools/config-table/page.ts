import type { Row, Section } from "./rows.ts";

const head = `# Every key of the configuration

Made by \`npm run config-table\` from the program's own schema and the comments beside its types; a test fails when this page is not
current. What "allowed" says is what the program says when it refuses a value. Set a key with
\`pulumi config set --path ams:origin.max 20\`, try one with \`npm run plan -- aws --config origin.max=20\`.

Beside these keys a stack needs its cloud's region (\`aws:region\` or \`alicloud:region\`), and on Alibaba Cloud \`alicloud:accountType\`
(\`International\` or \`Domestic\`). \`pulumi:disable-default-providers\` with the other cloud's provider makes a resource of the wrong cloud
an error.

What only one cloud can do: [clouds.md](clouds.md).
`;

/** What the model's comments call the documents that the defaults are from. */
const sources: Readonly<Record<string, string>> = {
  "seed 000": "Ant Media's guide to AWS",
  "seed 001": "Ant Media's guide to Alibaba Cloud",
  "seed 002": "Ant Media's cluster guide",
  "seed 003": "Ant Media's clustering page",
  "seed 004": "Ant Media's wiki on load balancing",
};

const inWords = (text: string): string =>
  text.replace(/ \(seeds [^)]*\)/g, "").replace(/seed 00\d/g, (name) => sources[name] ?? name);

/** Outside of code, `<stack>` would be a tag. */
const escaped = (text: string): string =>
  text.replace(/`[^`]*`|<(?=\w)/g, (found) => (found === "<" ? "&lt;" : found)).replaceAll("|", "\\|");

const cell = (text: string): string => escaped(inWords(text)).trim();

/** The page as Markdown. */
export const page = (all: readonly Section[]): string => [head, ...all.map(sectionPage)].join("\n");

function sectionPage({ name, description, rows }: Section): string {
  const title = name === "secrets" ? "Secrets" : `\`ams:${name}\``;
  const lines = rows.map(
    (row) => `| \`${row.path}\` | ${cell(allowed(row))} | ${cell(byDefault(row))} | ${cell(row.comment.text)} |`,
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

/** The schema's value, then what the comment adds to it: why, and where it is from. */
function byDefault({ default: value, required, group, comment }: Row): string {
  const said = comment.byDefault ?? "";
  if (required) return "must be said";
  if (value === undefined || group) return said === "" ? "none" : said;
  const literal = JSON.stringify(value);
  const code = `\`${typeof value === "string" ? value : literal}\``;
  if (said.startsWith(literal)) return code + said.slice(literal.length);
  if (typeof value === "object" && said !== "") return said;
  return [code, said].filter((text) => text !== "").join(": ");
}
