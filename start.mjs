/**
 * Runs index.ts for Pulumi, and a tool for `node start.mjs tools/plan.ts …`: esbuild joins the TypeScript into one script,
 * which Node loads as CommonJS. Nothing hooks into Node's own loading, which takes a third of a preview's CPU with a
 * TypeScript loader (docs/speed.md). The script is kept for as long as no file that it is made of changes. Types are
 * checked by `npm run types`.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { Module } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import "./providers/sdk.cjs";

const folder = fileURLToPath(new URL(".", import.meta.url));
const isTool = process.argv[1] === fileURLToPath(import.meta.url);
const kept = resolve(folder, "node_modules/.cache/ams-cluster");

// From Node 22 on: what V8 made of the SDK and of the script is kept, which saves a sixth of a preview's CPU.
Module.enableCompileCache?.(resolve(kept, "compiled"));

/** Where a script seems to lie: its __dirname is that of model/project.cjs, which alone may ask. */
const script = "model/bundle.cjs";

/** The command line's command, if it has one of that name. */
const command = existsSync(resolve(folder, `tools/${process.argv[3]}.ts`)) ? process.argv[3] : "";

/** Packages whose files become a part of the script, which are 167 fewer to find at each start. */
const joined = ["yaml", "zod"];

const modules = {
  name: "modules",
  setup: ({ onResolve, resolve: find }) => {
    onResolve({ filter: /^[^./]/ }, ({ kind, path }) =>
      kind === "entry-point" || joined.includes(path) ? undefined : { path, external: true },
    );
    // Zod as an ES module, of which what is used alone is taken.
    onResolve({ filter: /\/zod\.ts$/ }, ({ kind, resolveDir }) => find("zod", { kind, resolveDir }));
    // Of the command line's modules the asked command's alone: all of them are half as much again.
    onResolve({ filter: /^\.\.\/tools\/\w+\.ts$/ }, ({ kind, path }) =>
      isTool && kind === "dynamic-import" && path !== `../tools/${command}.ts` ? { path, external: true } : undefined,
    );
  },
};

/** Of what a script is made of: its files in the project, and what makes it. Throws where a file is gone. */
function digestOf(files, ...words) {
  const hash = createHash("sha256").update([process.version, isTool, ...words].join(" "));
  for (const file of ["start.mjs", "tsconfig.json", "node_modules/esbuild/package.json", ...files])
    hash.update(file).update(readFileSync(resolve(folder, file)));
  return hash.digest("hex");
}

/** The file and what it imports of the project's own as one script. Throws a SyntaxError that names file and line. */
async function join(file) {
  const { build, stop } = await import("esbuild");
  try {
    const { outputFiles, metafile } = await build({
      absWorkingDir: folder,
      entryPoints: [file],
      outfile: script,
      write: false,
      bundle: true,
      plugins: [modules],
      platform: "node",
      format: "cjs",
      target: `node${process.versions.node}`,
      metafile: true,
      sourcemap: isTool && "inline", // the SDK maps traces in a way of its own
      sourcesContent: false,
      logLevel: "silent",
    });
    // A package changes with its version alone.
    const files = Object.keys(metafile.inputs).map((name) =>
      name.replace(/^(.*node_modules\/(@[^/]+\/)?[^/]+)\/.*/, "$1/package.json"),
    );
    return { files: [...new Set(files)], text: outputFiles[0].text };
  } catch ({ message }) {
    throw new SyntaxError(message);
  } finally {
    await stop();
  }
}

/** The script of a file: the kept one, unless it is made of other files than are there now. */
async function scriptOf(file) {
  const place = resolve(kept, `${digestOf([file], command)}.json`);
  try {
    const { digest, files, text } = JSON.parse(readFileSync(place, "utf8"));
    if (digest === digestOf(files)) return text;
  } catch {
    // None is kept, or one of its files is gone.
  }
  const begin = Date.now();
  const { files, text } = await join(file);
  // What changed meanwhile may not be what was joined. The clock of files is some milliseconds late.
  if (files.some((name) => statSync(resolve(folder, name)).ctimeMs > begin - 50)) return text;
  try {
    mkdirSync(kept, { recursive: true });
    // Whoever starts at the same time reads the old one or the new one.
    writeFileSync(`${place}.${process.pid}`, JSON.stringify({ digest: digestOf(files), files, text }));
    renameSync(`${place}.${process.pid}`, place);
  } catch {
    // A folder that can't be written costs time alone.
  }
  return text;
}

/** What a TypeScript file of the project exports. */
async function load(file) {
  const module = new Module(resolve(folder, script));
  module.filename = module.id;
  module.paths = Module._nodeModulePaths(folder);
  module._compile(await scriptOf(file), module.filename);
  return module.exports;
}

/** The Pulumi program. */
async function program() {
  const loaded = load("index.ts");
  // esbuild is a process of its own, and reads the project while this one is busy with the SDK.
  Module.createRequire(import.meta.url)("@pulumi/pulumi");
  return (await loaded).default();
}

// Pulumi takes a default export alone.
export default Object.assign(program, { load });

if (isTool) {
  process.setSourceMapsEnabled(true);
  const [node, , tool, ...words] = process.argv;
  process.argv = [node, resolve(folder, tool), ...words];
  await load(tool);
}
