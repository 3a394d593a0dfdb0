import assert from "node:assert/strict";
import { formatFault } from "../../config/fault.ts";
import { parse } from "../../config/parse.ts";
import type { Cloud, Cluster } from "../../config/types.ts";
import { mergeRanges } from "../../model/network/ranges.ts";
import { type Needs, needsOf } from "../../model/operation/quota-needs.ts";
import { type QuotaKey, quotaKeys, quotaOf } from "../../model/operation/quotas.ts";
import { adapter as alibaba } from "../../providers/alibaba/index.ts";
import { adapter as aws } from "../../providers/aws/index.ts";
import { vcpusOfType } from "../../providers/shared/check-types.ts";
import { record } from "../../recording/record.ts";
import { addressQuotas } from "../../tools/capacity/address-quotas.ts";
import { plannedNeeds } from "../../tools/plan/quota-needs.ts";
import { quotaRows } from "../../tools/plan/quota-rows.ts";
import { parseChange } from "../../tools/stack-file/config-path.ts";
import { readStack } from "../../tools/stack-file/read.ts";
import { images } from "../support/alibaba.ts";
import { block, issued, renderCluster } from "../support/aws.ts";
import { cluster } from "../support/cluster.ts";
import { clouds, onEachCloud, root, stackFiles } from "../support/contract.ts";
import { assertOnlyFault } from "../support/faults.ts";
import { countsOf } from "../support/quota-counts.ts";

/** 60 addresses of which no two are neighbours. */
const strangers = Array.from({ length: 60 }, (_, index) => `203.0.${index}.7/32`);

const needsOnAws = async (model: Cluster): Promise<Needs> =>
  plannedNeeds({ stack: "test", cluster: model, recording: await renderCluster(model) });

const shipped = async (cloud: Cloud): Promise<Needs> => {
  const { cluster: model } = parse(stackFiles[cloud]);
  assert.ok(model);
  return plannedNeeds({ stack: cloud, cluster: model, recording: await record(stackFiles[cloud]) });
};

const documents = ({ policyCharacters, secretCharacters, tags, ...rest }: Needs) => ({
  documents: { policyCharacters, secretCharacters, tags },
  rest,
});

function assertWithin(cloud: Cloud, needs: Partial<Needs>): void {
  for (const [key, need] of Object.entries(needs)) {
    const most = quotaOf(cloud, key as QuotaKey)?.default ?? 0;
    assert.ok(need > 0 && need <= most, `${key}: ${need} of ${most}`);
  }
}

describe("Quotas that a stack needs", () => {
  it("are these of the shipped stack on AWS, counted by hand", async () => {
    const { documents: sizes, rest } = documents(await shipped("aws"));
    assert.deepEqual(rest, {
      // Into an origin: RTMP, SRT, HTTP from the balancer (3); RTMP, SRT, WebRTC from the internet (3); HTTP, streams and
      // RTMP from origins and from edges (6).
      rulesOfGroup: 12,
      groupsOfInterface: 1,
      webBalancers: 1,
      // 443 and 5443 each: odd paths, deny, WHIP, WHEP, files of origins, two of live HLS, recordings, two targets.
      webRules: 20,
      // 80, 443, 5080, 5443, 4444.
      webListeners: 5,
      // Origins and edges, 10 at most and 5 of an upgrade (one zone of two) each.
      webTargets: 30,
      streamBalancers: 1,
      // RTMP and SRT.
      streamListeners: 2,
      // 15 origins in each of two groups.
      streamTargets: 30,
      // 30 c5.xlarge and one m5.xlarge of 4.
      vcpus: 124,
      gpuVcpus: 0,
      spotVcpus: 0,
      networks: 1,
      natGateways: 1,
      // Of the NAT gateway.
      elasticAddresses: 1,
      sharedAddresses: 0,
      sharedMbps: 0,
    });
    assertWithin("aws", sizes);
    // Of a data volume: ams-cluster, ams-cluster-data, service, Name.
    assert.equal(sizes.tags, 4);
  });

  it("are these of the shipped stack on Alibaba Cloud, counted by hand", async () => {
    const { documents: sizes, rest } = documents(await shipped("alibaba"));
    assert.deepEqual(rest, {
      // Into an origin: RTMP, SRT, HTTP from the balancer in two zones (6); RTMP, SRT, WebRTC from the internet (3); HTTP,
      // streams and RTMP from origins and from edges (6); and one out, to the internet.
      rulesOfGroup: 16,
      groupsOfInterface: 1,
      webBalancers: 1,
      // As on AWS, and three that a default action can't be: redirects of 80 and 5080, refusal of 4444.
      webRules: 23,
      webListeners: 5,
      // 15 origins for 443's own, and on both ports for WHIP, their files, recordings and their target; 15 edges for 5443's
      // own, and on both ports for WHEP, two of live HLS and their target.
      webTargets: 270,
      streamBalancers: 1,
      streamListeners: 2,
      streamTargets: 30,
      vcpus: 124,
      gpuVcpus: 0,
      spotVcpus: 0,
      networks: 1,
      natGateways: 1,
      // One NAT gateway, and two balancers in two zones.
      elasticAddresses: 5,
      sharedAddresses: 0,
      sharedMbps: 0,
    });
    assertWithin("alibaba", sizes);
    assert.equal(sizes.tags, 4);
  });

  describe("are what the registered resources add up to", () => {
    onEachCloud(
      (one) => {
        const needs = plannedNeeds({ stack: "test", cluster: one.cluster, recording: one.recording });
        const { vcpus, gpuVcpus, spotVcpus, ...rest } = documents(needs).rest;
        assert.deepEqual({ ...rest, allVcpus: vcpus + gpuVcpus + spotVcpus }, countsOf(one));
      },
      { numRuns: Number(process.env["FC_RUNS"] ?? 5) },
    );

    it("also where the deployment counts the rules of AWS's groups without any resource", async () => {
      const access = { adminCidrs: strangers, sshPublicKey: "ssh-ed25519 AAAA me" };
      const model = cluster({ ...issued, access });
      const { rulesOfGroup, groupsOfInterface } = needsOf(model, () => ({ vcpus: 4, gpu: false }));
      const planned = await needsOnAws(model);
      assert.deepEqual([rulesOfGroup, groupsOfInterface], [planned.rulesOfGroup, planned.groupsOfInterface]);
    });
  });

  it("stay within both clouds' rules of a balancer with 60 admin ranges, whose panel takes five in a rule", () => {
    for (const cloud of clouds) {
      const access = { adminCidrs: strangers };
      const model = cluster({ cloud, ...issued, access, balancer: { http: "forward" } });
      const { webRules } = needsOf(model, () => ({ vcpus: 4, gpu: false }));
      // 10 at each of four ports, 20 of ranges at the two with TLS, 12 at the panel; and Alibaba Cloud's last one there.
      assert.equal(webRules, cloud === "aws" ? 92 : 93);
    }
  });

  it("stay within a new AWS account's rules with 60 admin ranges, spread over further groups of the balancer", async () => {
    for (const more of [{}, { balancer: { http: "forward" } }, { balancer: { kind: "nginx" } }]) {
      const access = { adminCidrs: strangers, sshPublicKey: "ssh-ed25519 AAAA me" };
      const needs = await needsOnAws(cluster({ ...issued, access, ...more }));
      assert.ok(needs.rulesOfGroup === 60, `${needs.rulesOfGroup} rules`);
      assert.ok(needs.groupsOfInterface > 1 && needs.groupsOfInterface <= 5, `${needs.groupsOfInterface} groups`);
      assert.ok(needs.webRules <= 100, `${needs.webRules} rules`);
    }
  });

  for (const cloud of clouds)
    it(`become a warning of the deployment itself on ${cloud}, where they exceed what the stack says its account has`, async () => {
      const { values } = stackFiles[cloud];
      const warningsAt = async (vcpus: number) => {
        const block = { ...(values[cloud] as object), quotas: { vcpus } };
        const { warnings } = await record({ ...stackFiles[cloud], values: { ...values, [cloud]: block } });
        return warnings.filter((warning) => warning.includes("quotas"));
      };
      assert.deepEqual(await warningsAt(124), []);
      const [warning = "", ...others] = await warningsAt(16);
      assert.deepEqual(others, []);
      assert.match(
        warning,
        new RegExp(`^ams:${cloud}\\.quotas\\.vcpus \\(".*vCPUs.*"\\) is 16, but the stack needs up to 124\\.`),
      );
    });

  it("count what shares bandwidth on Alibaba Cloud, which `capacity` names with the quota to raise", async () => {
    const planned = async (...changes: readonly string[]) => {
      const raw = readStack(root, "alibaba", changes.map(parseChange));
      const { cluster: model } = parse(raw);
      assert.ok(model);
      return { stack: "alibaba", cluster: model, recording: await record(raw), raw };
    };
    const large = await planned("alibaba.sharedBandwidthMbps=8000", "edge.max=60");
    const { sharedAddresses, sharedMbps, elasticAddresses } = plannedNeeds(large);
    const counts = countsOf({ ...large, cloud: "alibaba" });
    assert.deepEqual([sharedAddresses, sharedMbps], [counts.sharedAddresses, counts.sharedMbps]);
    const size = (quota: string, needed: number, allowed: number) =>
      `quota "${quota}": ${needed} required, but a new account allows ${allowed}. Raise the quota before the first pulumi up`;
    assert.deepEqual(addressQuotas(large, {}), [
      size("Pay-as-you-go elastic IP addresses", elasticAddresses, 20),
      size("Elastic IP addresses per Internet Shared Bandwidth instance", sharedAddresses, 100),
      size("Mbps per Internet Shared Bandwidth instance", 8000, 1000),
    ]);
    const raised = { elasticAddresses: 200, sharedAddresses: 200, sharedMbps: 8000 };
    assert.deepEqual(addressQuotas(large, raised), []);
    assert.deepEqual(addressQuotas(await planned("edge.max=200"), {}), []);
    const rows = quotaRows(large.cluster, plannedNeeds(large), {}).map((row) =>
      row.map(({ text }) => text).join(" | "),
    );
    assert.ok(
      rows.includes(
        `Elastic IP addresses per Internet Shared Bandwidth instance | ${sharedAddresses} | 100 | raise it to ${sharedAddresses} in a new account`,
      ),
      rows.join("\n"),
    );
  });

  it("take from an account only what its cloud raises", () => {
    const onAws = aws.prepare({ ...block, quotas: { tags: 60 } }, cluster(issued)).faults.map(formatFault);
    assertOnlyFault(onAws, /^ams:aws\.quotas\.tags: got an unknown key/);
  });

  it("name a source each, and say where no document of the vendor's has the number", () => {
    for (const cloud of clouds) {
      const hosts = { aws: "https://docs.aws.amazon.com/", alibaba: "https://www.alibabacloud.com/help/" };
      for (const key of quotaKeys) {
        const source = quotaOf(cloud, key)?.source ?? hosts[cloud];
        assert.ok(source.startsWith(hosts[cloud]), `${cloud} ${key}`);
      }
    }
    const model = cluster(issued);
    const needs = {
      ...needsOf(model, () => ({ vcpus: 4, gpu: true })),
      policyCharacters: 1,
      secretCharacters: 70_000,
      tags: 1,
    };
    const rows = quotaRows(model, needs, {}).map((row) => row.map(({ text }) => text).join(" | "));
    assert.ok(
      rows.some((row) =>
        /^Running On-Demand G and VT .* \| 0 \(not confirmed\) \| raise it to \d+ in a new account/.test(row),
      ),
    );
    assert.ok(rows.includes("Bytes in a secret value | 70000 | 65536 | cannot be raised"));
  });

  it("count a type's vCPUs by its size", () => {
    const types = [
      "c5.large",
      "ecs.c6e.xlarge",
      "c5.9xlarge",
      "ecs.gn6i-c8g1.2xlarge",
      "t2.small",
      "t3.small",
      "m7i.metal-24xl",
    ];
    assert.deepEqual(types.map(vcpusOfType), [2, 4, 36, 8, 1, 2, 96]);
  });
});

describe("Admin ranges", () => {
  it("merge where they are neighbours or lie in each other, and keep their places where not", () => {
    const all = [
      "198.51.100.9/32",
      "203.0.113.4/32",
      "203.0.113.0/30",
      "203.0.113.5/32",
      "203.0.113.6/31",
      "10.0.0.0/24",
    ];
    assert.deepEqual(mergeRanges(all), ["198.51.100.9/32", "203.0.113.0/29", "10.0.0.0/24"]);
    assert.deepEqual(mergeRanges(["10.0.0.0/8", "11.0.0.0/8"]), ["10.0.0.0/8", "11.0.0.0/8"]);
    assert.deepEqual(mergeRanges(["10.0.0.1/32", "10.0.0.2/32"]), ["10.0.0.1/32", "10.0.0.2/32"]);
    const row = Array.from({ length: 64 }, (_, index) => `203.0.113.${index}/32`);
    assert.deepEqual(cluster({ access: { adminCidrs: row } }).access.adminCidrs, ["203.0.113.0/26"]);
  });
});

describe("A network's addresses", () => {
  const small = { network: { cidr: "10.0.0.0/21", zones: ["a", "b"] } };

  it("have to do for the groups at their largest, on both clouds", () => {
    const many = { ...small, edge: { max: 900 } };
    const onAws = aws.prepare(block, cluster(many)).faults.map(formatFault);
    assertOnlyFault(
      onAws,
      /^ams:edge\.max: got 900: .*at most 502 .*ams:network\.cidr 10\.0\.0\.0\/21.*10\.0\.0\.0\/16$/,
    );
    const onAlibaba = alibaba.prepare({ images }, cluster({ cloud: "alibaba", ...many })).faults.map(formatFault);
    assertOnlyFault(onAlibaba, /^ams:edge\.max: got 900: .*at most 504 /);
  });

  it("count an upgrade's new machines and warm ones", () => {
    const faults = (edge: object) => aws.prepare(block, cluster({ ...small, edge })).faults.length;
    // 15 origins; 324 and half as many on top are 486, which leaves one.
    assert.deepEqual([faults({ max: 324 }), faults({ max: 325 }), faults({ max: 324, warmMachines: 2 })], [0, 1, 1]);
  });
});
