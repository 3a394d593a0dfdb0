import assert from "node:assert/strict";
import type { Cloud } from "../../model/cluster.ts";
import { httpListeners, streamListeners } from "../../model/listeners.ts";
import { clouds, read, render } from "../support/contract.ts";
import { loopback } from "../support/loopback.ts";
import { expected, nameOf, outcome, probesOf } from "../support/probes.ts";
import { raw } from "../support/raw.ts";
import { behind, kinds } from "./rig.ts";

const clients = [`${loopback}.8.1`, `${loopback}.9.1`];
const domain = { name: "live.example.com", zone: "example.com" };

/** The stack that the proxies' tests have, with the cloud's own balancer and certificate. */
const stack = (cloud: Cloud, source: "none" | "existing") => {
  const images = { media: cloud === "aws" ? "ami-0123456789abcdef0" : "m-gw8123456789abcdefgh" };
  const arn = "arn:aws:acm:ap-south-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
  const certificate = source === "none" ? { source } : { source, id: cloud === "aws" ? arn : "12345678-eu-central-1" };
  const own = cloud === "aws" ? { images, hostedZoneId: "Z0123456789ABC" } : { images };
  return raw({ cloud, certificate, domain, access: { adminCidrs: [`${loopback}.9.0/24`] }, [cloud]: own });
};

for (const cloud of clouds) {
  describe(`the managed balancers of ${cloud}`, () => {
    for (const source of ["none", "existing"] as const) {
      it(`answer each probe as the proxies do, with certificate.source ${source}`, async () => {
        const one = await render(cloud, stack(cloud, source));
        const listeners = read[cloud](one.recording).listeners;
        const probes = probesOf(one.cluster, clients);
        assert.ok(probes.length > 300);
        for (const probe of probes) {
          assert.equal(outcome(listeners, probe), expected(one.cluster, probe), nameOf(probe));
        }
      });
    }
  });
}

describe("the proxies' table", () => {
  it("is the managed balancers', but for what HAProxy can't carry", async () => {
    const { cluster } = await render("aws", stack("aws", "none"));
    for (const kind of kinds) {
      const of = behind(kind, { certificate: { source: "none" } });
      assert.deepEqual(httpListeners(of), httpListeners(cluster));
      const streams = streamListeners(cluster).filter(({ protocol }) => kind === "nginx" || protocol !== "udp");
      assert.deepEqual(streamListeners(of), streams);
    }
  });
});
