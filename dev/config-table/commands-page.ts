import { commands } from "../../tools/cli/commands.ts";
import type { Option } from "../../tools/cli/options.ts";
import { exampleLine, optionHelp, optionName, type Spec, usageOf } from "../../tools/cli/run.ts";

const head = `# Commands

This page is generated from the table of commands by \`npm run config-table\`. In this repository a command is a script, such as
\`npm run plan -- aws\`; \`npm run --silent\` prints nothing else. In a program that has installed the package, the same command is
\`npx ams-cluster plan aws\`: it reads the program's own \`Pulumi.yaml\` and \`Pulumi.STACK.yaml\`, and in them the \`ams:\` keys.

| exit code | meaning |
| --- | --- |
| 0 | the command did what it was asked |
| 1 | it found a problem: the configuration has faults, a check failed, no size or price fits |
| 2 | the command line, or a file that it names, can't be used |

Every command has \`-h, --help\`, which is not repeated below.
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
