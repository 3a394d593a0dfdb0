import assert from "node:assert/strict";
import { compare } from "../../../tools/diff/compare.ts";
import { effectsOf } from "../../../tools/diff/effects/effects.ts";
import { planned } from "../../support/planned.ts";

const withKind = (kind: string, ...more: readonly string[]) =>
  planned("aws", [`balancer.kind=${kind}`, "balancer.srt=false", ...more]);

describe("The diff of a balancer's kind", function () {
  this.timeout(60_000);

  it("rolls the proxies alone from HAProxy to Nginx", async () => {
    const { resources } = compare(await withKind("haproxy"), await withKind("nginx"));
    assert.deepEqual(
      resources.map(({ operation, name }) => `${operation} ${name}`),
      ["replace ams-aws-agent-proxy", "update ams-aws-proxy", "update ams-aws-proxy"],
    );
    assert.ok(resources[0]?.isRetained, "the former agent stays");
    const [rolled, agent] = effectsOf(resources);
    assert.equal(rolled, "rolls the proxies by instance refresh, at least 100 % in service: user data");
    assert.match(agent ?? "", /^gives new proxy machines another agent: .*\bhaproxy\.cfg\b.*\bnginx\.conf\b/);
  });

  it("makes more proxies in place", async () => {
    const { resources } = compare(await withKind("nginx"), await withKind("nginx", "balancer.count=3"));
    assert.deepEqual(effectsOf(resources), ["proxy group: 2 machines -> 3"]);
  });

  it("keeps the network balancer and every node from the cloud's own balancers to proxies", async () => {
    const { resources } = compare(await planned("aws"), await planned("aws", ["balancer.kind=nginx"]));
    const balancers = resources.filter(({ type }) => type.endsWith(":LoadBalancer"));
    // While the stack is protected the engine refuses: ams:protect false comes first.
    assert.deepEqual(
      balancers.map(({ operation, name, isRefused }) => [operation, name, isRefused]),
      [["delete", "ams-aws-web", true]],
    );
    const groups = resources.filter(({ name }) => /-(origin|edge)$/.test(name) && !/firewall|balancer/.test(name));
    const touched = groups.map(({ operation, type, name }) => `${operation} ${type.split(":").at(-1)} ${name}`);
    assert.deepEqual(touched.sort(), [
      "delete TargetGroup ams-aws-edge",
      "delete TargetGroup ams-aws-origin",
      "update Group ams-aws-edge",
      "update Group ams-aws-origin",
    ]);
    assert.ok(resources.every(({ operation }) => operation !== "replace"));
    assert.ok(effectsOf(resources).includes("makes the proxy group"));
  });
});
