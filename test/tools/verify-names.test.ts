import assert from "node:assert/strict";
import { deploymentOf } from "../../tools/live/deployment.ts";
import { prepare } from "../../tools/verify/flight.ts";
import { identityChecks } from "../../tools/verify/identity.ts";
import { outputs } from "../live/site.ts";

const balancer = "front.balancer.example.net";

/** The check of names, where a zone's own name has to be an alias and leads to these addresses. */
async function checked(own: readonly string[]): Promise<string> {
  const publishUrl = "https://example.com/live";
  const deployment = deploymentOf(
    {
      ...outputs,
      publishUrl,
      rtmpUrl: "",
      rtmpsUrl: "",
      dnsRecordsToAdd: [{ name: "example.com", type: "ALIAS", value: balancer }],
    },
    undefined,
  );
  const names = {
    addresses: async (host: string) => (host === balancer ? ["203.0.113.1", "203.0.113.2"] : own),
    aliases: async () => [],
  };
  const wire = { names, trust: undefined, from: undefined, timeoutMilliseconds: 100 };
  const options = { app: "live", machines: [], leastDays: 14, streamSeconds: 30, publish: false, stranger: false };
  const { flight } = prepare(deployment, wire, { ...options, login: undefined });
  const finding = await identityChecks(deployment)[0]?.run(flight);
  return `${finding?.state}: ${finding?.said}`;
}

describe("The check of a zone's own name, which has addresses in place of a CNAME", () => {
  it("takes it where one of them is the balancer's", async () => {
    assert.equal(await checked(["203.0.113.2"]), "pass: example.com 203.0.113.2");
  });

  it("says where it leads otherwise", async () => {
    assert.equal(
      await checked(["198.51.100.7"]),
      "fail: example.com resolves to 198.51.100.7, not to front.balancer.example.net (203.0.113.1 203.0.113.2)",
    );
  });
});
