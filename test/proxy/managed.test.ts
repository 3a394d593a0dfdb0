import assert from "node:assert/strict";
import { httpListeners, streamListeners } from "../../model/traffic/listeners.ts";
import { clouds, render } from "../support/contract.ts";
import { loopback } from "../support/loopback.ts";
import { answeredProbes, exclusiveProbes, expected, nameOf, outcome, probesOf } from "../support/probes.ts";
import { readBack } from "../support/read/resources.ts";
import { managedStack } from "./managed-stack.ts";
import { behind, kinds } from "./rig.ts";

const clients = [`${loopback}.8.1`, `${loopback}.9.1`];

for (const cloud of clouds) {
  describe(`the managed balancers of ${cloud}`, () => {
    for (const source of ["none", "existing"] as const) {
      it(`answer each probe as the proxies do, with certificate.source ${source}`, async () => {
        const one = await render(cloud, managedStack(cloud, source));
        const listeners = readBack(one.recording).listeners;
        const answered = answeredProbes(one.cluster, clients[0] ?? "");
        assert.ok(answered.length > 60);
        for (const [probe, group] of answered) assert.equal(outcome(listeners, probe), group, nameOf(probe));
        const probes = probesOf(one.cluster, clients);
        assert.ok(probes.length > 200);
        for (const probe of probes) {
          assert.equal(outcome(listeners, probe), expected(one.cluster, probe), nameOf(probe));
        }
      });
    }

    it("give live files to the CDN alone where it is exclusive, and all else as before", async () => {
      const own = cloud === "aws" ? {} : { domain: "cdn.example.com", certificateId: "12345678-ap-southeast-1" };
      const one = await render(cloud, managedStack(cloud, "existing", { cdn: { exclusive: true, ...own } }));
      const { listeners } = readBack(one.recording);
      const probes = exclusiveProbes(one.cluster, clients[0] ?? "");
      assert.ok(probes.length > 140);
      for (const [probe, group] of probes) assert.equal(outcome(listeners, probe), group, nameOf(probe));
    });
  });
}

describe("the proxies' table", () => {
  it("is the managed balancers', but for what HAProxy can't carry", async () => {
    const { cluster } = await render("aws", managedStack("aws", "none"));
    for (const kind of kinds) {
      const of = behind(kind, { certificate: { source: "none" } });
      // The proxies judge odd paths before the table.
      const managed = httpListeners(cluster).map((listener) => ({
        ...listener,
        rules: listener.rules.filter(({ name }) => name !== "deny-odd-paths"),
      }));
      assert.deepEqual(httpListeners(of), managed);
      const streams = streamListeners(cluster).filter(({ protocol }) => kind === "nginx" || protocol !== "udp");
      assert.deepEqual(streamListeners(of), streams);
    }
  });
});
