import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { clouds, root } from "../../support/contract.ts";
import { changesOf } from "./all.ts";

/** Pages that tell an operator what to do with a stack that runs. */
const pages = [
  "runbooks",
  "operations",
  "balancers",
  "bring-your-own",
  "machines",
  "migration",
  "outbound",
  "recovery",
];

/** Runbooks whose changes other tests do on the engine. */
const headingsElsewhere: Readonly<Record<string, string>> = {
  "runbooks.md#recover-from-a-failed-update": "test/engine/heal.test.ts",
  "runbooks.md#destroy": "test/nightly/changes/run.ts",
  // Points at machines.md#restore-a-database.
  "runbooks.md#restore-the-database": "test/nightly/changes/database.ts",
};

/** Keys that other tests set on the engine. */
const keysElsewhere: Readonly<Record<string, string>> = {
  "ams:network.databaseZones": "test/engine/zones.ts",
  "ams:alibaba.upgrade": "test/engine/nightly/proxies.ts",
  "ams:network.cidr": "test/engine/durable.ts",
  "ams:generation": "test/nightly/changes/run.ts",
  // One resource more, as the recordings of both clouds show.
  "ams:edge.predictive": "test/providers/aws/scaling.test.ts",
  "ams:edge.schedule.timeZone": "test/providers/events.test.ts",
  "ams:database.restoreDrill.maxAgeDays": "test/support/databases.ts",
  // Only the access of machines: no way of its own on the engine, covered as a factor of the stacks.
  "ams:access.sshPublicKey": "test/nightly/factors.ts",
};

const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");

const headingsOf = (page: string): readonly string[] =>
  [...textOf(`docs/${page}.md`).matchAll(/^#{2,3} (.+)$/gm)].map(([, heading = ""]) => `${page}.md#${slugOf(heading)}`);

/** A key without its places in lists. */
const plainKey = (path: string): string => path.replace(/\[[^\]]*\]/g, "");

const changes = clouds.flatMap(changesOf);

describe("The changes that each night does on the engine", () => {
  it("name headings of docs/ that there are", () => {
    const known = new Set(pages.flatMap(headingsOf));
    assert.deepEqual(
      changes.map(({ runbook }) => runbook).filter((runbook) => !known.has(runbook)),
      [],
    );
  });

  it("are there for each runbook, or another test does them", () => {
    const done = new Set([...changes.map(({ runbook }) => runbook), ...Object.keys(headingsElsewhere)]);
    const runbooks = headingsOf("runbooks");
    assert.ok(runbooks.length >= 10);
    assert.deepEqual(
      runbooks.filter((heading) => !done.has(heading)),
      [],
    );
    assert.deepEqual(
      Object.keys(headingsElsewhere).filter((heading) => !runbooks.includes(heading)),
      [],
    );
  });

  it("set or remove each key that a command of a runbook sets or removes, or another test does", () => {
    const done = new Set(
      changes.flatMap(({ set = {}, secrets = {}, rm = [] }) =>
        [...Object.keys(set), ...Object.keys(secrets), ...rm].map(plainKey),
      ),
    );
    const command = /pulumi config (?:set|rm) (?:--path |--secret )*'?(ams:[\w.[\]"]+)/g;
    const typed = pages.flatMap((page) =>
      [...textOf(`docs/${page}.md`).matchAll(command)].map(([, path = ""]) => `${plainKey(path)} in docs/${page}.md`),
    );
    assert.ok(typed.length > 30, `${typed.length} commands`);
    const isDone = (line: string): boolean => {
      const [key = ""] = line.split(" ");
      return done.has(key) || key in keysElsewhere;
    };
    assert.deepEqual(
      typed.filter((line) => !isDone(line)),
      [],
    );
  });

  it("leave to other tests only what these have", () => {
    for (const [key, file] of Object.entries(keysElsewhere))
      assert.ok(textOf(file).includes(key.split(".").at(-1) ?? key), `${key} in ${file}`);
    for (const file of Object.values(headingsElsewhere)) assert.ok(existsSync(join(root, file)), file);
  });

  it("are done on both clouds, but for what only one of them has", () => {
    const [aws, alibaba] = clouds.map((cloud) => new Set(changesOf(cloud).map(({ runbook }) => runbook)));
    assert.deepEqual(
      [...(alibaba ?? [])].filter((runbook) => !aws?.has(runbook)),
      ["operations.md#upgrading"],
    );
    assert.deepEqual(
      [...(aws ?? [])].filter((runbook) => !alibaba?.has(runbook)),
      [],
    );
  });
});
