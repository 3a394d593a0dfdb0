import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./contract.ts";

/** The package as it is published, and a folder of packages with it in which programs find it. */
export class PackageUnderTest {
  readonly directory = mkdtempSync(join(tmpdir(), "ams-package-"));
  readonly tarball: string;
  /** Paths of what is in it. */
  readonly files: readonly string[];

  constructor() {
    const source = join(this.directory, "source");
    mkdirSync(source);
    execFileSync(process.execPath, ["--import", "tsx", "dev/build.ts", "--out", join(source, "dist")], { cwd: root });
    for (const file of ["package.json", "README.md", "LICENSE"]) copyFileSync(join(root, file), join(source, file));
    const [packed] = JSON.parse(
      npm(source, ["pack", "--json", "--ignore-scripts", "--pack-destination", this.directory]),
    );
    this.tarball = join(this.directory, packed.filename);
    this.files = packed.files.map((file: { readonly path: string }) => file.path);
  }

  /** A program's `node_modules`: the project's own packages, one cloud's SDK left out, and the package as its tarball has it. */
  installInto(program: string, without: readonly string[] = [], from = join(root, "node_modules")): void {
    const folder = join(program, "node_modules");
    const package_ = join(folder, "ams-cluster");
    mkdirSync(package_, { recursive: true });
    execFileSync("tar", ["xzf", this.tarball, "-C", package_, "--strip-components=1"]);
    const names = readdirSync(from).filter((name) => !["ams-cluster", "@pulumi", ".bin"].includes(name));
    for (const name of names) symlinkSync(join(from, name), join(folder, name));
    mkdirSync(join(folder, ".bin"));
    const { bin } = JSON.parse(readFileSync(join(package_, "package.json"), "utf8"));
    for (const [name, file] of Object.entries<string>(bin))
      symlinkSync(join("../ams-cluster", file), join(folder, ".bin", name));
    mkdirSync(join(folder, "@pulumi"));
    for (const name of readdirSync(join(from, "@pulumi")))
      if (!without.includes(name)) symlinkSync(join(from, "@pulumi", name), join(folder, "@pulumi", name));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}

const npm = (directory: string, words: readonly string[]): string =>
  execFileSync("npm", words, { cwd: directory, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
