import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { projectFile, projectFolder } from "../model/project.ts";
import { type Part, testFiles } from "./order.ts";

/**
 * `npm test`; `npm run test:quick` with --quick, `npm run test:nightly` with --nightly or --fast, and what `npm run bench` measures with
 * --without-engine. Other words are mocha's.
 */

const parts: Readonly<Record<string, Part>> = {
  "--quick": "quick",
  "--without-engine": "without-engine",
  "--nightly": "nightly",
  "--fast": "fast",
};

const given = process.argv.slice(2);
const part = given.map((word) => parts[word]).find((named) => named !== undefined) ?? "commit";
// The quick ones wait for nothing, so that more of them at a time than there are processors would only load more.
const jobs = part === "quick" ? ["--jobs", String(availableParallelism())] : [];
// CI wants the files of what failed, too.
const report = process.env["AMS_FAILED_FILES"] === undefined ? [] : ["--reporter", "./test/support/failed-files.cjs"];
const words = [...testFiles(part), ...jobs, ...report, ...given.filter((word) => !(word in parts))];
const { status } = spawnSync(process.execPath, [projectFile("node_modules/mocha/bin/mocha.js"), ...words], {
  cwd: projectFolder,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
