import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "../../../config/parse.ts";
import { toPlain } from "../../../recording/read/plain.ts";
import { admins, issued, render, renderCluster, types, type Values } from "../../support/aws.ts";
import { cluster } from "../../support/cluster.ts";
import { raw } from "../../support/raw.ts";
import { at, has, listAt, Recorded, revealAt, textAt, textsAt } from "../../support/read/recorded.ts";
import { selfSigned } from "../../support/self-signed.ts";

const haproxy = (values: Values = {}): Values => ({ balancer: { kind: "haproxy" }, ...values });
const nginx = (values: Values = {}): Values => ({ balancer: { kind: "nginx" }, ...values });

const secret = "aws:secretsmanager/secret:Secret";
const version = "aws:secretsmanager/secretVersion:SecretVersion";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

describe("Proxies on AWS", () => {
  it("stand behind one network balancer, with no application balancer and no certificate of ACM", async () => {
    const recorded = await render(nginx({ ...issued, ...admins }));
    const balancer = recorded.one(types.balancer);
    assert.deepEqual([balancer.name, at(balancer, "loadBalancerType")], ["ams-test-stream", "network"]);
    assert.deepEqual(recorded.ofType("aws:acm/certificate:Certificate"), []);
    const listeners = recorded.ofType(types.listener).map((one) => `${textAt(one, "protocol")} ${at(one, "port")}`);
    const tcp = [80, 443, 5080, 5443, 4444, 1935, 6080].map((port) => `TCP ${port}`);
    assert.deepEqual([...listeners].sort(), [...tcp, "UDP 4200"].sort());
  });

  it("keep a silent connection for as long as the stack says, and never less than AWS takes", async () => {
    const seconds = async (idleTimeoutSeconds: number) => {
      const recorded = await render({ balancer: { kind: "haproxy", idleTimeoutSeconds } });
      return at(recorded.one(types.listener, "ams-test-balancer-tcp-80"), "tcpIdleTimeoutSeconds");
    };
    assert.deepEqual([await seconds(600), await seconds(10)], [600, 60]);
    const udp = (await render(nginx())).one(types.listener, "ams-test-balancer-udp-4200");
    assert.equal("tcpIdleTimeoutSeconds" in udp.inputs, false);
  });

  it("have neither a port of statistics nor an address of it without administrators", async () => {
    const recorded = await render(haproxy(issued));
    const ports = recorded.ofType(types.listener).map((one) => at(one, "port"));
    assert.ok(!ports.includes(6080), String(ports));
  });

  it("are as many as the stack says, asked for their health, and rolled one more before one less", async () => {
    const { balancer } = nginx();
    const recorded = await render({ balancer: { ...Object(balancer), count: 3, machine: "compute-8" } });
    const group = recorded.one(types.group, "ams-test-proxy");
    assert.deepEqual([at(group, "minSize"), at(group, "maxSize"), at(group, "healthCheckType")], [3, 3, "ELB"]);
    assert.equal(textAt(recorded.one(types.template, "ams-test-proxy"), "instanceType"), "c5.2xlarge");
    const preference = (key: string) => at(group, `instanceRefresh.preferences.${key}`);
    const keys = ["minHealthyPercentage", "maxHealthyPercentage", "skipMatching"];
    assert.deepEqual(keys.map(preference), [100, 150, true]);
  });

  it("run an image that is pinned, with no switch for a way back that they don't have", async () => {
    const images = { media: "ami-0123456789abcdef0", proxy: "ami-0123456789abcdef9" };
    const recorded = await render(nginx(), { images });
    assert.equal(textAt(recorded.one(types.template, "ams-test-proxy"), "imageId"), images.proxy);
    const group = recorded.one(types.group, "ams-test-proxy");
    assert.equal(has(group, "instanceRefresh.preferences.autoRollback"), false);
  });

  it("leave the nodes out of every target group: the proxies find them", async () => {
    const recorded = await render(haproxy());
    for (const role of ["origin", "edge"])
      assert.deepEqual(listAt(recorded.one(types.group, `ams-test-${role}`), "targetGroupArns"), []);
  });

  it("find the nodes with a role that reads their own secret alone", async () => {
    const recorded = await render(haproxy());
    const policy = JSON.stringify(toPlain(recorded.one(rolePolicy, "ams-test-secrets-proxy").inputs));
    for (const action of ["ec2:DescribeInstances", "autoscaling:DescribeAutoScalingInstances"])
      assert.ok(policy.includes(action), policy);
    assert.ok(policy.includes("ams-test-secrets-proxy.arn") && !policy.includes("ams-test-secrets-media"), policy);
    assert.ok(!policy.includes("PutSecretValue"), policy);
    assert.deepEqual(
      recorded.ofType(secret).map(({ name }) => name),
      ["ams-test-secrets-media", "ams-test-secrets-database", "ams-test-secrets-proxy"],
    );
  });

  it("share an issued certificate in a secret that they alone write", async () => {
    const recorded = await render(haproxy(issued));
    assert.equal(textAt(recorded.one(secret, "ams-test-secrets-certificate"), "name"), "ams-test-certificate-1");
    const versions = recorded.ofType(version).map(({ name }) => name);
    assert.ok(!versions.includes("ams-test-secrets-certificate"), versions.join(" "));
    const may = (reader: string) =>
      JSON.stringify(toPlain(recorded.one(rolePolicy, `ams-test-secrets-${reader}`).inputs));
    assert.match(may("proxy"), /secretsmanager:PutSecretValue.*ams-test-secrets-certificate\.arn/);
    assert.ok(!may("origin").includes("certificate"), may("origin"));
  });

  it("get an uploaded certificate with their secret, and a password for their statistics", async () => {
    const { pem, key } = selfSigned();
    const values = haproxy({ ...issued, certificate: { source: "uploaded", pem } });
    const { cluster: model } = parse({ ...raw(values), secrets: { certificateKey: key } });
    assert.ok(model);
    const recording = await renderCluster(model, undefined, { certificateKey: pulumi.secret(key) });
    const text = revealAt(new Recorded(recording).one(version, "ams-test-secrets-proxy"), "secretString");
    const stored = JSON.stringify(text);
    for (const part of ["statsPassword", "certificatePem", "certificateKey"]) assert.ok(stored.includes(part), part);
  });

  it("have both names point to the one balancer", async () => {
    const recorded = await render(nginx(issued));
    const names = recorded.ofType(types.record).filter((one) => textAt(one, "name").includes("live.example.com"));
    assert.deepEqual(names.map((one) => textAt(one, "name")).sort(), ["live.example.com", "rtmp.live.example.com"]);
    const balancers = names.map((one) => recorded.referred(one, "aliases[0].name").name);
    assert.deepEqual(balancers, ["ams-test-stream", "ams-test-stream"]);
  });

  it("say where their statistics are", async () => {
    const { outputs } = await renderCluster(cluster(nginx({ ...issued, ...admins })));
    assert.equal(outputs["statsUrl"], "https://live.example.com:6080/");
    const plain = await renderCluster(cluster(nginx({ domain: issued.domain, ...admins })));
    assert.equal(plain.outputs["statsUrl"], "http://live.example.com:6080/");
  });

  it("stand in the balancers' subnets, with a public address and no way in but the firewall's", async () => {
    const recorded = await render(haproxy(admins));
    const template = recorded.one(types.template, "ams-test-proxy");
    assert.equal(at(template, "networkInterfaces[0].associatePublicIpAddress"), "true");
    assert.equal(recorded.referred(template, "networkInterfaces[0].securityGroups[0]").name, "ams-test-firewall-proxy");
    assert.deepEqual(
      [at(template, "metadataOptions.httpTokens"), at(template, "blockDeviceMappings[0].ebs.encrypted")],
      ["required", "true"],
    );
    const group = recorded.one(types.group, "ams-test-proxy");
    assert.deepEqual(
      textsAt(group, "vpcZoneIdentifiers").map(
        (_, index) => recorded.referred(group, `vpcZoneIdentifiers[${index}]`).name,
      ),
      ["ams-test-network-balancer-a", "ams-test-network-balancer-b"],
    );
  });
});
