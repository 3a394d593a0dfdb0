import assert from "node:assert/strict";
import { render as onAlibaba } from "../support/alibaba.ts";
import { render as onAws } from "../support/aws.ts";
import { at } from "../support/read/recorded.ts";

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

const awsStatements = async (reader: string): Promise<readonly Statement[]> => {
  const role = (await onAws()).one("aws:iam/rolePolicy:RolePolicy", `ams-test-secrets-${reader}`);
  return JSON.parse(JSON.parse(JSON.stringify(at(role, "policy"))).text).Statement;
};

const alibabaStatements = async (reader: string): Promise<readonly Statement[]> => {
  const policy = (await onAlibaba()).one("ram/policy:Policy", `ams-test-secrets-${reader}`);
  return JSON.parse(String(policy.inputs["policyDocument"])).Statement;
};

const about = (statements: readonly Statement[], action: string): readonly Statement[] =>
  statements.filter(({ Action }) => [Action].flat().some((one) => one.startsWith(action)));

describe("A media machine's role", () => {
  it("ends the lifecycle actions of this cluster's groups and of no others", async () => {
    const [aws] = about(await awsStatements("media"), "autoscaling:Complete");
    assert.deepEqual(aws?.Resource, [
      "arn:aws:autoscaling:ap-south-1:*:autoScalingGroup:*:autoScalingGroupName/ams-test-origin-*",
      "arn:aws:autoscaling:ap-south-1:*:autoScalingGroup:*:autoScalingGroupName/ams-test-edge-*",
    ]);
    assert.deepEqual(aws?.Condition, { StringEquals: { "autoscaling:ResourceTag/ams-cluster": "ams-test" } });
    const [alibaba] = about(await alibabaStatements("media"), "ess:Complete");
    assert.deepEqual(alibaba?.Condition, { StringEquals: { "acs:ResourceTag/ams-cluster": "ams-test" } });
    assert.equal(alibaba?.Resource, "acs:ess:eu-central-1:*:scalinggroup/*");
  });

  it("writes metrics under the cluster's own name alone", async () => {
    const [aws] = about(await awsStatements("media"), "cloudwatch:");
    assert.deepEqual(aws?.Condition, { StringEquals: { "cloudwatch:namespace": "AMS/ams-test" } });
    const [alibaba] = about(await alibabaStatements("media"), "cms:");
    assert.equal(alibaba?.Action, "cms:PutCustomMetric");
  });

  it("writes the cluster's log alone", async () => {
    const [aws] = about(await awsStatements("media"), "logs:");
    assert.equal(aws?.Resource, "{ams-test-secrets-log.arn}:*");
    const [alibaba] = about(await alibabaStatements("media"), "log:");
    assert.equal(alibaba?.Resource, "acs:log:eu-central-1:*:project/ams-test-logs-eu-central-1-*/logstore/machines");
  });
});

describe("A database machine's role", () => {
  it("has no say over groups", async () => {
    assert.deepEqual(about(await awsStatements("database"), "autoscaling:"), []);
    assert.deepEqual(about(await alibabaStatements("database"), "ess:"), []);
  });
});

describe("A machine's role on AWS", () => {
  it("opens sessions in the cluster's region, and reads no parameters as the managed policy would", async () => {
    for (const reader of ["media", "database"]) {
      const statements = await awsStatements(reader);
      const actions = statements.flatMap(({ Action }) => Action);
      assert.deepEqual(
        actions.filter((action) => action.startsWith("ssm:")),
        ["ssm:UpdateInstanceInformation"],
      );
      const [sessions] = about(statements, "ssmmessages:");
      assert.deepEqual(sessions?.Condition, { StringEquals: { "aws:RequestedRegion": "ap-south-1" } });
    }
  });
});
