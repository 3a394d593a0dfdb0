import assert from "node:assert/strict";
import { alarmsOf } from "../../model/operation/alarms.ts";
import { render as onAlibaba, text } from "../support/alibaba.ts";
import { render as onAws } from "../support/aws.ts";
import { cluster } from "../support/cluster.ts";
import { at, listAt, revealAt, textAt } from "../support/read/recorded.ts";

const told = { alarms: { emails: ["ops@example.com"], webhooks: ["https://hooks.example.com/ams"] } };
const kept = { recordings: { store: "bucket" } };
const plain = (value: unknown): Record<string, string> => JSON.parse(JSON.stringify(value));

describe("An alarm", () => {
  it("says what it means and what to do, within what each cloud takes", async () => {
    const stack = await onAws();
    for (const alarm of alarmsOf(cluster())) {
      assert.ok(alarm.remedy.length <= 128 && alarm.meaning.length > 20, alarm.name);
      const made = stack.one("aws:cloudwatch/metricAlarm:MetricAlarm", `ams-test-alarms-${alarm.name}`);
      assert.equal(textAt(made, "alarmDescription"), `${alarm.meaning}. ${alarm.remedy}.`);
    }
    const cpu = (await onAlibaba()).one("cms/alarm:Alarm", "ams-test-alarms-cpu-edge");
    assert.equal(plain(cpu.inputs["tags"])["ams-remedy"], "Raise ams:edge.max, or choose a larger ams:edge.machine");
  });

  it("names nothing on a standalone machine that does not help there", () => {
    const standalone = { mode: "standalone", access: { adminCidrs: ["203.0.113.7/32"] }, origin: { follow: "load" } };
    for (const name of ["cpu-origin", "load-origin", "refusing-origin"]) {
      const row = alarmsOf(cluster(standalone)).find((alarm) => alarm.name === name);
      assert.match(row?.remedy ?? "", /^Choose a larger ams:origin\.machine/, name);
      assert.doesNotMatch(`${row?.meaning} ${row?.remedy}`, /origin\.(min|max|schedule)/);
    }
  });

  it("is there without a receiver, and without a topic or key that would cost", async () => {
    const stack = await onAws();
    assert.deepEqual(stack.ofType("aws:sns/topic:Topic"), []);
    assert.deepEqual(stack.ofType("aws:kms/key:Key"), []);
    assert.deepEqual(
      listAt(stack.one("aws:cloudwatch/metricAlarm:MetricAlarm", "ams-test-alarms-dead-node"), "alarmActions"),
      [],
    );
    assert.ok((await onAlibaba()).all("cms/alarm:Alarm").length > 5);
  });

  it("tells its receivers, on AWS by a topic that CloudWatch may encrypt for", async () => {
    const stack = await onAws(told);
    const alarm = stack.one("aws:cloudwatch/metricAlarm:MetricAlarm", "ams-test-alarms-dead-node");
    assert.equal(stack.referred(alarm, "alarmActions[0]").type, "aws:sns/topic:Topic");
    assert.deepEqual(
      stack
        .ofType("aws:sns/topicSubscription:TopicSubscription")
        .map((one) => textAt(one, "protocol"))
        .sort(),
      ["email", "https"],
    );
    assert.match(JSON.stringify(stack.one("aws:kms/key:Key").inputs["policy"]), /cloudwatch\.amazonaws\.com/);
    const alibaba = await onAlibaba(told);
    assert.equal(text(alibaba.one("cms/alarm:Alarm", "ams-test-alarms-dead-node"), "webhook"), told.alarms.webhooks[0]);
    assert.equal(alibaba.all("cms/alarmContact:AlarmContact").length, 1);
  });

  it("asks Alibaba Cloud for the machines' metrics as they are published there", async () => {
    const alarm = (await onAlibaba()).one("cms/alarm:Alarm", "ams-test-alarms-memory-edge").inputs;
    assert.match(JSON.stringify(alarm["project"]), /acs_customMetric_/);
    assert.match(JSON.stringify(alarm["metricDimensions"]), /Cluster=ams-test&Role=edge/);
  });

  it("has one of the load where the group follows it, in the application group that the machines publish it in", async () => {
    const follow = { edge: { follow: "load" } };
    const alarm = (await onAlibaba(follow)).one("cms/alarm:Alarm", "ams-test-alarms-load-edge").inputs;
    assert.match(JSON.stringify(alarm["metricDimensions"]), /groupId\W+1\W.*Cluster=ams-test&Role=edge/);
    const all = (await onAws(follow)).ofType("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name }) => name);
    assert.ok(all.includes("ams-test-alarms-load-edge") && !all.includes("ams-test-alarms-load-origin"));
  });

  it("tells of applications that differ where the file has any, in both modes, by the whole cluster's figure", async () => {
    const name = "ams-test-alarms-applications-drift";
    const applications = { live: { publish: "open" } };
    const named = (values: Readonly<Record<string, unknown>>) =>
      alarmsOf(cluster(values)).filter((alarm) => alarm.name === "applications-drift");
    assert.equal(named({}).length, 0);
    assert.equal(named({ mode: "standalone", access: { adminCidrs: ["203.0.113.7/32"] }, applications }).length, 1);
    const aws = (await onAws({ applications })).one("aws:cloudwatch/metricAlarm:MetricAlarm", name);
    assert.deepEqual(plain(aws.inputs["dimensions"]), { Cluster: "ams-test" });
    assert.equal(textAt(aws, "metricName"), "ApplicationsDrift");
    const alibaba = (await onAlibaba({ applications })).one("cms/alarm:Alarm", name).inputs;
    assert.match(JSON.stringify(alibaba["metricDimensions"]), /Cluster=ams-test(?!&)/);
    assert.equal(alibaba["metric"], "ApplicationsDrift");
  });
});

describe("Recordings", () => {
  it("have no bucket unless one is asked for", async () => {
    const buckets = (await onAws()).ofType("aws:s3/bucket:Bucket").map(({ name }) => name);
    assert.deepEqual(buckets, ["ams-test-agent", "ams-test-logs"]);
    assert.deepEqual(
      (await onAlibaba()).all("oss/bucket:Bucket").map(({ name }) => name),
      ["ams-test-agent"],
    );
  });

  it("are kept when the stack goes, with all that keeps them private", async () => {
    const isOurs = ({ name }: { readonly name: string }) => !name.startsWith("ams-test-agent");
    const aws = (await onAws(kept)).resources.filter((one) => one.type.startsWith("aws:s3/") && isOurs(one));
    const alibaba = (await onAlibaba(kept)).resources.filter(
      (one) => one.type.startsWith("alicloud:oss/") && isOurs(one),
    );
    assert.deepEqual([aws.length, alibaba.length], [12, 3]);
    for (const { name, type, retainOnDelete } of [...aws, ...alibaba])
      assert.equal(retainOnDelete, true, `${type} ${name}`);
  });

  it("are private, encrypted and over TLS alone", async () => {
    const stack = await onAws(kept);
    const block = stack.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "ams-test-recordings").inputs;
    for (const key of ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"])
      assert.equal(block[key], true, key);
    const { inputs } = stack.one("aws:s3/bucketPolicy:BucketPolicy", "ams-test-recordings");
    assert.match(JSON.stringify(inputs), /SecureTransport.{1,8}false/);
    const alibaba = await onAlibaba(kept);
    const { serverSideEncryptionRule } = alibaba.one("oss/bucket:Bucket", "ams-test-recordings").inputs;
    assert.deepEqual(plain(serverSideEncryptionRule), { sseAlgorithm: "AES256" });
    const policy = alibaba.one("oss/bucketPolicy:BucketPolicy", "ams-test-recordings").inputs["policy"];
    assert.match(JSON.stringify(policy), /SecureTransport/);
  });

  it("go to OSS where it speaks S3's protocol, within the region", async () => {
    const secret = (await onAlibaba(kept)).one("oos/secretParameter:SecretParameter", "ams-test-secrets-media");
    // A text with what is not known yet within it.
    const { recordingsEndpoint } = JSON.parse(plain(revealAt(secret, "value"))["text"] ?? "");
    assert.equal(recordingsEndpoint, "https://s3.oss-eu-central-1-internal.aliyuncs.com");
  });

  it("are sent by a user who can list, read and write there and do nothing else", async () => {
    const policy = plain(at((await onAws(kept)).one("aws:iam/userPolicy:UserPolicy"), "policy"))["text"] ?? "";
    const [objects, bucket] = JSON.parse(policy).Statement;
    assert.deepEqual(objects.Action, [
      "s3:GetObject",
      "s3:PutObject",
      "s3:PutObjectAcl",
      "s3:AbortMultipartUpload",
      "s3:ListMultipartUploadParts",
    ]);
    assert.equal(bucket.Action, "s3:ListBucket");
  });
});
