import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import type { Cloud } from "../../config/types.ts";
import { nameOf } from "../../recording/read/links.ts";
import { listAt, type Resource, textAt, toResources } from "../../recording/read/plain.ts";
import { clouds, type Rendered, render, stackFiles } from "../support/contract.ts";
import * as rules from "../support/contract-rules.ts";

const keys: Readonly<Record<Cloud, object>> = {
  aws: { domain: "cdn.example.com", exclusive: true },
  alibaba: { domain: "cdn.example.com", certificateId: "12345678-ap-southeast-1", exclusive: true },
};

function withCdn(cloud: Cloud, cdn: object = {}, more: object = {}): Promise<Rendered> {
  const { values, ...rest } = stackFiles[cloud];
  return render(cloud, { ...rest, values: { ...values, ...more, cdn: { ...keys[cloud], ...cdn } } });
}

const resourcesOf = async (...given: Parameters<typeof withCdn>): Promise<readonly Resource[]> =>
  toResources((await withCdn(...given)).recording.resources);

const ofCdn = /^aws:(cloudfront|cloudwatch\/logDelivery)|^alicloud:cdn/;

describe("A stack with a CDN", () => {
  for (const cloud of clouds) {
    it(`keeps the contract's rules on ${cloud}`, async () => {
      const one = await withCdn(cloud);
      for (const rule of [rules.oneRoot, rules.readsBack, rules.notMoreOpen, rules.noSecretInClear, rules.tagged])
        rule(one);
    });

    it(`has on ${cloud} what one without has, as it was`, async () => {
      const { recording } = await withCdn(cloud, { exclusive: false });
      const { recording: without } = await render(cloud, stackFiles[cloud]);
      const plain = (resources: typeof recording.resources) =>
        new Map(resources.map(({ urn, inputs }) => [urn, JSON.stringify(inputs)]));
      const now = plain(recording.resources);
      const changed = [...plain(without.resources)].filter(([urn, inputs]) => now.get(urn) !== inputs);
      // The log's bucket lets CloudFront's region write too.
      assert.deepEqual(
        changed.map(([urn]) => urn.split("::").at(-1)),
        cloud === "aws" ? ["ams-aws-logs"] : [],
      );
      assert.ok(!without.resources.some(({ type }) => ofCdn.test(type)));
      assert.equal(without.outputs["cdnUrl"], "");
    });

    it(`names on ${cloud} the cluster's own name as origin, and gives its address out`, async () => {
      const { recording } = await withCdn(cloud);
      assert.equal(recording.outputs["cdnUrl"], "https://cdn.example.com/");
      const text = JSON.stringify(recording.resources.filter(({ type }) => ofCdn.test(type)));
      assert.match(text, /"live\.example\.com"/);
    });

    it(`lists on ${cloud} the record that a person adds where DNS is elsewhere`, async () => {
      const domain = { name: "live.example.com", zone: "example.com", dns: "external" };
      const { recording } = await withCdn(cloud, { exclusive: false }, { domain });
      const records = recording.resources.filter(
        ({ type, name }) => /Record$/.test(type) && !name.includes("database"),
      );
      assert.deepEqual(
        records.map(({ name }) => name),
        [],
      );
      assert.ok("dnsRecordsToAdd" in recording.outputs);
    });
  }

  it("has equal trees and outputs on both clouds", async () => {
    const [aws, alibaba] = await Promise.all([withCdn("aws"), withCdn("alibaba")]);
    rules.equalTrees(aws, alibaba);
    for (const one of [aws, alibaba]) rules.equalOutputs(one);
  });

  it("has its certificate and its log delivery in us-east-1 on AWS, and all else in the stack's region", async () => {
    const all = await resourcesOf("aws");
    const elsewhere = all.filter(({ props }) => props["region"] !== undefined);
    assert.deepEqual(
      elsewhere.map(({ type, props }) => `${type.split(":").at(-1)} ${props["region"]}`).sort(),
      ["Certificate", "CertificateValidation", "LogDelivery", "LogDeliveryDestination", "LogDeliverySource"].map(
        (type) => `${type} us-east-1`,
      ),
    );
    const { props } = all.find(({ type }) => type.endsWith(":Distribution")) as Resource;
    assert.equal(nameOf(listAt(props, "viewerCertificate.acmCertificateArn")[0]), "ams-aws-cdn");
  });

  it("needs no certificate of the stack's under CloudFront's own name", async () => {
    const all = await resourcesOf("aws", { domain: undefined });
    assert.equal(all.filter(({ type }) => type === "aws:acm/certificate:Certificate").length, 1);
    const { props } = all.find(({ type }) => type.endsWith(":Distribution")) as Resource;
    assert.deepEqual(props["viewerCertificate"], { cloudfrontDefaultCertificate: true });
  });

  it("answers 403 for other paths, by the code that CloudFront runs", async () => {
    const all = await resourcesOf("aws");
    const { props } = all.find(({ type }) => type === "aws:cloudfront/function:Function") as Resource;
    const answer: unknown = runInNewContext(
      `${textAt(props, "code")}; handler({ request: { uri: "/rest/v2/version" } })`,
    );
    assert.deepEqual({ ...Object(answer) }, { statusCode: 403, statusDescription: "Forbidden" });
  });

  it("keeps the keys of play tokens in CloudFront's store, as secrets, and nowhere in its program", async () => {
    const applications = { live: { publish: "open", play: "jwt" }, news: { publish: "jwt" } };
    const one = await withCdn("aws", {}, { applications });
    for (const rule of [rules.noSecretInClear, rules.tagged]) rule(one);
    const all = toResources(one.recording.resources);
    const keys = all.filter(({ type }) => type === "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey");
    assert.deepEqual(
      keys.map(({ props }) => [props["key"], nameOf(props["keyValueStoreArn"])]),
      [["live", "ams-aws-cdn-tokens"]],
    );
    const program = all.find(({ name, type }) => type.endsWith(":Function") && name === "ams-aws-cdn-tokens");
    assert.doesNotMatch(textAt(program?.props, "code") ?? "", /secrets/);
    const plain = await resourcesOf("aws");
    assert.ok(!plain.some(({ name }) => name.startsWith("ams-aws-cdn-tokens")));
  });

  it("opens the recordings' bucket to the account's distributions alone, and only where the stack says so", async () => {
    const recordings = { recordings: { store: "bucket" } };
    const policyOf = async (cdn: object) => {
      const all = await resourcesOf("aws", cdn, recordings);
      return JSON.stringify(
        all.find(({ type, name }) => type.endsWith(":BucketPolicy") && /recordings/.test(name))?.props,
      );
    };
    assert.doesNotMatch(await policyOf({}), /cloudfront/);
    const open = await policyOf({ recordings: true });
    assert.match(open, /cloudfront\.amazonaws\.com/);
    assert.match(open, /aws:SourceAccount/);
    const all = await resourcesOf("aws", { recordings: true }, recordings);
    const { props } = all.find(({ type }) => type.endsWith(":Distribution")) as Resource;
    assert.ok(listAt(props, "orderedCacheBehaviors[]").some((one) => textAt(one, "pathPattern") === "/streams/*"));
    assert.ok(listAt(props, "origins[].originAccessControlId").length === 1);
  });
});
