import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cached } from "../../dev/cache.ts";
import { remove, run, type Service, serve, until } from "../machine/rig.ts";

/** Where Debian's libtomcat10-java and the packages that it needs put their archives. */
const jars = "/usr/share/java";

function classPath(): string {
  const names = readdirSync(jars).filter((name) => /^tomcat10-.*\.jar$/.test(name) && !/-\d/.test(name));
  if (names.length === 0) throw new Error(`no Tomcat in ${jars}: apt-get install libtomcat10-java`);
  return names.map((name) => join(jars, name)).join(":");
}

/** Compiled once into the user's cache. */
function classes(): string {
  const source = fileURLToPath(new URL("tomcat/Node.java", import.meta.url));
  const digest = createHash("sha256").update(readFileSync(source)).digest("hex").slice(0, 16);
  const place = cached("tomcat", digest);
  if (existsSync(place)) return place;
  mkdirSync(join(place, ".."), { recursive: true });
  const temporary = mkdtempSync(`${place}.`);
  const done = run("javac", ["-nowarn", "-d", temporary, "-cp", classPath(), source]);
  if (done.status !== 0) throw new Error(done.all);
  if (existsSync(place)) remove(temporary);
  else renameSync(temporary, place);
  return place;
}

export interface Tomcat {
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

/**
 * A real Tomcat at these addresses, laid out as AMS is (tomcat/Node.java).
 * @param balancers addresses whose X-Forwarded-For counts, as a regular expression of Java.
 */
export async function startTomcat(addresses: readonly string[], balancers: string): Promise<Tomcat> {
  const base = mkdtempSync(join(tmpdir(), "ams-tomcat-"));
  const words = [
    "-XX:TieredStopAtLevel=1",
    "-cp",
    `${classes()}:${classPath()}`,
    "Node",
    base,
    balancers,
    ...addresses,
  ];
  const java: Service = serve("java", words, {});
  await until("Tomcat serves", () => java.log().includes("Tomcat serves"), java.log);
  return {
    log: java.log,
    close: async () => {
      await java.stop();
      remove(base);
    },
  };
}
