import { tools } from "./test-tools/tools.ts";

/**
 * `npm run setup:test` installs what the tests start and says what; with --check, as `npm test` runs it, it installs nothing
 * and fails when something is missing.
 */

const missing = () => tools.flatMap((tool) => tool.missing() ?? []);

function check(): void {
  const left = missing();
  if (left.length === 0) return;
  console.error(`The tests start what is not here:\n${left.map((what) => `  ${what}\n`).join("")}`);
  console.error("Install it with: npm run setup:test");
  process.exitCode = 1;
}

function install(): void {
  for (const tool of tools) {
    const what = tool.missing();
    if (what === undefined) continue;
    console.log(`installing ${what}`);
    try {
      tool.install();
    } catch (error) {
      console.error(`${what}: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
      return;
    }
  }
  const left = missing();
  if (left.length > 0) {
    console.error(`Still missing: ${left.join("; ")}`);
    process.exitCode = 1;
  } else console.log("All that the tests start is here. Run them with: npm test");
}

if (process.getuid?.() !== 0) {
  console.error(
    "The boot rehearsals mount file systems and start systemd in namespaces: run setup:test and the tests as root, e.g. with sudo.",
  );
}

if (process.argv.includes("--check")) check();
else install();
