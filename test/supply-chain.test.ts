import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./support/contract.ts";

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
}

type Versions = Readonly<Record<string, string>>;

const read = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));
const own: { readonly dependencies: Versions; readonly devDependencies: Versions; readonly allowScripts: object } =
  read("package.json");
const lock: { readonly lockfileVersion: number; readonly packages: Readonly<Record<string, Locked>> } =
  read("package-lock.json");
const locked = Object.entries(lock.packages).filter(([path]) => path !== "");

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

describe("The packages", () => {
  it("have exact versions, which the lock file has too", () => {
    for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
      assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name);
    }
    assert.equal(lock.lockfileVersion, 3);
  });

  it("are pinned by a hash of what is in them, each of them", () => {
    assert.ok(locked.length > 200);
    assert.deepEqual(
      locked.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? "")).map(([path]) => path),
      [],
    );
  });

  it("need no install script: the two that have one work without", () => {
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
