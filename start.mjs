/**
 * Runs index.ts for Pulumi, and a tool for `node start.mjs tools/plan.ts …`: esbuild joins the TypeScript into one script,
 * which Node loads as CommonJS. Nothing hooks into Node's own loading, which takes a third of a preview's CPU with a
 * TypeScript loader (docs/speed.md). Types are checked by `npm run types`.
 */
import { Module } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";
import "./providers/sdk.cjs";

const folder = fileURLToPath(new URL(".", import.meta.url));
const isTool = process.argv[1] === fileURLToPath(import.meta.url);

// From Node 22 on: what V8 made of the SDK and of the script is kept, which saves a sixth of a preview's CPU.
Module.enableCompileCache?.(resolve(folder, "node_modules/.cache/compiled"));

/** Of the command line's modules the asked command's alone: all of them are half as much again. */
const askedCommand = {
  name: "asked-command",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\.\/tools\/\w+\.ts$/ }, ({ kind, path }) =>
      kind === "dynamic-import" && path !== `../tools/${process.argv[2]}.ts` ? { path, external: true } : undefined,
    ),
};

/** The file and what it imports of the project's own as one script. Throws a SyntaxError that names file and line. */
async function join(file) {
  try {
    const { outputFiles } = await build({
      absWorkingDir: folder,
      entryPoints: [file],
      outfile: "bundle.cjs",
      write: false,
      bundle: true,
      packages: "external",
      plugins: isTool ? [askedCommand] : [],
      platform: "node",
      format: "cjs",
      target: `node${process.versions.node}`,
      sourcemap: isTool && "inline", // the SDK maps traces in a way of its own
      sourcesContent: false,
      logLevel: "silent",
      // Only model/project.cjs may ask where it lies.
      define: { __dirname: JSON.stringify(resolve(folder, "model")) },
    });
    return outputFiles[0].text;
  } catch ({ message }) {
    throw new SyntaxError(message);
  } finally {
    await stop();
  }
}

/** What a TypeScript file of the project exports. */
async function load(file) {
  const script = new Module(resolve(folder, "bundle.cjs"));
  script.filename = script.id;
  script.paths = Module._nodeModulePaths(folder);
  script._compile(await join(file), script.filename);
  return script.exports;
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
