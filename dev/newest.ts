import { execFileSync, spawnSync } from "node:child_process";
import { projectFile, projectFolder } from "../model/project.ts";
import { installNewest, recorded } from "./newest-set.ts";

/** `npm run newest`: the tests of the newest SDK and Node, with what the registry serves now. */

const viewed = (name: string, field: string): unknown =>
  JSON.parse(execFileSync("npm", ["view", name, field, "--json"], { encoding: "utf8" }));

/** Node's releases of even numbers get long-term support. */
function newestNode(name: string): string {
  const versions = viewed(name, "versions");
  if (!Array.isArray(versions)) throw new Error(`npm lists no versions of ${name}`);
  const numbers = versions.map((version) => String(version).split(".").map(Number));
  const even = numbers.filter(([major = 1]) => major % 2 === 0);
  const [newest] = even.sort((one, other) => compare(other, one));
  return (newest ?? []).join(".");
}

const compare = (one: readonly number[], other: readonly number[]): number =>
  one.map((part, index) => part - (other[index] ?? 0)).find((difference) => difference !== 0) ?? 0;

const served = Object.fromEntries(
  Object.keys(recorded).map((name) => [
    name,
    name.startsWith("node-") ? newestNode(name) : String(viewed(name, "version")),
  ]),
);
console.log(`Newest versions in the registry: ${JSON.stringify(served)}`);
installNewest(served);
const { status } = spawnSync(
  process.execPath,
  [projectFile("node_modules/mocha/bin/mocha.js"), "test/newest/*.test.ts"],
  {
    cwd: projectFolder,
    stdio: "inherit",
    env: { ...process.env, AMS_NEWEST: JSON.stringify(served) },
  },
);
process.exitCode = status ?? 1;
