import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { Cloud, Operation } from "../support/cloud/server.ts";
import { quick, startOnEngine } from "../support/on-engine.ts";
import { type Run, type StackUnderTest, succeeded } from "../support/stack.ts";

const source = fileURLToPath(new URL("program", import.meta.url));

/** Resources that the real engine must see refused, and with what words. */
const refused = [
  {
    title: "a type that the SDK does not have",
    type: "aws:ec2/vpcs:Vpcs",
    inputs: {},
    says: /unknown resource type aws:ec2\/vpcs:Vpcs in aws 7\./,
  },
  {
    title: "a missing required property inside a nested object",
    type: "aws:lb/listener:Listener",
    inputs: {
      loadBalancerArn: "arn:aws:x",
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ targetGroupArn: "arn:aws:y" }],
    },
    says: /defaultActions\[0\]\.type .*missing required property/s,
  },
  {
    title: "a value outside a documented list",
    type: "alicloud:alb/loadBalancer:LoadBalancer",
    inputs: {
      addressType: "internet",
      loadBalancerEdition: "Standard",
      vpcId: "vpc-1",
      loadBalancerBillingConfig: { payType: "PayAsYouGo" },
      zoneMappings: [
        { zoneId: "eu-central-1a", vswitchId: "vsw-1" },
        { zoneId: "eu-central-1b", vswitchId: "vsw-2" },
      ],
    },
    says: /addressType .*expected one of \[Internet Intranet\], got internet/s,
  },
] as const;

describe("The real engine against the stand-in cloud", () => {
  let cloud: Cloud;
  let stack: StackUnderTest;
  let close: (() => void) | undefined;
  let fault: (operation: Operation) => void = () => {};

  before(async () => {
    ({ cloud, stack, close } = await startOnEngine(
      { stack: "one", source, ...quick },
      { onOperation: (operation) => fault(operation) },
    ));
  });

  after(() => close?.());

  const want = (resource: { readonly type: string; readonly inputs: object }): Promise<Run> =>
    stack.run(["config", "set", "--stack", "one", "one:resource", JSON.stringify(resource)]).then(succeeded);

  for (const { title, type, inputs, says } of refused) {
    it(`refuses ${title}`, async () => {
      await want({ type, inputs });
      const run = await stack.preview();
      assert.notEqual(run.code, 0);
      assert.match(run.text, says);
    });
  }

  it("makes what is right, keeps a generated password out of output and state, and deletes it", async () => {
    await want({ type: "random:index/randomPassword:RandomPassword", inputs: { length: 40, special: false } });
    const run = succeeded(await stack.up());
    const [password] = cloud.store("random").all();
    const result = String(password?.outputs["result"]);
    assert.match(result, /^[A-Za-z0-9]{40}$/);
    const exported = await stack.exported();
    assert.ok(exported.includes('"result"'), "the state has the property");
    assert.ok(!exported.includes(result), "but not in clear");
    assert.ok(!run.text.includes(result));
    succeeded(await stack.destroy());
    assert.deepEqual(cloud.standing(), []);
  });

  it("continues after a failed request that created no resource", async () => {
    await want({ type: "aws:ec2/vpc:Vpc", inputs: { cidrBlock: "10.0.0.0/16" } });
    const seen: string[] = [];
    fault = ({ kind, type, phase }) => {
      seen.push(`${phase} ${kind} ${type}`);
      throw new Error("RequestLimitExceeded");
    };
    const failed = await stack.up();
    fault = () => {};
    assert.notEqual(failed.code, 0);
    assert.match(failed.text, /RequestLimitExceeded/);
    assert.deepEqual([seen, cloud.standing()], [["before create aws:ec2/vpc:Vpc"], []]);
    succeeded(await stack.up());
    assert.equal(cloud.standing().length, 1);
    succeeded(await stack.destroy());
  });
});
