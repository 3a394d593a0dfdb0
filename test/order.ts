import { readdirSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../model/project.ts";

/** Everything; what needs no engine and boots no machine; what takes a minute on two cores (`npm run test:quick`). */
export type Part = "all" | "without-engine" | "quick";

/**
 * Beginnings of the paths of tests that take long, those that take longest first, so that no process is left alone with one
 * of them at the end.
 */
const long = {
  "the real engine": [
    "test/engine/heal.",
    "test/engine/proxies.",
    "test/policy/pack-engine.",
    "test/engine/durable.",
    "test/engine/",
    "test/tools/diff/engine.",
    "test/tools/live-commands.",
    "test/newest/",
  ],
  "booted machines": ["test/rehearsal/"],
  "searches and simulated days": [
    "test/fuzz.",
    "test/policy/unknown.",
    "test/policy/generator.",
    "test/tools/simulate.",
    "test/simulation/",
    "test/providers/combinations.",
    "test/nightly/covering-array.",
  ],
  "machines' programs as they run": [
    "test/machine/drain.",
    "test/machine/health.",
    "test/machine/metrics.",
    "test/machine/membership.",
    "test/machine/media.",
    "test/machine/database.",
    "test/machine/gate.",
    "test/machine/volume.",
    "test/proxy/spellings.",
    "test/proxy/hostile.",
    "test/proxy/crowd.",
    "test/proxy/patience.",
    "test/proxy/certificate.",
    "test/proxy/nodes.",
    "test/proxy/listeners.",
    "test/proxy/configuration.",
  ],
  "command lines, a browser, a scanner and a type checker": [
    "test/tools/verify.",
    "test/tools/capacity.",
    "test/tools/diff.",
    "test/tools/plan.",
    "test/tools/load.",
    "test/policy/checkov.",
    "test/workflows/",
    "test/tools/diagram.",
    "test/tools/cost.",
    "test/tools/bench.",
    "test/docs-commands.",
    "test/supply-chain.",
  ],
} as const;

const beginnings: readonly string[] = Object.values(long).flat();

const placeOf = (file: string): number => {
  const place = beginnings.findIndex((beginning) => file.startsWith(beginning));
  return place === -1 ? beginnings.length : place;
};

const left: Readonly<Record<Part, readonly string[]>> = {
  all: [],
  "without-engine": [...long["the real engine"], ...long["booted machines"]],
  quick: beginnings,
};

/** The files of tests in the order in which to start them. Throws where the list above names a file that there is not. */
export function testFiles(part: Part): readonly string[] {
  const names = readdirSync(projectFile("test"), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => name.endsWith(".test.ts")).map((name) => join("test", name));
  const lost = beginnings.filter((beginning) => !files.some((file) => file.startsWith(beginning)));
  if (lost.length > 0) throw new Error(`test/order.ts names what there is not: ${lost.join(", ")}`);
  const chosen = files.filter((file) => !left[part].some((beginning) => file.startsWith(beginning)));
  return chosen.sort((one, other) => placeOf(one) - placeOf(other) || one.localeCompare(other));
}
