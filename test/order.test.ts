import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { testFiles } from "./order.ts";
import { root } from "./support/contract.ts";

const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

/** What guards against data loss, an open door or a wrong replacement. */
const guards = [
  ...["stacks", "upgrade", "zones", "aws-databases"].map((name) => `engine/${name}`),
  ...["drain", "gate", "health", "volume", "database", "secret", "membership"].map((name) => `machine/${name}`),
  ...["hostile", "listeners", "spellings", "managed"].map((name) => `proxy/${name}`),
  ...[
    "contract",
    "architecture",
    "model/firewall",
    "policy/rules",
    "policy/reach",
    "tools/diff/force-new",
    "tools/diff/proxies",
  ],
  ...["providers/rights/least-privilege", "providers/rights/permissions", "providers/rights/judge", "rehearsal/media"],
  "turn/coturn",
].map((name) => `test/${name}.test.ts`);

describe("The tests", () => {
  it("are each run by `npm test` or by `npm run test:nightly`, and by one of them", () => {
    const written = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".test.ts"))
      .map((name) => join("test", name));
    assert.deepEqual([...testFiles("commit"), ...testFiles("nightly")].sort(), written.sort());
  });

  it("that guard against data loss, an open door or a wrong replacement are run by `npm test`", () => {
    const commit = testFiles("commit");
    assert.deepEqual(
      guards.filter((file) => !commit.includes(file)),
      [],
    );
  });

  it("are all run by .ci/run, in the README's words", () => {
    assert.match(textOf("README.md"), /\nnpm ci\nnpm run setup:test && npm test +# /);
    const commands = textOf(".ci/run")
      .split("\n")
      .map((text) => text.replace(/ \|\| exit 1$/, "").replace(/^run /, ""));
    for (const command of ["npm run setup:test", "npm test", "npm run test:nightly -- --fast"])
      assert.ok(commands.includes(command), command);
  });

  it("install nothing: where something is missing the command that installs it is named", () => {
    const cache = mkdtempSync(join(tmpdir(), "ams-cache-"));
    try {
      const { scripts } = JSON.parse(textOf("package.json"));
      const missing = (name: string): string => {
        const [, ...words] = String(scripts[name]).split(" ");
        const { status, stderr } = spawnSync(process.execPath, words, {
          cwd: root,
          encoding: "utf8",
          env: { PATH: dirname(process.execPath), HOME: cache },
        });
        assert.equal(status, 1, stderr);
        for (const what of ["Pulumi's engine", "Checkov", "FerretDB"]) assert.ok(stderr.includes(`  ${what}`), stderr);
        assert.match(stderr, /\nInstall them with: npm run setup:test\n$/);
        return stderr;
      };
      // What the nightly tests alone start.
      const newest = "  from npm, in a separate directory";
      assert.equal(missing("pretest").includes(newest), false);
      assert.ok(missing("pretest:nightly").includes(newest));
      assert.deepEqual(readdirSync(cache), []);
    } finally {
      rmSync(cache, { recursive: true });
    }
  });
});
