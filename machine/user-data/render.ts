import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Document, isSeq, visit } from "yaml";
import { projectFile } from "../../model/project.ts";
import { sandboxed } from "./sandbox.ts";

/** A file of a machine; its text ends with a line's end. */
export interface MachineFile {
  readonly path: string;
  readonly text: string;
}

type Commands = readonly (readonly string[])[];

/** What a kind of machine is made of: its facts go into user data, its files and commands into the archive. */
export interface Machine {
  /** Commands of each boot, before services start. */
  readonly bootCommands: Commands;
  /** What the programs have to know. */
  readonly facts: object;
  readonly files: readonly MachineFile[];
  /** What the machine runs once the files are there, and again when one of them was another. */
  readonly commands: Commands;
}

/** A real file of this room, without comments and formatting: changing those must not replace machines. */
export function source(name: string): string {
  const known = sources.get(name) ?? read(name);
  sources.set(name, known);
  return known;
}
const sources = new Map<string, string>();

function read(name: string): string {
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
  readonly bootCommands: Commands;
  readonly files: readonly MachineFile[];
  /** Commands of the first boot, at its end. */
  readonly runCommands: Commands;
}

/** The text that cloud-init reads, as a person reads it too; the first line is its format's name. */
export function cloudConfig({ bootCommands, files, runCommands }: CloudConfig): string {
  const document = {
    ...(bootCommands.length === 0 ? {} : { bootcmd: bootCommands }),
    write_files: files.map(({ path, text }) => ({ path, content: text })),
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

/** A unit of ours in its sandbox. */
export const unit = (path: string): MachineFile => ({
  path: `/etc/systemd/system/${basename(path)}`,
  text: sandboxed(basename(path), source(`agent/${path}`)),
});
