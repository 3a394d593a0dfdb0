import assert from "node:assert/strict";
import { compare } from "../../../tools/diff/compare.ts";
import { effectsOf } from "../../../tools/diff/effects/effects.ts";
import { planned } from "../../support/planned.ts";

const withKind = (kind: string, ...more: readonly string[]) =>
  planned("aws", [`balancer.kind=${kind}`, "balancer.srt=false", ...more]);

/** Proxies on Alibaba Cloud show an issued certificate. */
const issued = ["certificate.source=issued", "certificate.id=null"];

const onAlibaba = (kind: string) => planned("alibaba", [...issued, `balancer.kind=${kind}`, "balancer.srt=false"]);

describe("The diff of a balancer's kind", () => {
  it("rolls the proxies alone from HAProxy to Nginx", async () => {
    const { resources } = compare(await withKind("haproxy"), await withKind("nginx"));
    assert.deepEqual(
      resources.map(({ operation, name }) => `${operation} ${name}`),
      ["replace ams-aws-agent-proxy", "update ams-aws-proxy", "update ams-aws-proxy"],
    );
    assert.ok(resources[0]?.isRetained, "the former agent stays");
    const [rolled, agent] = effectsOf(resources);
    assert.equal(rolled, "rolls the proxies by instance refresh, with at least 100 % in service: user data");
    assert.match(
      agent ?? "",
      /^new proxy machines run a changed agent; changed files: .*\bhaproxy\.cfg\b.*\bnginx\.conf\b/,
    );
  });

  it("changes the proxies' template alone on Alibaba Cloud from HAProxy to Nginx", async () => {
    const { resources } = compare(await onAlibaba("haproxy"), await onAlibaba("nginx"));
    assert.deepEqual(
      resources.map(({ operation, type, name }) => `${operation} ${type.split(":").at(-1)} ${name}`),
      [
        "replace BucketObject ams-alibaba-agent-proxy",
        "update EcsLaunchTemplate ams-alibaba-proxy",
        "update ScalingGroup ams-alibaba-proxy",
      ],
    );
    assert.ok(resources[0]?.isRetained, "the former agent stays");
  });

  it("keeps the network balancer and every node of Alibaba Cloud from its own balancers to proxies", async () => {
    const { resources } = compare(
      await planned("alibaba"),
      await planned("alibaba", [...issued, "balancer.kind=nginx"]),
    );
    const balancers = resources.filter(({ type }) => type.endsWith(":LoadBalancer"));
    assert.deepEqual(
      balancers.map(({ operation, name, isRefused }) => [operation, name, isRefused]),
      [["delete", "ams-alibaba-balancer", true]],
    );
    assert.deepEqual(
      resources.filter(({ operation, isRetained }) => operation === "replace" && isRetained !== true),
      [],
    );
    const nodes = resources.filter(
      ({ type, name }) => /:ess\/scalingGroup:|ecsLaunchTemplate:/.test(type) && /-(origin|edge)$/.test(name),
    );
    assert.deepEqual(
      [...new Set(nodes.map(({ operation }) => operation))].filter((one) => one !== "update"),
      [],
    );
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
    assert.ok(effectsOf(resources).includes("creates the proxy group"));
  });
});
