import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { Secret, Unknown } from "../../../recording/record.ts";
import {
  admins,
  type Rendered,
  render,
  renderCluster,
  sources,
  tls,
  type Values,
  withDomain,
} from "../../support/alibaba.ts";
import { cluster } from "../../support/cluster.ts";

describe("On Alibaba Cloud, the balancers", () => {
  it("are an ALB of the Standard edition, as Basic knows no query strings, and an NLB, over all zones in order", async () => {
    const stack = await render({ network: { zones: ["c", "a", "b"] } });
    const [web, ...others] = stack.all("alb/loadBalancer:LoadBalancer");
    const [stream] = stack.all("nlb/loadBalancer:LoadBalancer");
    assert.deepEqual(others, []);
    assert.equal(web?.inputs["loadBalancerEdition"], "Standard");
    const zones = ["eu-central-1c", "eu-central-1a", "eu-central-1b"];
    for (const balancer of [web, stream]) {
      const mappings = balancer?.inputs["zoneMappings"];
      assert.ok(Array.isArray(mappings));
      assert.deepEqual(
        mappings.map(({ zoneId }) => zoneId),
        zones,
      );
    }
  });

  it("have an elastic address of the stack's own and a planned private one in each zone", async () => {
    const stack = await render({ network: { zones: ["a", "b"], cidr: "10.0.0.0/16" } });
    const [web] = stack.all("alb/loadBalancer:LoadBalancer");
    const [stream] = stack.all("nlb/loadBalancer:LoadBalancer");
    const fields = (resource: typeof web, ...keys: readonly string[]) => {
      const mappings = resource?.inputs["zoneMappings"];
      assert.ok(Array.isArray(mappings));
      return mappings.map((one: Values) =>
        keys.map((key) => (key === "allocationId" ? sources(one[key]).join() : String(one[key]))),
      );
    };
    assert.deepEqual(fields(web, "allocationId", "eipType", "intranetAddress"), [
      ["ams-test-balancer-a", "Common", "10.0.192.11"],
      ["ams-test-balancer-b", "Common", "10.0.196.11"],
    ]);
    assert.deepEqual(fields(stream, "allocationId", "privateIpv4Address"), [
      ["ams-test-balancer-stream-a", "10.0.192.12"],
      ["ams-test-balancer-stream-b", "10.0.196.12"],
    ]);
  });

  it("keep within an ALB's 100 rules with the most admin ranges, also where plain HTTP is served", async () => {
    const adminCidrs = Array.from({ length: 60 }, (_, index) => `203.0.${index}.1/32`);
    for (const http of ["redirect", "forward"]) {
      const rules = (await render({ ...tls, access: { adminCidrs }, balancer: { http } })).all("alb/rule:Rule").length;
      assert.ok(rules > 60 && rules <= 100, `${http}: ${rules}`);
    }
  });

  it("have no elastic address, nor has a NAT gateway, whose bandwidth and billing the cloud would choose", async () => {
    for (const one of (await render({ network: { zones: ["a", "b"] } })).all("ecs/eipAddress:EipAddress")) {
      const { bandwidth, internetChargeType, paymentType } = one.inputs;
      // An unnamed peak is 5 Mbps (AllocateEipAddress, Bandwidth).
      assert.ok(Number(bandwidth) >= 100, `${one.name} ${String(bandwidth)}`);
      assert.deepEqual([internetChargeType, paymentType], ["PayByTraffic", "PayAsYouGo"], one.name);
    }
  });

  it("are joined by a group for as long as that may be busy: a launch's hook, and a drain after it", async () => {
    const stack = await render({ drain: { maxMinutes: 360 } });
    for (const one of stack.all("ess/serverGroupAttachment:ServerGroupAttachment"))
      assert.deepEqual(one.timeouts, { create: "390m", update: "", delete: "390m" }, one.name);
  });

  it("forward by default to an empty group where the table denies or redirects, behind a last rule that does so", async () => {
    const stack = await render({ ...tls, ...admins });
    const attached = stack
      .all("ess/serverGroupAttachment:ServerGroupAttachment")
      .flatMap(({ inputs }) => sources(inputs["serverGroupId"]));
    for (const [port, type] of [
      ["http-80", "Redirect"],
      ["http-5080", "Redirect"],
      ["https-4444", "FixedResponse"],
    ]) {
      const [group] = sources(stack.one("alb/listener:Listener", `ams-test-balancer-${port}`).inputs["defaultActions"]);
      assert.equal(group, "ams-test-balancer-nobody");
      assert.ok(!attached.includes(group));
      const last = stack.one("alb/rule:Rule", `ams-test-balancer-${port}-default`);
      assert.equal(last.inputs["priority"], 10000);
      assert.deepEqual(last.inputs["ruleConditions"], [{ type: "Path", pathConfig: { values: ["/*"] } }]);
      assert.deepEqual(
        JSON.parse(JSON.stringify(last.inputs["ruleActions"])).map((action: Values) => action["type"]),
        [type],
      );
    }
    const [origin] = sources(
      stack.one("alb/listener:Listener", "ams-test-balancer-https-443").inputs["defaultActions"],
    );
    assert.equal(origin, "ams-test-balancer-origin");
  });

  it("speak TLS 1.2 at least and show the certificate on every HTTPS listener, and on no other", async () => {
    const stack = await render(tls);
    for (const { name, inputs } of stack.all("alb/listener:Listener")) {
      const secure = inputs["listenerProtocol"] === "HTTPS";
      assert.deepEqual(inputs["certificates"], secure ? { certificateId: "1234-ap-southeast-1" } : undefined, name);
      assert.equal(inputs["securityPolicyId"], secure ? "tls_cipher_policy_1_2_strict_with_1_3" : undefined, name);
    }
  });

  it("leave their groups' servers to the scaling groups", async () => {
    const stack = await render();
    for (const group of stack.all("alb/serverGroup:ServerGroup")) {
      assert.ok(!("servers" in group.inputs), group.name);
      assert.deepEqual(group.ignoreChanges, ["servers"], group.name);
    }
  });

  it("ask AMS itself whether it serves, for RTMP and SRT too", async () => {
    const stack = await render();
    for (const group of stack.all("nlb/serverGroup:ServerGroup")) {
      const { healthCheckType, httpCheckMethod, healthCheckConnectPort } = Object(group.inputs["healthCheck"]);
      assert.deepEqual([healthCheckType, httpCheckMethod, healthCheckConnectPort], ["HTTP", "GET", 5080], group.name);
    }
  });

  it("have no NLB and no second name when nothing is ingested through one", async () => {
    const stack = await render({ ...withDomain, balancer: { rtmp: false, srt: false } });
    assert.deepEqual(
      stack.resources.filter(({ type }) => type.startsWith("alicloud:nlb/")),
      [],
    );
    assert.deepEqual(
      stack.all("dns/alidnsRecord:AlidnsRecord").map(({ inputs }) => inputs["rr"]),
      ["live"],
    );
    assert.equal(stack.outputs["rtmpUrl"], "");
  });

  it("get their security group before they listen", async () => {
    const stack = await render();
    const guard = stack.one(
      "alb/loadBalancerSecurityGroupAttachment:LoadBalancerSecurityGroupAttachment",
      "ams-test-balancer",
    );
    for (const listener of stack.all("alb/listener:Listener")) {
      assert.ok(listener.dependencies.includes(guard.urn), listener.name);
    }
    assert.deepEqual(
      sources(stack.one("nlb/loadBalancer:LoadBalancer", "ams-test-balancer-stream").inputs["securityGroupIds"]),
      ["ams-test-firewall-balancer"],
    );
  });
});

describe("On Alibaba Cloud, a certificate", () => {
  const uploaded = (pem: string): Promise<Rendered> => {
    const model: Cluster = { ...cluster({ ...tls, cloud: "alibaba" }), certificate: { source: "uploaded", pem } };
    return renderCluster(model, {}, { certificateKey: pulumi.secret("the key") });
  };
  const made = (stack: Rendered) =>
    stack.one("cas/serviceCertificate:ServiceCertificate", "ams-test-certificate").inputs;

  it("that exists makes no resource", async () => {
    assert.deepEqual((await render(tls)).all("cas/serviceCertificate:ServiceCertificate"), []);
  });

  it("that is uploaded reaches the listeners by its number and its home, and its key stays a secret", async () => {
    const stack = await uploaded("the certificate");
    assert.equal(made(stack)["cert"], "the certificate");
    assert.ok(made(stack)["key"] instanceof Secret);
    const { certificateId } = Object(
      stack.one("alb/listener:Listener", "ams-test-balancer-https-443").inputs["certificates"],
    );
    assert.ok(certificateId instanceof Unknown);
    assert.match(certificateId.text ?? "", /^\{ams-test-certificate\.id\}-ap-southeast-1$/);
  });

  it("that replaces an uploaded one coexists with it until the listeners have switched over", async () => {
    const [old, next] = [await uploaded("the certificate"), await uploaded("the next certificate")].map(made);
    assert.notEqual(old?.["certificateName"], next?.["certificateName"]);
  });
});

describe("On Alibaba Cloud, names", () => {
  const records = async (values: Values) => {
    const stack = await render(values);
    return stack
      .all("dns/alidnsRecord:AlidnsRecord")
      .map(({ inputs }) => [inputs["domainName"], inputs["rr"], inputs["type"], ...sources(inputs["value"])]);
  };

  it("lead to both balancers through the cloud's DNS", async () => {
    assert.deepEqual(await records(withDomain), [
      ["example.com", "live", "CNAME", "ams-test-balancer"],
      ["example.com", "rtmp.live", "CNAME", "ams-test-balancer-stream"],
    ]);
    assert.deepEqual(await records({ domain: { name: "example.com", zone: "example.com" } }), [
      ["example.com", "@", "CNAME", "ams-test-balancer"],
      ["example.com", "rtmp", "CNAME", "ams-test-balancer-stream"],
    ]);
  });

  it("are for a person to add when the DNS is elsewhere", async () => {
    const stack = await render({ domain: { ...withDomain.domain, dns: "external" } });
    assert.deepEqual(stack.all("dns/alidnsRecord:AlidnsRecord"), []);
    assert.deepEqual([...sources(stack.outputs["dnsRecordsToAdd"])].sort(), [
      "ams-test-balancer",
      "ams-test-balancer-stream",
    ]);
  });

  it("are aliases to add where the domain is the zone itself, which takes no CNAME elsewhere", async () => {
    const { zone } = withDomain.domain;
    const stack = await render({ domain: { ...withDomain.domain, name: zone, dns: "external" } });
    const records = JSON.parse(JSON.stringify(stack.outputs["dnsRecordsToAdd"]));
    assert.deepEqual(
      records.map(({ name, type }: { readonly name: string; readonly type: string }) => [name, type]),
      [
        ["example.com", "ALIAS"],
        ["rtmp.example.com", "CNAME"],
      ],
    );
  });
});
