import assert from "node:assert/strict";
import { render as onAlibaba } from "../../support/alibaba.ts";
import { render as onAws } from "../../support/aws.ts";
import { at } from "../../support/read/recorded.ts";

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

const awsStatements = async (role: string): Promise<readonly Statement[]> => {
  const policy = (await onAws()).one("aws:iam/rolePolicy:RolePolicy", `ams-test-secrets-${role}`);
  return JSON.parse(JSON.parse(JSON.stringify(at(policy, "policy"))).text).Statement;
};

const alibabaStatements = async (role: string): Promise<readonly Statement[]> => {
  const policy = (await onAlibaba()).one("ram/policy:Policy", `ams-test-secrets-${role}`);
  return JSON.parse(String(policy.inputs["policyDocument"])).Statement;
};

const about = (statements: readonly Statement[], action: string): readonly Statement[] =>
  statements.filter(({ Action }) => [Action].flat().some((one) => one.startsWith(action)));

describe("A media machine's role", () => {
  for (const role of ["origin", "edge"])
    it(`ends the lifecycle actions of its own group, ${role}, and of no other`, async () => {
      const [aws] = about(await awsStatements(role), "autoscaling:Complete");
      const own = `arn:aws:autoscaling:ap-south-1:*:autoScalingGroup:*:autoScalingGroupName/ams-test-${role}-*`;
      assert.equal(aws?.Resource, own);
      assert.deepEqual(aws?.Condition, { StringEquals: { "autoscaling:ResourceTag/ams-cluster": "ams-test" } });
      const [alibaba] = about(await alibabaStatements(role), "ess:Complete");
      assert.deepEqual(alibaba?.Condition, {
        StringEquals: { "acs:ResourceTag/ams-cluster": "ams-test", "acs:ResourceTag/Name": `ams-test-${role}` },
      });
      assert.equal(alibaba?.Resource, "acs:ess:eu-central-1:*:scalinggroup/*");
    });

  it("writes metrics under the cluster's own name alone", async () => {
    const [aws] = about(await awsStatements("origin"), "cloudwatch:");
    assert.deepEqual(aws?.Condition, { StringEquals: { "cloudwatch:namespace": "AMS/ams-test" } });
    const [alibaba] = about(await alibabaStatements("origin"), "cms:");
    assert.equal(alibaba?.Action, "cms:PutCustomMetric");
  });

  it("writes the cluster's log alone", async () => {
    const [aws] = about(await awsStatements("origin"), "logs:");
    assert.equal(aws?.Resource, "{ams-test-secrets-log.arn}:*");
    const [alibaba] = about(await alibabaStatements("origin"), "log:");
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
    for (const role of ["origin", "edge", "database"]) {
      const statements = await awsStatements(role);
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
