import assert from "node:assert/strict";
import { render as renderAlibaba } from "../support/alibaba.ts";
import { render as renderAws } from "../support/aws.ts";
import { at, Recorded, textAt } from "../support/read/recorded.ts";

const alibaba = async (values: object) => new Recorded(await renderAlibaba({ ...values }));
const aws = (values: object) => renderAws({ ...values });

const balancer = "aws:lb/loadBalancer:LoadBalancer";
const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
const requestLog = "alicloud:alb/loadBalancerAccessLogConfigAttachment:LoadBalancerAccessLogConfigAttachment";
const store = "alicloud:log/store:Store";
const flowLog = { aws: "aws:ec2/flowLog:FlowLog", alibaba: "alicloud:vpc/flowLog:FlowLog" } as const;

const existing = {
  network: {
    cidr: "10.9.0.0/16",
    zones: ["a", "b"],
    existing: {
      id: "vpc-0123456789abcdef0",
      subnets: Object.fromEntries(
        ["balancer", "media", "database"].map((tier, index) => [
          tier,
          [0, 1].map((n) => ({ id: `subnet-0123456789abcdef${index * 2 + n}`, cidr: `10.9.${index * 2 + n}.0/24` })),
        ]),
      ),
    },
  },
};

interface Statement {
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: string;
  readonly Resource: unknown;
}

const statementsOf = (recorded: Recorded): readonly Statement[] =>
  JSON.parse(JSON.parse(JSON.stringify(at(recorded.one(bucketPolicy, "ams-test-logs"), "policy"))).text).Statement;

describe("Who called", () => {
  it("is written on AWS by every balancer, to the stack's own bucket", async () => {
    for (const values of [{}, { balancer: { kind: "haproxy" } }]) {
      const recorded = await aws(values);
      const balancers = recorded.ofType(balancer);
      assert.ok(balancers.length > 0);
      for (const one of balancers) {
        assert.equal(at(one, "accessLogs.enabled"), true, one.name);
        assert.equal(recorded.referred(one, "accessLogs.bucket").name, "ams-test-logs");
      }
    }
  });

  it("is written there by the two services that deliver logs alone, for this account", async () => {
    const [deny, ...allow] = statementsOf(await aws({}));
    assert.deepEqual([deny?.Effect, deny?.Action], ["Deny", "s3:*"]);
    assert.deepEqual(
      allow.map(({ Principal, Action }) => [Principal, Action]),
      [
        [{ Service: "logdelivery.elasticloadbalancing.amazonaws.com" }, "s3:PutObject"],
        [{ Service: "delivery.logs.amazonaws.com" }, "s3:PutObject"],
        [{ Service: "delivery.logs.amazonaws.com" }, "s3:GetBucketAcl"],
      ],
    );
    for (const { Action, Resource } of allow)
      if (Action === "s3:PutObject") assert.match(String(Resource), /\/AWSLogs\/[^*]*\/\*$/);
  });

  it("is kept on AWS for as many days as the machines' logs", async () => {
    const rules = (await aws({ logs: { retentionDays: 30 } })).one(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "ams-test-logs",
    );
    assert.equal(at(rules, "rules[0].expiration.days"), 30);
  });

  it("is written on Alibaba Cloud by the application balancer, to a store of the stack's own project", async () => {
    const recorded = await alibaba({ logs: { retentionDays: 30 } });
    const log = recorded.one(requestLog);
    assert.equal(textAt(recorded.referred(log, "loadBalancerId"), "loadBalancerName"), "ams-test-balancer");
    for (const one of recorded.ofType(store)) assert.equal(at(one, "retentionPeriod"), 30, one.name);
    assert.deepEqual(
      recorded.ofType(store).map(({ name }) => name),
      ["ams-test-secrets-log", "ams-test-logs-requests", "ams-test-logs-flows"],
    );
    assert.deepEqual((await alibaba({ balancer: { kind: "nginx" } })).ofType(requestLog), []);
  });

  it("and was turned away is in a flow log of the stack's own network, and of no other's", async () => {
    assert.equal(at((await aws({})).one(flowLog.aws), "trafficType"), "REJECT");
    assert.equal(at((await alibaba({})).one(flowLog.alibaba), "trafficType"), "Drop");
    assert.deepEqual((await aws(existing)).ofType(flowLog.aws), []);
  });
});

describe("A place for logs that is there already", () => {
  const logs = { bucket: "our-logs" };

  it("is used on AWS, and no bucket is made", async () => {
    const recorded = await aws({ logs });
    assert.deepEqual(
      recorded.ofType("aws:s3/bucket:Bucket").map(({ name }) => name),
      ["ams-test-agent"],
    );
    for (const one of recorded.ofType(balancer)) assert.equal(at(one, "accessLogs.bucket"), "our-logs");
    assert.equal(at(recorded.one(flowLog.aws), "logDestination"), "arn:aws:s3:::our-logs");
  });

  it("is used on Alibaba Cloud as a project, with stores that have the cluster's name", async () => {
    const recorded = await alibaba({ logs });
    const stores = recorded.ofType(store).filter((one) => at(one, "projectName") === "our-logs");
    assert.deepEqual(
      stores.map((one) => at(one, "logstoreName")),
      ["ams-test-requests", "ams-test-flows"],
    );
    assert.equal(at(recorded.one(requestLog), "logProject"), "our-logs");
    assert.equal(at(recorded.one(flowLog.alibaba), "projectName"), "our-logs");
  });
});
