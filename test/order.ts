import { readdirSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../model/project.ts";

/**
 * What each commit waits for (`npm test`); of these what needs no engine and boots no machine, and what takes a minute on two
 * cores (`npm run test:quick`); all others (`npm run test:nightly`), and of these what CI waits for (`--fast`).
 */
export type Part = "commit" | "without-engine" | "quick" | "nightly" | "fast";

/**
 * Beginnings of the paths of tests that take long, those that take longest first, so that no process is left alone with one
 * of them at the end.
 */
const long = {
  "a machine that only follows the documents": ["test/docs/whole/", "test/docs/fresh-machine."],
  "booted machines": ["test/rehearsal/"],
  "the real engine": [
    "test/engine/heal.",
    "test/engine/nightly/",
    "test/policy/pack-engine.",
    "test/engine/stacks.",
    "test/engine/",
    "test/tools/diff/engine.",
    "test/tools/live-commands.",
    "test/newest/",
    "test/package.",
  ],
  "searches and simulated days": [
    "test/fuzz/",
    "test/policy/unknown.",
    "test/policy/generator.",
    "test/policy/pack.",
    "test/honoured/",
    "test/mistakes/every.",
    "test/simulation/",
    "test/providers/combinations.",
    "test/nightly/covering-array.",
  ],
  "machines' programs as they run": [
    "test/cdn/cache.",
    "test/machine/drain.",
    "test/machine/leaving/",
    "test/machine/health.",
    "test/machine/metrics.",
    "test/machine/prometheus.",
    "test/machine/membership.",
    "test/machine/media.",
    "test/machine/database.",
    "test/machine/gate.",
    "test/machine/volume.",
    "test/machine/restarts.",
    "test/machine/silence.",
    "test/machine/readiness.",
    "test/machine/list-of-nodes.",
    "test/machine/starting.",
    "test/machine/states.",
    "test/machine/transport.",
    "test/turn/",
    "test/ams/real.",
    "test/proxy/sweeps/",
    "test/proxy/spellings.",
    "test/proxy/hostile.",
    "test/proxy/crowd.",
    "test/proxy/patience.",
    "test/proxy/certificate.",
    "test/proxy/sessions.",
    "test/proxy/nodes.",
    "test/proxy/listeners.",
    "test/proxy/exclusive.",
    "test/proxy/configuration.",
  ],
  "command lines, a browser, a scanner and a type checker": [
    "test/tools/verify.",
    "test/tools/verify-cdn.",
    "test/tools/capacity.",
    "test/tools/capacity-carries.",
    "test/tools/diff.",
    "test/tools/plan.",
    "test/tools/load.",
    "test/policy/checkov.",
    "test/workflows/",
    "test/tools/diagram/diagram.",
    "test/tools/cost.",
    "test/tools/report-in-browser.",
    "test/tools/bench.",
    "test/docs-commands.",
    "test/supply-chain.",
  ],
} as const;

/**
 * Beginnings of the paths of tests that no commit waits for: random campaigns, simulated days, whole sweeps, second opinions.
 * What guards against data loss, an open door or a wrong replacement is none of them.
 */
const nightly: readonly string[] = [
  "test/cdn/cache.",
  "test/engine/heal.",
  "test/engine/nightly/",
  "test/engine/first-hour.",
  "test/engine/concurrent.",
  "test/engine/agent.",
  "test/engine/new.",
  "test/engine/stand-in-engine.",
  "test/policy/pack-engine.",
  "test/policy/pack.",
  "test/tools/diff/engine.",
  "test/tools/live-commands.",
  "test/newest/",
  "test/package.",
  "test/docs/fresh-machine.",
  "test/docs/site.",
  "test/docs/whole/",
  "test/workflows/comment-text.",
  "test/workflows/release.",
  "test/honoured/",
  "test/mistakes/every.",
  "test/fuzz/",
  "test/policy/unknown.",
  "test/policy/generator.",
  "test/policy/checkov.",
  "test/simulation/",
  "test/providers/combinations.",
  "test/providers/provider-schema.",
  "test/nightly/covering-array.",
  "test/proxy/sweeps/",
  "test/proxy/crowd.",
  "test/proxy/patience.",
  "test/proxy/certificate.",
  "test/proxy/sessions.",
  "test/machine/bootstrap.",
  "test/machine/document.",
  "test/machine/figures.",
  "test/machine/leaving/",
  "test/machine/list-of-nodes.",
  "test/machine/metrics.",
  "test/machine/prometheus.",
  "test/machine/readiness.",
  "test/machine/restarts.",
  "test/machine/scripts.",
  "test/machine/starting.",
  "test/machine/states.",
  "test/machine/transport.",
  "test/model/certificate-quality.",
  "test/ams/app-settings.",
  "test/ams/real.",
  "test/turn/page.",
  "test/rehearsal/database.",
  "test/rehearsal/drill.",
  "test/rehearsal/replica-set.",
  "test/rehearsal/two.",
  "test/tools/any-cluster.",
  "test/tools/quotas.",
  "test/tools/diff/revisions.",
  "test/tools/diff.test",
  "test/tools/plan.test",
  "test/tools/init.test",
  "test/tools/diagram/geometry.",
  "test/tools/cost/sums.",
  "test/tools/bench.",
  "test/tools/capacity.",
  "test/tools/capacity-carries.",
  "test/tools/diagram/diagram.",
  "test/tools/load.",
  "test/tools/report-in-browser.",
  "test/tools/verify.",
  "test/tools/verify-cdn.",
  "test/tools/cost.test",
];

/** Of these, what tries in full what a sample shows elsewhere, so that CI's run ends within half an hour. */
const whole: readonly string[] = [
  "test/docs/whole/",
  "test/engine/heal.",
  "test/engine/first-hour.",
  "test/engine/nightly/losses.",
  "test/engine/nightly/proxies.",
  "test/policy/pack-engine.",
  "test/package.",
  "test/providers/combinations.",
  "test/proxy/sweeps/",
];

const slow: readonly string[] = Object.values(long).flat();

const isIn = (list: readonly string[], file: string): boolean => list.some((beginning) => file.startsWith(beginning));

const placeOf = (file: string): number => {
  const place = slow.findIndex((beginning) => file.startsWith(beginning));
  return place === -1 ? slow.length : place;
};

const has: Readonly<Record<Part, (file: string) => boolean>> = {
  commit: (file) => !isIn(nightly, file),
  "without-engine": (file) => has.commit(file) && !isIn([...long["the real engine"], ...long["booted machines"]], file),
  quick: (file) => has.commit(file) && !isIn(slow, file),
  nightly: (file) => isIn(nightly, file),
  fast: (file) => has.nightly(file) && !isIn(whole, file),
};

/** The files of tests in the order in which to start them. Throws where a list above names a file that there is not. */
export function testFiles(part: Part): readonly string[] {
  const names = readdirSync(projectFile("test"), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => name.endsWith(".test.ts")).map((name) => join("test", name));
  const lost = [...slow, ...nightly, ...whole].filter((beginning) => !files.some((file) => file.startsWith(beginning)));
  if (lost.length > 0) throw new Error(`test/order.ts names what there is not: ${lost.join(", ")}`);
  return files.filter(has[part]).sort((one, other) => placeOf(one) - placeOf(other) || one.localeCompare(other));
}
