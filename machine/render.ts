import { readFileSync } from "node:fs";
import { gzipSync, strToU8 } from "fflate";
import { Document, isSeq, visit } from "yaml";

/** A file as cloud-init's write_files makes it. */
export interface MachineFile {
  readonly path: string;
  readonly text: string;
}

/** A real file of this folder, without its comments: changing one must not replace machines, and bytes are scarce. */
export function source(name: string): string {
  const text = withoutComments(readFileSync(new URL(name, import.meta.url), "utf8"));
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

/**
 * Node's own zlib gives other bytes with each version, and other bytes would replace machines; the pinned fflate gives
 * the same ones everywhere, with the header's time left out.
 */
function compress(text: string): string {
  return Buffer.from(gzipSync(strToU8(text), { level: 9, mtime: 0 })).toString("base64");
}

const archivePath = "/run/ams-cluster.tar";

/** One field of a header of POSIX's ustar format: text, then zeros. */
function field(text: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.write(text);
  return bytes;
}

const octal = (value: number, length: number): Buffer => field(value.toString(8).padStart(length - 1, "0"), length);

/** A file as a tar archive has it, of root and of no time. */
function archived({ path, text }: MachineFile): Buffer {
  const content = Buffer.from(text);
  const header = Buffer.concat([
    field(path.slice(1), 100),
    ...[octal(0o644, 8), octal(0, 8), octal(0, 8), octal(content.length, 12), octal(0, 12)],
    field("        0", 109),
    field("ustar", 6),
    field("00", 249),
  ]);
  const sum = header.reduce((total, byte) => total + byte, 0);
  octal(sum, 7).copy(header, 148);
  return Buffer.concat([header, content, Buffer.alloc(-content.length & 511)]);
}

/** The files as one archive: together they compress a fifth better than apart. */
function archive(files: readonly MachineFile[]): string {
  return Buffer.concat([...files.map(archived), Buffer.alloc(1024)]).toString();
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

/** The text that cloud-init reads; the first line is its format's name. */
export function cloudConfig({ bootCommands, facts, files, runCommands }: CloudConfig): string {
  const known = { path: "/etc/ams-cluster/facts.json", text: `${JSON.stringify(facts)}\n` };
  const document = {
    ...(bootCommands.length === 0 ? {} : { bootcmd: bootCommands }),
    write_files: [{ path: archivePath, encoding: "gz+b64", content: compress(archive([known, ...files])) }],
    runcmd: [["tar", "-xf", archivePath, "-C", "/"], ...runCommands],
  };
  const yaml = new Document(document);
  visit(yaml, (_, node, path) => {
    // A command on one line.
    if (isSeq(node) && node.items.length > 0 && path.some(isSeq)) node.flow = true;
  });
  return `#cloud-config\n${yaml.toString({ lineWidth: 0, flowCollectionPadding: false })}`;
}

/** A program in its place; a person may run it there. */
export const installed = (name: string): MachineFile => ({
  path: `/usr/local/lib/ams-cluster/${name}`,
  text: source(name),
});

export const unit = (name: string): MachineFile => ({ path: `/etc/systemd/system/${name}`, text: source(name) });
