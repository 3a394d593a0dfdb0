import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { oldestVersion } from "../../config/checks/media.ts";
import { amsSettings, isIn } from "../../model/ams/ams-settings.ts";
import { remove } from "./rig.ts";
import { writtenSettings } from "./written-settings.ts";

describe("The settings that a media machine writes", () => {
  const files = writtenSettings();
  after(() => remove(files.root));

  it("have names that AMS reads in every release that is supported: bare ones, since 3.0.0 reads no others", () => {
    const { settings, newestRelease } = amsSettings();
    for (const scope of ["server", "application"] as const) {
      const written = readFileSync(files[scope], "utf8").trim().split("\n");
      const names = written.filter((line) => !line.startsWith("#")).map((line) => line.split("=")[0]);
      assert.ok(names.length >= (scope === "server" ? 5 : 9), `${names}`);
      const read = settings.filter(
        (one) => one.scope === scope && [oldestVersion, newestRelease].every((release) => isIn(one, release)),
      );
      assert.deepEqual(
        names.filter((name) => !read.some((one) => one.name === name)),
        [],
        scope,
      );
    }
  });
});
