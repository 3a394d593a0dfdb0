import assert from "node:assert/strict";
import { formatFault } from "../../../config/fault.ts";
import { parse } from "../../../config/parse.ts";
import { grants } from "../../../model/network/grants.ts";
import { checkExisting as checkOnAlibaba } from "../../../providers/alibaba/network/existing.ts";
import { checkExisting as checkOnAws } from "../../../providers/aws/network/existing.ts";
import { render as renderAlibaba } from "../../support/alibaba.ts";
import { render as renderAws } from "../../support/aws.ts";
import { cluster } from "../../support/cluster.ts";
import { raw } from "../../support/raw.ts";

const ids = { aws: "sg-0123456789abcdef0", alibaba: "sg-gw8123456789abcdefgh" } as const;
const sshPublicKey = "ssh-ed25519 AAAA me";
const proxies = { kind: "haproxy" };

/** Rules that name the group, as `firewall-<key>`, with what of their ports each cloud says. */
const named = {
  aws: async (values: object) =>
    (await renderAws({ ...values })).resources
      .filter(({ inputs }) => inputs["referencedSecurityGroupId"] === ids.aws)
      .map(({ name, inputs }) => `${name} ${inputs["fromPort"]}-${inputs["toPort"]}`),
  alibaba: async (values: object) =>
    (await renderAlibaba({ ...values })).resources
      .filter(({ inputs }) => inputs["sourceSecurityGroupId"] === ids.alibaba)
      .map(({ name, inputs }) => `${name} ${String(inputs["portRange"]).replace("/", "-")}`),
} as const;

describe("An administrators' group", () => {
  for (const cloud of ["aws", "alibaba"] as const) {
    const adminGroup = ids[cloud];

    it(`gets SSH to every machine on ${cloud}, with admin ranges or without, and nothing else`, async () => {
      const expected = ["proxy", "origin", "edge", "database"].map(
        (member) => `ams-test-firewall-bastion-${member}-tcp-22-in 22-22`,
      );
      for (const adminCidrs of [[], ["203.0.113.7/32"]]) {
        const access = { adminCidrs, adminGroup, sshPublicKey };
        assert.deepEqual(await named[cloud]({ access, balancer: proxies }), expected);
      }
    });

    it(`is not read on ${cloud} in the other cloud's form`, () => {
      const check = cloud === "aws" ? checkOnAws : checkOnAlibaba;
      const other = cloud === "aws" ? ids.alibaba : ids.aws;
      const faults = check(cluster({ cloud, access: { adminGroup: other, sshPublicKey } }));
      assert.match(faults.map(formatFault).join("\n"), /^ams:access\.adminGroup: .*on (AWS|Alibaba Cloud)/);
    });
  }

  it("is refused without a key: it would open nothing", () => {
    const faults = parse(raw({ access: { adminGroup: ids.aws } })).faults.map(formatFault);
    assert.equal(faults.length, 1);
    assert.match(faults[0] ?? "", /^ams:access\.adminGroup: .*allowed: not set unless ams:access\.sshPublicKey/);
  });

  it("opens no port to addresses: every other rule is as without it", () => {
    const keys = (access: object) => grants(cluster({ access })).map(({ key }) => key);
    const without = keys({ adminCidrs: ["203.0.113.7/32"], sshPublicKey });
    const more = keys({ adminCidrs: ["203.0.113.7/32"], sshPublicKey, adminGroup: ids.aws });
    assert.deepEqual(
      more.filter((key) => !key.startsWith("bastion-")),
      without,
    );
  });
});
