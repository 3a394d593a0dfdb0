import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parse } from "yaml";
import { root } from "./support/contract.ts";

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
}

type Versions = Readonly<Record<string, string>>;

interface Own {
  readonly dependencies?: Versions;
  readonly devDependencies: Versions;
  readonly allowScripts: object;
}

interface Lock {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
}

interface Update {
  readonly "package-ecosystem": string;
  readonly directory?: string;
}

const read = (folder: string, file: string) => JSON.parse(readFileSync(join(root, folder, file), "utf8"));

/** Folders that have a lock file: the project's, and that of the documentation's site. */
const folders = [".", "dev/site"];

/** Licences that let the project be used and passed on under Apache-2.0, as the packages name them. */
const allowedLicences = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  "Python-2.0",
  "PSF-2.0",
  "MIT OR Apache-2.0",
  "(BSD-3-Clause AND Apache-2.0)",
  "(MIT AND Zlib)",
  // Data: lists of the names of licences.
  "CC0-1.0",
  "CC-BY-3.0",
];

/** Packages whose licence is a file; it was read. */
const readLicences: Readonly<Record<string, string>> = { "node_modules/@logdna/tail-file": "MIT" };

for (const folder of folders) {
  const own: Own = read(folder, "package.json");
  const lock: Lock = read(folder, "package-lock.json");
  const locked = Object.entries(lock.packages).filter(([path]) => path !== "");

  describe(`The packages of ${folder}`, () => {
    it("have exact versions, which the lock file has too", () => {
      for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies })) {
        assert.match(version, /^\d+\.\d+\.\d+$/, name);
        assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name);
      }
      assert.equal(lock.lockfileVersion, 3);
    });

    it("are pinned by a hash of what is in them, each of them", () => {
      assert.ok(locked.length > 150);
      assert.deepEqual(
        locked
          .filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ""))
          .map(([path]) => path),
        [],
      );
    });

    it("need no install script: those that have one work without", () => {
      const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
      const names = scripted.map((path) => path.replace(/^.*node_modules\//, "")).sort();
      assert.deepEqual(names, Object.keys(own.allowScripts).sort());
      assert.ok(Object.values(own.allowScripts).every((allowed) => allowed === false));
    });

    it("have licences that go with the project's", () => {
      const wrong = locked.filter(([path, { license = "none" }]) => {
        return !allowedLicences.includes(readLicences[path] ?? license);
      });
      assert.deepEqual(
        wrong.map(([path, { license }]) => `${path}: ${license}`),
        [],
      );
    });
  });
}

describe("Dependabot", () => {
  it("proposes updates of the packages of each folder that has a lock file", () => {
    const lists = execFileSync("git", ["ls-files", "*package-lock.json"], { cwd: root, encoding: "utf8" });
    assert.deepEqual(lists.trim().split("\n").map(dirname).sort(), folders);
    const { updates }: { readonly updates: readonly Update[] } = parse(
      readFileSync(join(root, ".github/dependabot.yml"), "utf8"),
    );
    const npm = updates.filter((update) => update["package-ecosystem"] === "npm");
    assert.deepEqual(npm.map(({ directory = "" }) => relative("/", directory) || ".").sort(), folders);
  });
});
