import { spawn } from "node:child_process";
import { type Lane, lanes, tools } from "./test-tools/tools.ts";

/**
 * `npm run setup:test` installs what the tests start and says what; with --check, as `npm test` runs it, it installs nothing
 * and fails when something is missing, with --nightly also when the nightly tests alone miss it.
 */

const missing = (needed = tools) => needed.flatMap((tool) => tool.missing() ?? []);

function check(isNightly: boolean): void {
  const left = missing(tools.filter(({ nightly = false }) => isNightly || !nightly));
  if (left.length === 0) return;
  console.error(`Programs that the tests require are missing:\n${left.map((what) => `  ${what}\n`).join("")}`);
  console.error("Install them with: npm run setup:test");
  process.exitCode = 1;
}

/** Installs what is missing of one lane, one after the other; false when something can't be installed. */
function installLane(lane: Lane): boolean {
  for (const tool of tools.filter((one) => one.lane === lane)) {
    const what = tool.missing();
    if (what === undefined) continue;
    console.log(`installing ${what}`);
    try {
      tool.install();
    } catch (error) {
      console.error(`${what}: ${error instanceof Error ? error.message : error}`);
      return false;
    }
  }
  return true;
}

/** In a process of its own, as the tools' own installers block this one. */
const laneProcess = (lane: Lane): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const words = [...process.execArgv, process.argv[1] ?? "", "--lane", lane];
    const child = spawn(process.execPath, words, { stdio: "inherit" });
    child.once("error", reject).once("close", (status) => resolve(status === 0));
  });

/** Debian's packages first, which the others need; then what is built beside what is fetched. */
async function install(): Promise<void> {
  const done = installLane("packages") && (await Promise.all(lanes.slice(1).map(laneProcess))).every(Boolean);
  const left = missing();
  if (!done || left.length > 0) {
    console.error(`Still missing: ${left.join("; ")}`);
    process.exitCode = 1;
  } else console.log("All programs that the tests require are installed. Run the tests with: npm test");
}

if (process.getuid?.() !== 0) {
  console.error(
    "The boot rehearsals mount file systems and start systemd in namespaces. Run setup:test and the tests as root, for example with sudo.",
  );
}

const lane = lanes.find((name) => process.argv[3] === name);
if (process.argv.includes("--check")) check(process.argv.includes("--nightly"));
else if (process.argv[2] !== "--lane" || lane === undefined) await install();
else if (!installLane(lane)) process.exitCode = 1;
