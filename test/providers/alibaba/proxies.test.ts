import assert from "node:assert/strict";
import { adapter } from "../../../providers/alibaba/index.ts";
import {
  admins,
  before,
  images,
  render,
  renderCluster,
  sources,
  text,
  type Values,
  withDomain,
} from "../../support/alibaba.ts";
import { cluster } from "../../support/cluster.ts";
import { revealAt } from "../../support/read/recorded.ts";

const kms = { secretStore: "kms", kms: { instanceId: "kst-abc", keyId: "key-abc" } };
const issued = { ...withDomain, certificate: { source: "issued" } };
const haproxy = (values: Values = {}): Values => ({ balancer: { kind: "haproxy" }, ...values });
const nginx = (values: Values = {}): Values => ({ balancer: { kind: "nginx" }, ...values });

describe("Proxies on Alibaba Cloud", () => {
  it("stand behind NLB alone, with no ALB and no certificate of the cloud's", async () => {
    const { all } = await render(nginx({ ...issued, ...admins }));
    assert.deepEqual(
      all("nlb/loadBalancer:LoadBalancer").map(({ name }) => name),
      ["ams-test-balancer-stream"],
    );
    for (const type of [
      "alb/loadBalancer:LoadBalancer",
      "alb/listener:Listener",
      "cas/serviceCertificate:ServiceCertificate",
    ])
      assert.deepEqual(all(type), [], type);
    const listeners = all("nlb/listener:Listener").map(
      ({ inputs }) => `${inputs["listenerProtocol"]} ${inputs["listenerPort"]}`,
    );
    const tcp = [80, 443, 5080, 5443, 4444, 1935, 6080].map((port) => `TCP ${port}`);
    assert.deepEqual([...listeners].sort(), [...tcp, "UDP 4200"].sort());
  });

  it("may have a certificate issued, which the cloud's own balancers may not", async () => {
    const faultsOf = (values: Values) => adapter.prepare({ images }, cluster({ cloud: "alibaba", ...values })).faults;
    assert.deepEqual(faultsOf(haproxy(issued)), []);
    const [fault] = faultsOf(issued);
    assert.equal(fault?.path, "ams:certificate.source");
    assert.match(fault.allowed, /haproxy or nginx/);
  });

  it("join each set of the balancer on its own port, and are asked by it for their health", async () => {
    const { all, one } = await render(haproxy({ access: admins.access }));
    const joined = all("ess/serverGroupAttachment:ServerGroupAttachment")
      .filter(({ name }) => name.startsWith("ams-test-proxy"))
      .map(({ inputs }) => `${sources(inputs["serverGroupId"])} ${inputs["type"]} ${inputs["port"]}`);
    assert.ok(joined.includes("ams-test-balancer-tcp1935 NLB 1935"), joined.join("\n"));
    assert.ok(joined.includes("ams-test-balancer-tcp6080 NLB 6080"), joined.join("\n"));
    const { inputs } = one("ess/scalingGroup:ScalingGroup", "ams-test-proxy");
    assert.deepEqual(
      [inputs["minSize"], inputs["maxSize"], inputs["healthCheckTypes"]],
      [2, 2, ["ECS", "LOAD_BALANCER"]],
    );
  });

  it("start once their secret, their rights and the balancer's listeners stand", async () => {
    const rendered = await render(haproxy(issued));
    const found = before(rendered, rendered.one("ess/scalingGroup:ScalingGroup", "ams-test-proxy"));
    const names = [...found].map((urn) =>
      urn
        .split("$")
        .at(-1)
        ?.replace(/^alicloud:\w+\/\w+:/, ""),
    );
    for (const name of [
      "SecretParameter::ams-test-secrets-proxy",
      "SecretParameter::ams-test-secrets-certificate",
      "RolePolicyAttachment::ams-test-secrets-proxy",
      "Listener::ams-test-balancer-tcp-443",
    ])
      assert.ok(names.includes(name), `${name} of ${names.join(" ")}`);
  });

  it("share a certificate in a parameter of which no update changes anything", async () => {
    const rendered = await render(haproxy(issued));
    const parameter = rendered.one("oos/secretParameter:SecretParameter", "ams-test-secrets-certificate");
    assert.deepEqual(
      [text(parameter, "secretParameterName"), revealAt(parameter, "value")],
      ["ams-test-certificate-1", "{}"],
    );
    assert.equal(parameter.protect, true);
  });

  it("may read and write their certificate, and read nothing of the nodes'", async () => {
    const policyOf = async (values: Values, block: Values = {}) =>
      text((await render(values, block)).one("ram/policy:Policy", "ams-test-secrets-proxy"), "policyDocument");
    const plain = await policyOf(haproxy());
    assert.match(plain, /ecs:DescribeInstances/);
    assert.match(plain, /ess:DescribeScalingInstances/);
    assert.doesNotMatch(plain, /UpdateSecretParameter|PutSecretValue|-media-/);
    assert.match(await policyOf(haproxy(issued)), /oos:UpdateSecretParameter.*secretparameter\/ams-test-certificate-1/);
    const own = await policyOf(haproxy(issued), kms);
    assert.match(own, /kms:PutSecretValue","Resource":"acs:kms:[^"]*secret\/ams-test-certificate-1"/);
    assert.doesNotMatch(own, /oos:/);
  });

  it("have both names point to the one balancer, and say where their statistics are", async () => {
    const { all, outputs } = await renderCluster(cluster({ cloud: "alibaba", ...nginx({ ...issued, ...admins }) }));
    const names = all("dns/alidnsRecord:AlidnsRecord").map(({ inputs }) => [inputs["rr"], ...sources(inputs["value"])]);
    assert.deepEqual(names, [
      ["live", "ams-test-balancer-stream"],
      ["rtmp.live", "ams-test-balancer-stream"],
    ]);
    assert.equal(outputs["statsUrl"], "https://live.example.com:6080/");
    assert.notEqual(outputs["balancerGroup"], "");
  });

  it("take the image and the machine that the stack names", async () => {
    const block = {
      images: { ...images, proxy: "m-gw8bwy1fbwc5cadiupo9" },
      instanceTypes: { proxy: "ecs.c7.large" },
    };
    const named = await render(nginx(), block);
    const usual = await render(nginx());
    const [one, other] = [named, usual].map((each) =>
      each.one("ecs/ecsLaunchTemplate:EcsLaunchTemplate", "ams-test-proxy"),
    );
    assert.ok(one && other);
    assert.deepEqual([text(one, "imageId"), text(one, "instanceType")], [block.images.proxy, "ecs.c7.large"]);
    assert.match(text(other, "imageId"), /^ubuntu_24_04_/);
    assert.equal(text(other, "instanceType"), "ecs.c6e.large");
  });
});
