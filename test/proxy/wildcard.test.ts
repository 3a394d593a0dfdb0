import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { until } from "../machine/rig.ts";
import type { Change } from "../machine/zone.ts";
import { isAllowed, type Statement } from "../support/allowed.ts";
import { block, render } from "../support/aws.ts";
import { loopback } from "../support/loopback.ts";
import { at } from "../support/read/recorded.ts";
import { startAuthority } from "./authority.ts";
import { behind, domain, kinds, ready, type Site, startPair } from "./rig.ts";

/** Wildcards from Let's Encrypt's test server, proved by records that the proxies' role may write, and no others. */

const { hostedZoneId } = block;
const names = ["*.live.example.com", "video.example.com"];
const values = {
  certificate: { source: "issued" },
  domain: { name: domain, zone: "example.com", names },
  turn: { tls: true },
};

async function statements(): Promise<readonly Statement[]> {
  const stack = await render({ ...values, balancer: { kind: "haproxy" } });
  const policy = JSON.parse(
    JSON.stringify(at(stack.one("aws:iam/rolePolicy:RolePolicy", "ams-test-secrets-proxy"), "policy")),
  );
  return JSON.parse(policy.text).Statement;
}

const asked = (policy: readonly Statement[]) => (change: Change) =>
  isAllowed(policy, {
    action: "route53:ChangeResourceRecordSets",
    resource: `arn:aws:route53:::hostedzone/${change.zone}`,
    context: {
      "route53:ChangeResourceRecordSetsNormalizedRecordNames": change.names,
      "route53:ChangeResourceRecordSetsRecordTypes": change.types,
      "route53:ChangeResourceRecordSetsActions": change.actions,
    },
  });

describe("a wildcard of the proxies", () => {
  let site: Site;
  beforeEach(async () => {
    site = await startPair();
  });
  afterEach(() => site.close());

  for (const kind of kinds) {
    it(`is got with one batch of records, which are gone afterwards: ${kind}`, async () => {
      const { zone } = site.cloud;
      zone.permits = asked(await statements());
      const store = "aws:ams-test-certificate-1";
      site.cloud.secrets.set(store, "{}");
      // Nothing answers there: DNS alone proves the names.
      const authority = await startAuthority(`${loopback}.1.99`, (name) => zone.records.get(name) ?? []);
      const proxy = await site.proxy(behind(kind, values), 1, { env: authority.env, secret: { hostedZoneId } });
      await ready(proxy);
      const stored = () => JSON.parse(site.cloud.secrets.get(store) ?? "{}")["certificatePem"];
      const logs = () => proxy.agent.log() + authority.log();
      await until("a certificate is stored", () => stored() !== undefined, logs, 60);
      await authority.close();
      const { issuer, subjectAltName = "" } = new X509Certificate(stored());
      assert.match(issuer, /Pebble/);
      // The wildcard covers the TURN servers' name, beside which the authority would refuse it.
      assert.deepEqual(subjectAltName.split(", ").sort(), [domain, ...names].map((name) => `DNS:${name}`).sort());
      const records = ["_acme-challenge.live.example.com", "_acme-challenge.video.example.com"];
      assert.deepEqual(
        zone.changes.map(({ names: own, actions }) => [own, [...new Set(actions)]]),
        [
          [records, ["UPSERT"]],
          [records, ["DELETE"]],
        ],
      );
      assert.equal(zone.records.size, 0);
    }).timeout(120_000);
  }

  it("lets the role write the records of its names, and nothing else into the zone", async () => {
    const may = asked(await statements());
    const own: Change = {
      zone: hostedZoneId,
      names: ["_acme-challenge.live.example.com"],
      types: ["TXT"],
      actions: ["UPSERT"],
    };
    assert.ok(may(own) && may({ ...own, actions: ["DELETE"] }));
    for (const other of [
      { zone: "Z999" },
      { names: ["live.example.com"] },
      { names: ["_acme-challenge.example.com"] },
      { names: [...own.names, "www.example.com"] },
      { names: [] },
      { types: ["CNAME"] },
      { types: ["TXT", "A"] },
      { actions: ["CREATE"] },
    ])
      assert.ok(!may({ ...own, ...other }), JSON.stringify(other));
  });
});
