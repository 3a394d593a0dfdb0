import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { Secret } from "../../../recording/record.ts";
import { admins, block, external, issued, render, renderCluster, types } from "../../support/aws.ts";
import { cluster, withTls } from "../../support/cluster.ts";
import { at, has, listAt, Recorded, textAt } from "../../support/read/recorded.ts";

const { balancer, group, instance, listener, record } = types;
const { domain } = withTls;

describe("AWS protection", () => {
  it("is on for fixed addresses, which their delete would take from a machine", async () => {
    const recorded = await render({ origin: { fixedAddresses: true } });
    const own = recorded.resources.filter(({ name }) => name.startsWith("ams-test-addresses-origin-"));
    assert.ok(own.length > 0 && own.every(({ protect }) => protect));
    assert.deepEqual(
      own.map(({ inputs }) => Object(inputs["tags"]).Number),
      own.map((_, index) => String(index + 1)),
    );
  });

  for (const protect of [true, false]) {
    it(`is ${protect ? "on" : "off"} for database, secrets, balancers and logs with protect ${protect}`, async () => {
      const recorded = await render({ protect });
      const durable = recorded.resources.filter((one) => one.protect).map(({ name }) => name);
      const all = ["secrets-media", "secrets-database", "database", "database-data", "web", "stream", "logs", "agent"];
      assert.deepEqual(durable.sort(), protect ? all.map((key) => `ams-test-${key}`).sort() : []);
      for (const one of recorded.ofType(balancer)) assert.equal(at(one, "enableDeletionProtection"), protect);
      assert.equal(at(recorded.one(instance), "disableApiTermination"), protect);
    });
  }
});

describe("The AWS network", () => {
  const gateways: readonly [string, readonly string[], readonly string[]][] = [
    ["one", ["nat-a"], ["nat-a", "nat-a", "nat-a"]],
    ["per-zone", ["nat-a", "nat-b", "nat-c"], ["nat-a", "nat-b", "nat-c"]],
  ];
  for (const [nat, made, used] of gateways) {
    it(`leads each zone's database out through its gateway with nat ${nat}`, async () => {
      const recorded = await render({ network: { zones: ["a", "b", "c"], nat } });
      const name = (one: { readonly name: string }) => one.name.replace("ams-test-network-", "");
      assert.deepEqual(recorded.ofType("aws:ec2/natGateway:NatGateway").map(name), made);
      const routes = recorded.ofType("aws:ec2/route:Route").filter((route) => has(route, "natGatewayId"));
      assert.deepEqual(routes.map(name), ["private-a", "private-b", "private-c"]);
      assert.deepEqual(
        routes.map((route) => name(recorded.referred(route, "natGatewayId"))),
        used,
      );
    });
  }

  it("gives the VPC's own security group no rule", async () => {
    const own = (await render()).one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    assert.deepEqual([listAt(own, "ingress"), listAt(own, "egress")], [[], []]);
    assert.ok(has(own, "ingress") && has(own, "egress"));
  });

  it("describes its firewall in characters that EC2 takes", async () => {
    const recorded = await render({ ...issued, access: { ...admins.access, sshPublicKey: "ssh-rsa AAAA me" } });
    const rules = recorded.resources.filter(({ type }) => type.startsWith("aws:vpc/securityGroup"));
    assert.ok(rules.length > 30);
    for (const one of [...rules, ...recorded.ofType("aws:ec2/securityGroup:SecurityGroup")]) {
      assert.match(textAt(one, "description"), /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/);
    }
  });

  it("names no ports where all protocols are meant, and ports elsewhere", async () => {
    const recorded = await render();
    const rules = recorded.resources.filter(({ type }) => type.startsWith("aws:vpc/securityGroup"));
    for (const rule of rules) assert.equal(has(rule, "fromPort"), textAt(rule, "ipProtocol") !== "-1", rule.name);
    assert.equal(rules.filter((rule) => textAt(rule, "ipProtocol") === "-1").length, 2);
  });
});

describe("AWS balancers", () => {
  it("leave publishers on a node that fails its check, for as long as a node may drain", async () => {
    const recorded = await render({ drain: { maxMinutes: 30 } });
    const targets = recorded.ofType("aws:lb/targetGroup:TargetGroup");
    const states = (protocol: string) =>
      targets
        .filter((one) => textAt(one, "protocol") === protocol)
        .map((one) => (has(one, "targetHealthStates") ? at(one, "targetHealthStates") : []));
    const kept = { enableUnhealthyConnectionTermination: false, unhealthyDrainingInterval: 1800 };
    assert.deepEqual(states("TCP"), [[kept]]);
    // ELB takes it for TCP and TLS alone.
    assert.deepEqual([...states("UDP"), ...states("HTTP")].flat(), []);
  });

  it("keep physical names within 32 characters for the longest name of a cluster", async () => {
    const recorded = await render({ name: "a234567890123456", ...issued, ...admins });
    const named = [...recorded.ofType(balancer), ...recorded.ofType("aws:lb/targetGroup:TargetGroup")];
    assert.equal(named.length, 7);
    // Pulumi adds a dash and seven characters.
    for (const { name } of named) assert.ok(name.length + 8 <= 32, name);
  });

  it("offer TLS 1.2 and newer, with a certificate that is issued by then", async () => {
    const recorded = await render(issued);
    const validation = recorded.one("aws:acm/certificateValidation:CertificateValidation");
    const listeners = recorded.ofType(listener).filter((one) => textAt(one, "protocol") === "HTTPS");
    assert.equal(listeners.length, 3);
    for (const one of listeners) {
      assert.match(textAt(one, "sslPolicy"), /^ELBSecurityPolicy-TLS13-1-2-/);
      assert.ok(one.dependencies.includes(validation.urn), one.name);
    }
  });

  for (const [who, values] of [
    ["nobody", {}],
    ["admins", admins],
  ] as const) {
    it(`use each target group that a node group joins, with the panel for ${who}`, async () => {
      const recorded = await render(values);
      const users = [listener, "aws:lb/listenerRule:ListenerRule"].flatMap((type) => recorded.ofType(type));
      const forwards = users.flatMap((one) =>
        ["defaultActions", "actions"].map((key) => [one, `${key}[0].targetGroupArn`] as const),
      );
      const used = new Set(
        forwards.filter(([one, path]) => has(one, path)).map(([one, path]) => recorded.referred(one, path).name),
      );
      const joined = recorded
        .ofType(group)
        .flatMap((one) =>
          listAt(one, "targetGroupArns").map((_, index) => recorded.referred(one, `targetGroupArns[${index}]`).name),
        );
      assert.deepEqual(joined.sort(), [...used].sort());
      assert.equal(used.has("ams-test-panel"), who === "admins");
    });
  }

  it("are one without RTMP and SRT", async () => {
    const recorded = await render({ balancer: { rtmp: false, srt: false }, domain });
    assert.deepEqual(
      recorded.ofType(balancer).map(({ name }) => name),
      ["ams-test-web"],
    );
    assert.deepEqual(
      recorded.ofType(record).map(({ name }) => name),
      ["ams-test-database-db1", "ams-test-dns"],
    );
  });
});

describe("Certificates and names on AWS", () => {
  const certificate = "aws:acm/certificate:Certificate";

  it("prove the domain in the hosted zone when it is ours", async () => {
    const recording = await renderCluster(cluster(issued));
    const recorded = new Recorded(recording);
    const proof = recorded.one(record, "ams-test-certificate-proof");
    assert.equal(textAt(proof, "zoneId"), "Z0123456789");
    assert.equal(
      listAt(recorded.one("aws:acm/certificateValidation:CertificateValidation"), "validationRecordFqdns").length,
      1,
    );
    assert.deepEqual(recording.outputs["dnsRecordsToAdd"], []);
  });

  it("say which records to add when the domain is elsewhere, the proof's too", async () => {
    const recording = await renderCluster(cluster(external));
    const recorded = new Recorded(recording);
    assert.deepEqual(
      recorded.ofType(record).map(({ name }) => name),
      ["ams-test-database-db1"],
    );
    const records = JSON.parse(JSON.stringify(recording.outputs["dnsRecordsToAdd"]));
    assert.deepEqual(
      records.map(({ type }: { readonly type: string }) => type),
      ["CNAME", "CNAME", "CNAME"],
    );
    assert.deepEqual([records[0].name, records[1].name], ["live.example.com", "rtmp.live.example.com"]);
    assert.match(records[0].value.unknown, /ams-test-web\.dnsName$/);
    assert.match(records[1].value.unknown, /ams-test-stream\.dnsName$/);
    assert.match(records[2].name.unknown, /resourceRecordName$/);
    assert.match(records[2].value.unknown, /resourceRecordValue$/);
  });

  it("ask for an alias where the domain is the zone itself, which takes no CNAME", async () => {
    const { domain, ...rest } = external;
    const recording = await renderCluster(cluster({ ...rest, domain: { ...domain, name: domain.zone } }));
    const records = JSON.parse(JSON.stringify(recording.outputs["dnsRecordsToAdd"]));
    assert.deepEqual(
      records.slice(0, 2).map(({ name, type }: { readonly name: string; readonly type: string }) => [name, type]),
      [
        ["example.com", "ALIAS"],
        ["rtmp.example.com", "CNAME"],
      ],
    );
  });

  it("import an uploaded certificate apart from its chain, with its key as a secret", async () => {
    const pem = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----`;
    const model: Cluster = {
      ...cluster({ domain }),
      certificate: { source: "uploaded", pem: `${pem("MA==")}\n${pem("MB==")}\n${pem("MC==")}\n` },
    };
    const recording = await renderCluster(model, block, { certificateKey: pulumi.secret("the key") });
    const made = new Recorded(recording).one(certificate);
    assert.equal(textAt(made, "certificateBody"), pem("MA=="));
    assert.equal(textAt(made, "certificateChain"), `${pem("MB==")}\n${pem("MC==")}`);
    const key = at(made, "privateKey");
    assert.ok(key instanceof Secret && key.reveal() === "the key");
  });

  it("make no certificate when one exists", async () => {
    const id = "arn:aws:acm:ap-south-1:123456789012:certificate/12345678-90ab-cdef-1234-567890abcdef";
    const recorded = await render({ domain, certificate: { source: "existing", id } });
    assert.deepEqual(
      recorded.resources.filter(({ type }) => type.startsWith("aws:acm/")),
      [],
    );
    assert.equal(textAt(recorded.one(listener, "ams-test-balancer-https-443"), "certificateArn"), id);
  });
});
