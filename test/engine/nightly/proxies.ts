import assert from "node:assert/strict";
import type { Cloud } from "../../support/cloud/server.ts";
import { isKept } from "../../support/kept.ts";
import { quick, startOnEngine } from "../../support/on-engine.ts";
import { type StackUnderTest, type Step, succeeded } from "../../support/stack.ts";

const shown = (steps: readonly Step[]): readonly string[] =>
  steps.map(({ op, type, name }) => `${op} ${type.split(":").pop()} ${name}`).sort();

/** What the proxies of a cloud write their certificate into, if the stack has a value of it. */
const parameter = "alicloud:oos/secretParameter:SecretParameter";

const stacks = [
  {
    name: "aws",
    group: "Group",
    template: "LaunchTemplate",
    image: "ami-0fedcba9876543210",
    // The group's update begins its refresh.
    rolled: (role: string) => [`update Group ams-aws-${role}`, `update LaunchTemplate ams-aws-${role}`],
  },
  {
    name: "alibaba",
    group: "ScalingGroup",
    template: "EcsLaunchTemplate",
    image: "m-gw8abcdefabcdefabcd0",
    rolled: (role: string) => [
      `create InstanceRefresh ams-alibaba-${role}-refresh`,
      `update EcsLaunchTemplate ams-alibaba-${role}`,
    ],
  },
] as const;

/** What becomes of a stack whose balancers are proxies. */
export function proxiesOn(cloudName: (typeof stacks)[number]["name"]): void {
  const found = stacks.find(({ name }) => name === cloudName);
  if (found === undefined) throw new Error(cloudName);
  const { name, group, template, image, rolled } = found;
  describe(`Proxies in Pulumi.${name}.yaml on the real engine`, () => {
    let cloud: Cloud;
    let stack: StackUnderTest;
    let close: (() => void) | undefined;

    before(async () => {
      ({ cloud, stack, close } = await startOnEngine({ stack: name, ...quick }));
      if (name === "alibaba") stack.unset("ams:certificate.id");
      stack.set("ams:certificate.source", "issued");
      stack.set("ams:access.adminCidrs[0]", "203.0.113.0/24");
      stack.set("ams:balancer.kind", "haproxy");
      stack.set("ams:balancer.srt", "false");
      if (name === "alibaba") stack.set("ams:alibaba.zonePolicy", "priority");
    });

    after(() => close?.());

    it("are made, and say where they are", async () => {
      succeeded(await stack.up());
      const outputs = await stack.outputs();
      assert.match(String(outputs["balancerGroup"]), new RegExp(`^ams-${name}-proxy`));
      assert.equal(outputs["statsUrl"], "https://live.example.com:6080/");
    });

    it("change nothing when the stack runs again, and show no drift", async () => {
      assert.deepEqual(succeeded(await stack.up("--expect-no-changes")).steps, []);
      succeeded(await stack.refresh("--expect-no-changes"));
    });

    it("keep running while one update rolls the edges to a new image and the next one rolls the origins", async () => {
      stack.set(`ams:${name}.images.media`, image);
      if (name === "alibaba") stack.set("ams:alibaba.upgrade", "instance-refresh");
      const edges = succeeded(await stack.up("--target", `**::ams-${name}-edge*`));
      assert.deepEqual(shown(edges.steps), rolled("edge"));
      const origins = succeeded(await stack.up());
      assert.deepEqual(shown(origins.steps), rolled("origin"));
      // ESS gave the groups their new template itself, which is nobody's change to undo.
      if (name === "alibaba") succeeded(await stack.preview("--refresh", "--expect-no-changes"));
    });

    if (name === "alibaba")
      it("keep the certificate that they wrote, whatever else of the stack changes", async () => {
        const store = cloud.store("alicloud");
        const find = () => store.all().find(({ type, urn }) => type === parameter && urn.endsWith("-certificate"));
        const written = '{"certificatePem":"renewed"}';
        store.drift(parameter, find()?.id ?? "", "value", written);
        stack.set("ams:tags.team", "live");
        succeeded(await stack.up());
        assert.equal(find()?.inputs["value"], written);
      });

    it("become Nginx in place: no node and no balancer is touched", async () => {
      stack.set("ams:balancer.kind", "nginx");
      const { steps } = succeeded(await stack.up());
      const ofAgent = ({ type }: Step): boolean => /:BucketObject(v2)?$/.test(type);
      assert.deepEqual(
        shown(steps.filter((step) => !ofAgent(step))),
        [`update ${group} ams-${name}-proxy`, `update ${template} ams-${name}-proxy`].sort(),
      );
      // Nginx's agent is an object of its own; HAProxy's stays for machines that still name it.
      assert.deepEqual([...new Set(steps.filter(ofAgent).map((step) => step.name))], [`ams-${name}-agent-proxy`]);
    });

    it("give way to the cloud's own balancers, beside which the network balancer stays", async () => {
      stack.set("ams:protect", "false");
      succeeded(await stack.up());
      stack.unset("ams:balancer");
      if (name === "alibaba") {
        stack.set("ams:certificate.source", "existing");
        stack.set("ams:certificate.id", "10000000-ap-southeast-1");
      }
      const { steps } = succeeded(await stack.up());
      const balancers = shown(steps).filter((text) => / LoadBalancer /.test(text));
      assert.deepEqual(balancers, [`create LoadBalancer ams-${name}-${name === "aws" ? "web" : "balancer"}`]);
      assert.deepEqual(
        shown(steps).filter((text) => /replace/.test(text)),
        [],
      );
      assert.equal((await stack.outputs())["balancerGroup"], "");
    });

    it("leave nothing behind", async () => {
      succeeded(await stack.destroy());
      assert.deepEqual(
        cloud.standing().filter((one) => !isKept(one)),
        [],
      );
    });
  });
}
