import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { projectFile, projectFolder } from "../../model/project.ts";
import { testFiles } from "../order.ts";

/** `npm run clusters`: the tests over random clusters, over more of them and from a fresh seed, which a failure prints. */

const files = [...testFiles("commit"), ...testFiles("nightly")].filter((file) =>
  /\bon(Each|Both)Clouds?\(/.test(readFileSync(projectFile(file), "utf8")),
);
const { status } = spawnSync(process.execPath, [projectFile("node_modules/mocha/bin/mocha.js"), ...files], {
  cwd: projectFolder,
  stdio: "inherit",
  env: { FC_RUNS: "40", FC_SEED: "new", ...process.env },
});
process.exitCode = status ?? 1;
