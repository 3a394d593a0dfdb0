import { commands } from "../../tools/cli/commands.ts";
import type { Option } from "../../tools/cli/options.ts";
import { exampleLine, optionHelp, optionName, type Spec, usageOf } from "../../tools/cli/run.ts";

const head = `# Commands

\`npm run config-table\` generates this page from the command table. In this repository, each command is an npm script, such as
\`npm run plan -- aws\`. \`npm run --silent\` suppresses npm's own output. In a program that uses the package, run \`npx ams-cluster plan aws\`
instead. The command reads the \`ams:\` keys in that program's \`Pulumi.yaml\` and \`Pulumi.STACK.yaml\`.

| exit code | meaning |
| --- | --- |
| 0 | success |
| 1 | the configuration is invalid, a check failed, or no suitable machine size or price was found |
| 2 | the command line is invalid, or a file that it specifies cannot be read |

Every command also accepts \`-h, --help\`.
`;

const cell = (text: string): string => text.replaceAll("|", "\\|").replace(/<(?=\w)/g, "&lt;");

const named = ({ short, value }: Option<unknown>, name: string): string =>
  `${short === undefined ? "" : `${short}, `}${name}${value === undefined ? "" : ` <${value}>`}`;

/** The page as Markdown. */
export const commandsPage = (): string =>
  [head, ...Object.entries<Spec>(commands).map(([name, spec]) => section(name, spec))].join("\n");

function section(name: string, spec: Spec): string {
  const { summary, words, options, notes, exitCodes, examples } = spec;
  const rows = Object.entries(options).map(
    ([key, option]) => `| \`${named(option, optionName(key))}\` | ${cell(optionHelp(option))} |`,
  );
  const argument = words === undefined ? [] : [`| \`${words.name.toUpperCase()}\` | ${cell(words.help)} |`];
  return [
    `## \`${name}\``,
    "",
    cell(summary),
    "",
    `Usage: \`${usageOf(name, spec)}\``,
    "",
    "```",
    ...examples.map((example) => exampleLine(name, example)),
    "```",
    "",
    "| option | meaning |",
    "| --- | --- |",
    ...argument,
    ...rows,
    "",
    ...(notes === undefined ? [] : [cell(notes), ""]),
    `Exit code: ${cell(exitCodes)}`,
    "",
  ].join("\n");
}
