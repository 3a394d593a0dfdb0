import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cached } from "../../dev/cache.ts";
import { remove, run } from "../machine/rig.ts";

/**
 * Ant Media Server's own classes, of the newest release that Maven Central has, with what they need (pom.xml) and a small
 * program that asks them (Witness.java).
 */
export const classesVersion = "2.17.1";
/** Newer ones refuse to copy a file whose project has a parent that Maven Central lacks. */
const plugin = "org.apache.maven.plugins:maven-dependency-plugin:2.10";

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Where the classes are once they are fetched. */
export function placeOfClasses(): string {
  const sources = ["pom.xml", "Witness.java"].map((name) => readFileSync(file(name)));
  const digest = createHash("sha256").update(Buffer.concat(sources)).digest("hex").slice(0, 16);
  return cached("ams-classes", `${classesVersion}-${digest}`);
}

/** The folder of the classes, which are fetched and compiled once into the user's cache. */
export function amsClasses(): string {
  const place = placeOfClasses();
  if (existsSync(place)) return place;
  mkdirSync(dirname(place), { recursive: true });
  const folder = mkdtempSync(`${place}.`);
  copyFileSync(file("pom.xml"), join(folder, "pom.xml"));
  const quiet = ["-q", "-B", "-f", join(folder, "pom.xml")];
  const into = `-DoutputDirectory=${folder}`;
  must("mvn", [...quiet, `${plugin}:copy-dependencies`, into]);
  must("mvn", [...quiet, `${plugin}:copy`, `-Dartifact=io.antmedia:ant-media-server:${classesVersion}`, into]);
  must("javac", ["-cp", `${folder}/*`, "-d", folder, file("Witness.java")]);
  if (existsSync(place)) remove(folder);
  else renameSync(folder, place);
  return place;
}

function must(command: string, words: readonly string[]): string {
  const done = run(command, words);
  if (done.status !== 0) throw new Error(`${command} ${words.join(" ")}: ${done.all.slice(-2000)}`);
  return done.out;
}

/** What the classes answer, by name. */
export function asked(...words: readonly string[]): ReadonlyMap<string, string> {
  const folder = amsClasses();
  const out = must("java", ["-cp", `${folder}:${folder}/*`, "Witness", ...words]);
  return new Map(
    out
      .trimEnd()
      .split("\n")
      .map((line) => {
        const [name = "", ...value] = line.split("\t");
        return [name, value.join("\t")] as const;
      }),
  );
}
