import assert from "node:assert/strict";
import type { MachineRole } from "../../../machine/index.ts";
import type { Role } from "../../../model/cluster.ts";
import { secretOf } from "../../../providers/shared/generated.ts";
import type { RecordedResource } from "../../../recording/record.ts";
import { render as renderAlibaba } from "../../support/alibaba.ts";
import { isAllowed, onEverything, type Request, type Statement } from "../../support/allowed.ts";
import { issued, render as renderAws, types } from "../../support/aws.ts";
import { at } from "../../support/read/recorded.ts";

/** What the machines of each group may do, and what none may, asked of the statements that the stacks make. */

const values = { ...issued, balancer: { kind: "haproxy" }, turn: { tls: true }, recordings: { store: "bucket" } };
const external = { ...values, domain: { ...issued.domain, dns: "external" } };

const roles = ["origin", "edge", "database", "proxy", "turn"] as const satisfies readonly MachineRole[];
type Row = readonly [action: string, resource: string, context?: Request["context"]];

const toRequest = ([action, resource, context = {}]: Row, more: Request["context"]): Request => ({
  action,
  resource,
  context: { ...more, ...context },
});
const show = ([action, resource, context = {}]: Row): string => `${action} on ${resource} ${JSON.stringify(context)}`;

const documentOf = (policy: RecordedResource, path: string): readonly Statement[] => {
  const found = JSON.parse(JSON.stringify(at(policy, path)));
  return JSON.parse(typeof found === "string" ? found : found.text).Statement;
};

const awsPolicy = async (type: string, name: string): Promise<readonly Statement[]> =>
  documentOf((await renderAws(values)).one(type, `ams-test-${name}`), "policy");

const alibabaPolicy = async (name: string, block: object = {}): Promise<readonly Statement[]> =>
  documentOf(
    (await renderAlibaba(external, { ...block })).one("ram/policy:Policy", `ams-test-${name}`),
    "policyDocument",
  );

/** All that the machines of a group may do: from the machine to its profile, the profile's role and the role's policies. */
async function awsMachine(role: MachineRole): Promise<readonly Statement[]> {
  const recorded = await renderAws(values);
  const profile =
    role === "database"
      ? recorded.referred(recorded.one(types.instance), "iamInstanceProfile")
      : recorded.referred(recorded.one(types.template, `ams-test-${role}`), "iamInstanceProfile.arn");
  const own = recorded.referred(profile, "role");
  assert.deepEqual(recorded.referring("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role", own), []);
  return recorded
    .referring("aws:iam/rolePolicy:RolePolicy", "role", own)
    .flatMap((policy) => documentOf(policy, "policy"));
}

/** The same on Alibaba Cloud, where roles and policies are known by their names. */
async function alibabaMachine(role: MachineRole): Promise<readonly Statement[]> {
  const stack = await renderAlibaba(external);
  const machine =
    role === "database"
      ? stack.one("ecs/ramRoleAttachment:RamRoleAttachment", "ams-test-database")
      : stack.one("ecs/ecsLaunchTemplate:EcsLaunchTemplate", `ams-test-${role}`);
  const own = at(machine, "ramRoleName");
  const names = stack
    .all("ram/rolePolicyAttachment:RolePolicyAttachment")
    .filter((one) => at(one, "roleName") === own)
    .map((one) => at(one, "policyName"));
  return stack
    .all("ram/policy:Policy")
    .filter((policy) => names.includes(at(policy, "policyName")))
    .flatMap((policy) => documentOf(policy, "policyDocument"));
}

/** What isn't known before the update stands in braces, and is its own name here. */
const arn = (name: string): string => `{ams-test-secrets-${name}.arn}`;
const group = (name: string): string =>
  `arn:aws:autoscaling:ap-south-1:123456789012:autoScalingGroup:1b2c:autoScalingGroupName/${name}`;
const ofCluster = (cluster: string) => ({ "autoscaling:ResourceTag/ams-cluster": cluster });
const stream = "log-stream:i-0123";
const groupActions = ["CompleteLifecycleAction", "RecordLifecycleActionHeartbeat", "SetInstanceHealth"] as const;

const awsNode = (role: Role): readonly Row[] => [
  ...groupActions.map(
    (action): Row => [`autoscaling:${action}`, group(`ams-test-${role}-1a2b3c4`), ofCluster("ams-test")],
  ),
  ["autoscaling:DescribeAutoScalingInstances", "*"],
];

const account = "1234567890123456";
/** The agents' bucket; AWS's account is empty in a recording. */
const agent = {
  aws: "arn:aws:s3:::ams-test-agent-ap-south-1-",
  alibaba: `acs:oss:*:${account}:ams-test-agent-eu-central-1-${account}`,
};

const onAws = {
  every: (role: MachineRole): readonly Row[] => [
    ["secretsmanager:GetSecretValue", arn(secretOf(role))],
    ["logs:CreateLogStream", `${arn("log")}:${stream}`],
    ["logs:PutLogEvents", `${arn("log")}:${stream}`],
    ["s3:GetObject", `${agent.aws}/agent/0123.json`],
    ["cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": "AMS/ams-test" }],
    ["ssmmessages:OpenDataChannel", "*"],
  ],
  only: {
    origin: awsNode("origin"),
    edge: awsNode("edge"),
    database: [],
    proxy: [
      ["ec2:DescribeInstances", "*"],
      ["secretsmanager:GetSecretValue", arn("certificate")],
      ["secretsmanager:PutSecretValue", arn("certificate")],
    ],
    turn: [["secretsmanager:GetSecretValue", arn("certificate")]],
  } satisfies Record<MachineRole, readonly Row[]>,
  none: [
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:ap-south-1:123456789012:secret:ams-other-media-1-abcdef"],
    ["secretsmanager:ListSecrets", "*"],
    ["secretsmanager:PutSecretValue", arn("media")],
    ["secretsmanager:DeleteSecret", arn("certificate")],
    ["cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": "AMS/ams-other" }],
    ["cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": "AWS/EC2" }],
    ["cloudwatch:DeleteAlarms", "*"],
    ["logs:PutLogEvents", `arn:aws:logs:ap-south-1:123456789012:log-group:/ams/ams-other:${stream}`],
    ["logs:GetLogEvents", `${arn("log")}:${stream}`],
    ["logs:DeleteLogGroup", arn("log")],
    ["autoscaling:CompleteLifecycleAction", group("ams-other-origin-1a2b3c4"), ofCluster("ams-other")],
    // A cluster's name may begin as another one's group does.
    ["autoscaling:CompleteLifecycleAction", group("ams-test-edge-origin-1a2b3c4"), ofCluster("ams-test-edge")],
    ["autoscaling:TerminateInstanceInAutoScalingGroup", group("ams-test-edge-1a2b3c4"), ofCluster("ams-test")],
    ["autoscaling:SetDesiredCapacity", group("ams-test-edge-1a2b3c4"), ofCluster("ams-test")],
    ["autoscaling:UpdateAutoScalingGroup", group("ams-test-edge-1a2b3c4"), ofCluster("ams-test")],
    ["ec2:TerminateInstances", "arn:aws:ec2:ap-south-1:123456789012:instance/i-0123"],
    ["ec2:ModifyInstanceAttribute", "arn:aws:ec2:ap-south-1:123456789012:instance/i-0123"],
    ["ec2:CreateLaunchTemplateVersion", "arn:aws:ec2:ap-south-1:123456789012:launch-template/lt-0123"],
    ["ec2:RunInstances", "*"],
    ["ssm:GetParameter", "arn:aws:ssm:ap-south-1:123456789012:parameter/anything"],
    ["ssm:SendCommand", "arn:aws:ec2:ap-south-1:123456789012:instance/i-0123"],
    ["s3:GetObject", "{ams-test-recordings.arn}/stream.mp4"],
    ["s3:GetObject", `${agent.aws}/another/0123.json`],
    ["s3:GetObject", "arn:aws:s3:::ams-other-agent-ap-south-1-123456789012/agent/0123.json"],
    ["s3:PutObject", `${agent.aws}/agent/0123.json`],
    ["s3:DeleteObject", `${agent.aws}/agent/0123.json`],
    ["s3:ListBucket", agent.aws],
    ["s3:DeleteObject", "{ams-test-logs.arn}/AWSLogs/1/a.gz"],
    ["kms:Decrypt", "arn:aws:kms:ap-south-1:123456789012:key/0123"],
    ["iam:PassRole", "arn:aws:iam::123456789012:role/admin"],
    ["sts:AssumeRole", "arn:aws:iam::123456789012:role/admin"],
  ] satisfies readonly Row[],
};

const acs = (service: string, resource: string): string => `acs:${service}:eu-central-1:${account}:${resource}`;
const tag = (cluster: string, role: Role = "origin") => ({
  "acs:ResourceTag/ams-cluster": cluster,
  "acs:ResourceTag/Name": `${cluster}-${role}`,
});

const alibabaNode = (role: Role): readonly Row[] => [
  ...groupActions.map(
    (action): Row => [`ess:${action}`, acs("ess", `scalinggroup/asg-${role}`), tag("ams-test", role)],
  ),
  ["ess:DescribeLifecycleActions", "*"],
];

const machines = (cluster: string): string =>
  acs("log", `project/${cluster}-logs-eu-central-1-${account}/logstore/machines`);

const onAlibaba = {
  every: (role: MachineRole): readonly Row[] => [
    ["oos:GetSecretParameter", acs("oos", `secretparameter/ams-test-${secretOf(role)}-1`)],
    ["kms:GetSecretValue", acs("kms", `secret/oos/ams-test-${secretOf(role)}-1`)],
    ["log:PostLogStoreLogs", machines("ams-test")],
    ["oss:GetObject", `${agent.alibaba}/agent/0123.json`],
    ["cms:PutCustomMetric", "*"],
  ],
  only: {
    origin: alibabaNode("origin"),
    edge: alibabaNode("edge"),
    database: [["ecs:DescribeDisks", acs("ecs", "disk/*")]],
    proxy: [
      ["ecs:DescribeInstances", acs("ecs", "instance/*")],
      ["oos:GetSecretParameter", acs("oos", "secretparameter/ams-test-certificate-1")],
      ["oos:UpdateSecretParameter", acs("oos", "secretparameter/ams-test-certificate-1")],
      ["kms:PutSecretValue", acs("kms", "secret/oos/ams-test-certificate-1")],
    ],
    turn: [["oos:GetSecretParameter", acs("oos", "secretparameter/ams-test-certificate-1")]],
  } satisfies Record<MachineRole, readonly Row[]>,
  none: [
    ["oos:GetSecretParameter", acs("oos", "secretparameter/ams-other-media-1")],
    ["oos:ListSecretParameters", "*"],
    ["oos:UpdateSecretParameter", acs("oos", "secretparameter/ams-test-media-1")],
    ["oos:DeleteSecretParameter", acs("oos", "secretparameter/ams-test-certificate-1")],
    ["oos:StartExecution", "*"],
    ["kms:GetSecretValue", acs("kms", "secret/oos/ams-other-media-1")],
    // A secret of a person's own in KMS, which only looks like the parameter's.
    ["kms:GetSecretValue", acs("kms", "secret/ams-test-media-1")],
    ["kms:PutSecretValue", acs("kms", "secret/oos/b-ams-test-certificate-1")],
    ["kms:Decrypt", acs("kms", "key/key-1")],
    ["log:PostLogStoreLogs", machines("ams-other")],
    ["log:PostLogStoreLogs", machines("ams-test").replace("machines", "ams-test-requests")],
    ["log:GetLogStoreLogs", machines("ams-test")],
    ["log:DeleteLogStore", machines("ams-test")],
    ["ess:CompleteLifecycleAction", acs("ess", "scalinggroup/asg-2"), tag("ams-other")],
    ["ess:CompleteLifecycleAction", acs("ess", "scalinggroup/asg-3")],
    ["ess:RemoveInstances", acs("ess", "scalinggroup/asg-1"), tag("ams-test")],
    ["ess:ModifyScalingGroup", acs("ess", "scalinggroup/asg-1"), tag("ams-test")],
    ["ecs:AttachDisk", acs("ecs", "disk/d-1")],
    ["ecs:DeleteInstance", acs("ecs", "instance/i-1")],
    ["ecs:ModifyInstanceAttribute", acs("ecs", "instance/i-1")],
    ["ecs:CreateLaunchTemplateVersion", "*"],
    ["ecs:RunInstances", "*"],
    ["ecs:RunCommand", acs("ecs", "instance/i-1")],
    ["oss:GetObject", `acs:oss:*:${account}:ams-test-recordings-eu-central-1-${account}/stream.mp4`],
    ["oss:GetObject", `${agent.alibaba}/another/0123.json`],
    ["oss:GetObject", `acs:oss:*:${account}:ams-other-agent-eu-central-1-${account}/agent/0123.json`],
    ["oss:PutObject", `${agent.alibaba}/agent/0123.json`],
    ["oss:DeleteObject", `${agent.alibaba}/agent/0123.json`],
    ["oss:ListObjects", agent.alibaba],
    ["ram:PassRole", "*"],
    ["sts:AssumeRole", `acs:ram::${account}:role/admin`],
  ] satisfies readonly Row[],
};

/** Grants on everything, each with why it can't be narrowed to a resource. */
const unscoped: Readonly<Record<string, string>> = {
  "autoscaling:DescribeAutoScalingInstances": "takes no resource; in the cluster's region alone",
  "cloudwatch:PutMetricData": "takes no resource; the namespace is a condition",
  "ec2:DescribeInstances": "takes no resource; in the cluster's region alone",
  "ssm:UpdateInstanceInformation": "a session's, which takes no resource in the role's own policy",
  "ssmmessages:CreateControlChannel": "takes no resource",
  "ssmmessages:CreateDataChannel": "takes no resource",
  "ssmmessages:OpenControlChannel": "takes no resource",
  "ssmmessages:OpenDataChannel": "takes no resource",
  "cms:PutCustomMetric": "takes no resource, and CloudMonitor has no condition for a metric's group",
  "ess:DescribeLifecycleActions": "takes no resource",
  "ess:DescribeLifecycleHooks": "takes no resource",
  "ess:DescribeScalingActivities": "takes no resource",
  "ess:DescribeScalingInstances": "takes no resource",
};

const clouds = {
  aws: {
    ...onAws,
    policy: awsMachine,
    context: { "aws:RequestedRegion": "ap-south-1" },
  },
  alibaba: {
    ...onAlibaba,
    policy: alibabaMachine,
    context: { "acs:SecureTransport": "true" },
  },
};

for (const [cloud, { every, only, none, policy, context }] of Object.entries(clouds)) {
  describe(`A machine's role on ${cloud}`, () => {
    for (const role of roles) {
      const own: readonly Row[] = [...every(role), ...only[role]];
      const others = roles.filter((one) => one !== role).flatMap((one) => [...every(one), ...only[one]]);
      const shown = new Set(own.map(show));
      const refused = [...none, ...others].filter((row) => !shown.has(show(row)));
      // What looks for instances and asks of them is the same call for nodes and proxies.
      const shared = /Describe(AutoScalingInstances|ScalingInstances)/;

      it(`lets ${role} machines do their ${own.length} things`, async () => {
        const statements = await policy(role);
        const missing = own.filter((row) => !isAllowed(statements, toRequest(row, context)));
        assert.deepEqual(missing.map(show), []);
      });

      it(`keeps ${role} machines from ${none.length} others, and from what other groups do`, async () => {
        const statements = await policy(role);
        const wrong = refused.filter(([action]) => !shared.test(action));
        assert.ok(wrong.length >= none.length);
        const open = wrong.filter((row) => isAllowed(statements, toRequest(row, context)));
        assert.deepEqual(open.map(show), []);
      });

      it(`gives ${role} machines no action by a wildcard, and of resources only those named with a reason`, async () => {
        const statements = await policy(role);
        const actions = statements.flatMap(({ Action }) => Action);
        assert.deepEqual(
          actions.filter((action) => /[*?]/.test(action)),
          [],
        );
        const unnamed = onEverything(statements).filter((action) => unscoped[action] === undefined);
        assert.deepEqual(unnamed, []);
      });
    }

    it("has no reason for a grant on everything that no machine has", async () => {
      const granted = (await Promise.all(roles.map(policy))).flatMap(onEverything);
      const prefixes = cloud === "aws" ? /^(autoscaling|cloudwatch|ec2|ssm|ssmmessages):/ : /^(cms|ess):/;
      const named = Object.keys(unscoped).filter((action) => prefixes.test(action));
      assert.deepEqual([...new Set(granted)].sort(), named.sort());
    });
  });
}

describe("A secret on Alibaba Cloud of a cluster whose name ends as this one's does", () => {
  const twin = "b-ams-test-media-1";
  const may = (statements: readonly Statement[], action: string, resource: string) =>
    isAllowed(statements, { action, resource, context: clouds.alibaba.context });

  it("is kept from this one's machines by its name in OOS and in KMS, where OOS keeps it", async () => {
    const statements = await alibabaPolicy("secrets-edge");
    assert.ok(may(statements, "kms:GetSecretValue", acs("kms", "secret/oos/ams-test-media-1")));
    assert.ok(!may(statements, "oos:GetSecretParameter", acs("oos", `secretparameter/${twin}`)));
    for (const name of [twin, `oos/${twin}`, `oos/b/ams-test-media-1`, "oos/ams-test-media-12"])
      assert.ok(!may(statements, "kms:GetSecretValue", acs("kms", `secret/${name}`)), name);
  });

  it("is kept from them by its name in a KMS instance", async () => {
    const block = { secretStore: "kms", kms: { instanceId: "kst-abc", keyId: "key-abc" } };
    const statements = await alibabaPolicy("secrets-edge", block);
    assert.ok(may(statements, "kms:GetSecretValue", acs("kms", "secret/ams-test-media-1")));
    assert.ok(!may(statements, "kms:GetSecretValue", acs("kms", `secret/${twin}`)));
  });
});

describe("The sender of recordings", () => {
  it("lists, reads and writes its own bucket, deletes nothing there, and reaches no other", async () => {
    const sender = {
      aws: await awsPolicy("aws:iam/userPolicy:UserPolicy", "recordings"),
      alibaba: await alibabaPolicy("recordings"),
    };
    for (const [cloud, service, list, other] of [
      ["aws", "s3", "ListBucket", "arn:aws:s3:::other"],
      ["alibaba", "oss", "ListObjects", "acs:oss:*:1:other"],
    ] as const) {
      const [{ Resource } = { Resource: "" }] = sender[cloud];
      const bucket = String(Resource).replace(/\/\*$/, "");
      assert.match(bucket, /ams-test-recordings|^acs:oss:\*:\*:./);
      const may = (action: string, resource: string) =>
        isAllowed(sender[cloud], { action: `${service}:${action}`, resource });
      assert.ok(may(list, bucket) && !may(list, other), cloud);
      for (const action of ["GetObject", "PutObject"])
        assert.ok(may(action, `${bucket}/streams/a.mp4`) && !may(action, `${other}/a.mp4`), `${cloud} ${action}`);
      for (const action of ["DeleteObject", "DeleteObjectVersion", "DeleteBucket", "PutBucketPolicy"])
        assert.ok(!may(action, bucket) && !may(action, `${bucket}/streams/a.mp4`), `${cloud} ${action}`);
    }
  });
});
