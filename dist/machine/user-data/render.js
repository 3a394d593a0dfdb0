"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.unit = exports.installed = void 0;
exports.source = source;
exports.withoutComments = withoutComments;
exports.cloudConfig = cloudConfig;
const node_fs_1 = require("node:fs");
const node_path_1 = require("node:path");
const yaml_1 = require("yaml");
const project_ts_1 = require("../../model/project.js");
const sandbox_ts_1 = require("./sandbox.js");
/** A real file of this room, without comments and formatting: changing those must not replace machines. */
function source(name) {
    const known = sources.get(name) ?? read(name);
    sources.set(name, known);
    return known;
}
const sources = new Map();
function read(name) {
    const text = withoutComments((0, node_fs_1.readFileSync)((0, project_ts_1.projectFile)(`machine/${name}`), "utf8"));
    return name.endsWith(".py") ? text.replace(/^( {4})+/gm, (indent) => " ".repeat(indent.length / 4)) : text;
}
/** Drops blank lines and those that hold a comment alone; all our kinds of files begin one with a number sign or //. */
function withoutComments(text) {
    return text
        .split("\n")
        .filter((line) => /^#!/.test(line) || !/^\s*(#|\/\/|$)/.test(line))
        .map((line) => `${line}\n`)
        .join("");
}
/** The text that cloud-init reads, as a person reads it too; the first line is its format's name. */
function cloudConfig({ bootCommands, files, runCommands }) {
    const document = {
        ...(bootCommands.length === 0 ? {} : { bootcmd: bootCommands }),
        write_files: files.map(({ path, text }) => ({ path, content: text })),
        runcmd: runCommands,
    };
    const yaml = new yaml_1.Document(document);
    (0, yaml_1.visit)(yaml, (_, node, path) => {
        // A command on one line.
        if ((0, yaml_1.isSeq)(node) && node.items.length > 0 && path.some(yaml_1.isSeq))
            node.flow = true;
    });
    return `#cloud-config\n${yaml.toString({ lineWidth: 0, flowCollectionPadding: false, blockQuote: "literal", indentSeq: false })}`;
}
/**
 * A program in its place; a person may run it there. The agent's folders are for its reader: on a machine the programs
 * lie beside each other, so that a module's name is all that an import needs.
 */
const installed = (path) => ({
    path: `/usr/local/lib/ams-cluster/${(0, node_path_1.basename)(path)}`,
    text: source(`agent/${path}`),
});
exports.installed = installed;
/** A unit of ours in its sandbox. */
const unit = (path) => ({
    path: `/etc/systemd/system/${(0, node_path_1.basename)(path)}`,
    text: (0, sandbox_ts_1.sandboxed)((0, node_path_1.basename)(path), source(`agent/${path}`)),
});
exports.unit = unit;
