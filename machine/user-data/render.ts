import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Document, isSeq, visit } from "yaml";
import { projectFile } from "../../model/project.ts";

/** A file as cloud-init's write_files makes it. */
export interface MachineFile {
  readonly path: string;
  readonly text: string;
}

/** A real file of this room, without its comments: changing one must not replace machines, and bytes are scarce. */
export function source(name: string): string {
  const text = withoutComments(readFileSync(projectFile(`machine/${name}`), "utf8"));
  return name.endsWith(".py") ? text.replace(/^( {4})+/gm, (indent) => " ".repeat(indent.length / 4)) : text;
}

/** Drops blank lines and those that hold a comment alone; all our kinds of files begin one with a number sign or //. */
export function withoutComments(text: string): string {
  return text
    .split("\n")
    .filter((line) => /^#!/.test(line) || !/^\s*(#|\/\/|$)/.test(line))
    .map((line) => `${line}\n`)
    .join("");
}

export interface CloudConfig {
  /** Commands of each boot, before the files are written and before services start. */
  readonly bootCommands: readonly (readonly string[])[];
  /** What the programs have to know. */
  readonly facts: object;
  readonly files: readonly MachineFile[];
  /** Commands of the first boot, at its end. */
  readonly runCommands: readonly (readonly string[])[];
}

/** The text that cloud-init reads, as a person reads it too; the first line is its format's name. */
export function cloudConfig({ bootCommands, facts, files, runCommands }: CloudConfig): string {
  const known = { path: "/etc/ams-cluster/facts.json", text: `${JSON.stringify(facts, undefined, 1)}\n` };
  const document = {
    ...(bootCommands.length === 0 ? {} : { bootcmd: bootCommands }),
    write_files: [known, ...files].map(({ path, text }) => ({ path, content: text })),
    runcmd: runCommands,
  };
  const yaml = new Document(document);
  visit(yaml, (_, node, path) => {
    // A command on one line.
    if (isSeq(node) && node.items.length > 0 && path.some(isSeq)) node.flow = true;
  });
  return `#cloud-config\n${yaml.toString({ lineWidth: 0, flowCollectionPadding: false, blockQuote: "literal", indentSeq: false })}`;
}

/**
 * A program in its place; a person may run it there. The agent's folders are for its reader: on a machine the programs
 * lie beside each other, so that a module's name is all that an import needs.
 */
export const installed = (path: string): MachineFile => ({
  path: `/usr/local/lib/ams-cluster/${basename(path)}`,
  text: source(`agent/${path}`),
});

export const unit = (path: string): MachineFile => ({
  path: `/etc/systemd/system/${basename(path)}`,
  text: source(`agent/${path}`),
});
