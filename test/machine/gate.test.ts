import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { library, remove, run, standIn, unpack } from "./rig.ts";

const everything = "5080 1935 5000 4200";

/** Which ports each neighbour reaches, with the real packet filter in a network namespace of its own. */
function report(filter: "nft" | "iptables"): readonly string[] {
  const root = unpack("origin");
  mkdirSync(`${root}/filter`);
  const { status, out } = run("which", [filter]);
  if (status !== 0) throw new Error(`${filter} is not to be had. README.md names the packages that tests need.`);
  symlinkSync(out.trim(), `${root}/filter/${filter}`);
  const env = { AMS_CLUSTER_ROOT: root, AMS_TEST_GATE_PATH: `${root}/filter` };
  const words = ["--user", "--map-root-user", "--net", "--mount", `${standIn}neighbours.sh`, library(root)];
  const done = run("unshare", words, env);
  remove(root);
  assert.equal(done.status, 0, done.all);
  return done.out.trim().split("\n");
}

describe("the gate", () => {
  for (const filter of ["nft", "iptables"] as const) {
    it(`by ${filter} refuses who is no node while it is closed or drains, lets nobody in while it is sealed, and cuts no connection that began while it was open`, () => {
      assert.deepEqual(report(filter), [
        `sealed itself ${everything}`,
        "sealed node 5000",
        "sealed balancer 5000",
        `closed itself ${everything}`,
        `closed node ${everything}`,
        "closed balancer 5000",
        `open itself ${everything}`,
        `open node ${everything}`,
        `open balancer ${everything}`,
        `again itself ${everything}`,
        `again node ${everything}`,
        "again balancer 5000",
        "again held connection alive",
        `drain itself ${everything}`,
        `drain node ${everything}`,
        "drain balancer 5000 4200",
        "drain held connection alive",
      ]);
    });
  }
});
