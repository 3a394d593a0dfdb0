import assert from "node:assert/strict";
import { ConfigError, formatFault } from "../../../config/fault.ts";
import { parse } from "../../../config/parse.ts";
import { userData } from "../../../machine/index.ts";
import { loadAdapter, recordProgram, renderCluster } from "../../../recording/record.ts";
import { render as renderAlibaba } from "../../support/alibaba.ts";
import { render as renderAws } from "../../support/aws.ts";
import { cluster } from "../../support/cluster.ts";
import { raw } from "../../support/raw.ts";

const ids = {
  aws: { id: "vpc-0123456789abcdef0", subnet: (digit: string) => `subnet-0123456789abcdef${digit}` },
  alibaba: { id: "vpc-gw8123456789abcdefghi", subnet: (digit: string) => `vsw-gw8123456789abcdefgh${digit}` },
} as const;

/** Subnets 10.9.<n>.0/24, two zones for each tier. */
function existing(cloud: keyof typeof ids) {
  const { id, subnet } = ids[cloud];
  const pair = (first: number) => [first, first + 1].map((n) => ({ id: subnet(`${n}`), cidr: `10.9.${n}.0/24` }));
  const subnets = { balancer: pair(0), media: pair(2), database: pair(4) };
  return { network: { cidr: "10.9.0.0/16", zones: ["a", "b"], existing: { id, subnets } } };
}

const recordings = {
  aws: async () => (await renderAws(existing("aws"))).resources,
  alibaba: async () => (await renderAlibaba(existing("alibaba"))).resources,
} as const;

describe("An existing network", () => {
  for (const cloud of ["aws", "alibaba"] as const) {
    it(`is used on ${cloud} and nothing of it is made`, async () => {
      const resources = await recordings[cloud]();
      const ofNetwork = resources.filter(({ parent }) => parent?.includes("antmedia:cluster:Network::") === true);
      assert.deepEqual(
        ofNetwork.map(({ type }) => type),
        [],
      );
      const texts = JSON.stringify(resources.map(({ inputs }) => inputs));
      const { id, subnet } = ids[cloud];
      for (const one of [id, ...[0, 1, 2, 3, 4].map((n) => subnet(`${n}`))]) assert.ok(texts.includes(`"${one}"`), one);
    });

    it(`is refused on ${cloud} with ids of the other cloud, before any resource`, async () => {
      const other = cloud === "aws" ? "alibaba" : "aws";
      const block =
        cloud === "aws"
          ? { images: { media: "ami-0123456789abcdef0" } }
          : { images: { media: "m-gw8bwy1fbwc5cadiupo4" } };
      const config = raw({ cloud, [cloud]: block, ...existing(other) });
      await loadAdapter(config);
      let thrown: unknown;
      const { resources } = await recordProgram({ stack: "test" }, async () => {
        try {
          return renderCluster(config, {});
        } catch (error) {
          thrown = error;
          return {};
        }
      });
      assert.ok(thrown instanceof ConfigError, String(thrown));
      assert.deepEqual(resources, []);
      const paths = thrown.faults.map(({ path }) => path);
      assert.equal(paths.length, 7);
      assert.ok(
        paths.includes("ams:network.existing.id") && paths.includes("ams:network.existing.subnets.media[1].id"),
      );
      assert.match(thrown.message, /allowed: .* on (AWS|Alibaba Cloud)/);
    });
  }

  it("gives the machines its own ranges", () => {
    const text = userData(cluster(existing("aws")), "origin");
    const planned = userData(cluster({ network: { cidr: "10.9.0.0/16", zones: ["a", "b"] } }), "origin");
    assert.notEqual(text, planned);
  });

  /** Each row: what is wrong, what the network says instead, and what its single fault must say. */
  const { existing: whole, ...plain } = existing("aws").network;
  const [first, second] = whole.subnets.media;
  const rows: readonly [string, object, RegExp][] = [
    [
      "gateways of ours in it",
      { ...plain, existing: whole, nat: "one" },
      /^ams:network\.nat: got "one"; allowed: not set, because/,
    ],
    [
      "a zone without a subnet",
      { ...plain, existing: { ...whole, subnets: { ...whole.subnets, media: [first] } } },
      /^ams:network\.existing\.subnets\.media: got 1; allowed: 2 subnets, one for each zone in ams:network\.zones/,
    ],
    [
      "one subnet for two tiers",
      { ...plain, existing: { ...whole, subnets: { ...whole.subnets, database: whole.subnets.media } } },
      /^ams:network\.existing\.subnets\.database\[0\]: .*a subnet other than existing\.subnets\.media\[0\]/,
    ],
    [
      "a subnet of another network",
      {
        ...plain,
        existing: { ...whole, subnets: { ...whole.subnets, media: [first, { ...second, cidr: "10.8.0.0/24" }] } },
      },
      /^ams:network\.existing\.subnets\.media\[1\]\.cidr: got "10\.8\.0\.0\/24"; allowed: a range within/,
    ],
    [
      "a subnet without room",
      {
        ...plain,
        existing: { ...whole, subnets: { ...whole.subnets, media: [first, { ...second, cidr: "10.9.3.0/28" }] } },
      },
      /^ams:network\.existing\.subnets\.media\[1\]\.cidr: got "10\.9\.3\.0\/28"; allowed: a range of \/27 or larger/,
    ],
  ];
  for (const [what, network, expected] of rows) {
    it(`is refused with ${what}`, () => {
      const faults = parse(raw({ network })).faults.map(formatFault);
      assert.match(faults[0] ?? "", expected);
      assert.ok(faults.length <= 2, faults.join("\n"));
    });
  }
});
