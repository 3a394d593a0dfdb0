import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectFile } from "../model/project.ts";
import { argsTypes } from "./args-types.ts";

/** `npm run build`: the package's JavaScript and types, and the files that it reads, in `dist`. */

/** What the program reads beside its code, by folder. */
const read = [
  ...["machine", "model/ams/ams-settings.tsv", "model/capacity", "model/project.cjs"],
  ...["tools", "recording/provider-schema", "providers/sdk.cjs"],
  // What `init` begins with.
  ...["Pulumi.yaml", "Pulumi.aws.yaml", "Pulumi.alibaba.yaml"],
];

/** The command line of the package, `npx ams-cluster`. */
const bin = `#!/usr/bin/env node
require("node:module").enableCompileCache?.();
require("./providers/sdk.cjs");
require("./tools/cli.js");
`;

const { values } = parseArgs({ options: { out: { type: "string", default: projectFile("dist") } } });
const dist = values.out;
rmSync(dist, { recursive: true, force: true });

const { status } = spawnSync(
  process.execPath,
  [projectFile("node_modules/typescript/lib/tsc.js"), "-p", "tsconfig.build.json", "--outDir", dist],
  {
    cwd: projectFile(""),
    stdio: "inherit",
  },
);
if (status !== 0) process.exit(status ?? 1);

for (const path of read) {
  cpSync(projectFile(path), join(dist, path), {
    recursive: true,
    filter: (file) => !/(?<!\.d)\.ts$|__pycache__/.test(file),
  });
}

// The project's own files are ES modules; the build is CommonJS, which both kinds of program load.
const { version } = JSON.parse(readFileSync(projectFile("package.json"), "utf8"));
writeFileSync(join(dist, "package.json"), `${JSON.stringify({ type: "commonjs", version })}\n`);
writeFileSync(join(dist, "bin.js"), bin, { mode: 0o755 });

/** Declarations that a program sees: the component, its arguments, and what these name. */
const declared = [
  "ams-cluster",
  "providers/cluster-args",
  "providers/cluster-component",
  "providers/rendered-cluster",
  "providers/stack-outputs",
];

for (const file of readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".d.ts"))) {
  const path = join(dist, file);
  if (!declared.includes(file.slice(0, -".d.ts".length))) rmSync(path);
  // The compiler writes the sources' names, which compilers before 5.7 refuse.
  else writeFileSync(path, readFileSync(path, "utf8").replace(/(from |import\()"(\.[^"]+)\.ts"/g, '$1"$2.js"'));
}
writeFileSync(join(dist, "providers/cluster-args.d.ts"), argsTypes());
