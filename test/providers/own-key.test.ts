import assert from "node:assert/strict";
import { formatFault } from "../../config/fault.ts";
import { checkExisting as checkOnAlibaba } from "../../providers/alibaba/network/existing.ts";
import { checkExisting as checkOnAws } from "../../providers/aws/network/existing.ts";
import type { RecordedResource } from "../../recording/record.ts";
import { valueAt } from "../../recording/value.ts";
import { render as renderAlibaba } from "../support/alibaba.ts";
import { render as renderAws } from "../support/aws.ts";
import { cluster } from "../support/cluster.ts";
import { Recorded } from "../support/read/recorded.ts";

const keys = {
  aws: "arn:aws:kms:ap-south-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
  alibaba: "key-gww8123456789abcdefgh",
} as const;

const everything = {
  balancer: { kind: "haproxy" },
  recordings: { store: "bucket" },
  alarms: { emails: ["ops@a.example"] },
};

const render = {
  aws: (values: object) => renderAws({ ...values }),
  alibaba: async (values: object) => new Recorded(await renderAlibaba({ ...values })),
} as const;

/** Where each type that holds data says its key. */
const places = {
  aws: {
    "aws:ec2/launchTemplate:LaunchTemplate": "blockDeviceMappings[0].ebs.kmsKeyId",
    "aws:ebs/volume:Volume": "kmsKeyId",
    "aws:docdb/cluster:Cluster": "kmsKeyId",
    "aws:secretsmanager/secret:Secret": "kmsKeyId",
    "aws:cloudwatch/logGroup:LogGroup": "kmsKeyId",
    "aws:sns/topic:Topic": "kmsMasterKeyId",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
      "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
  },
  alibaba: {
    "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate": "systemDisk.kmsKeyId",
    "alicloud:ecs/instance:Instance": "systemDiskKmsKeyId",
    "alicloud:ecs/ecsDisk:EcsDisk": "kmsKeyId",
    "alicloud:mongodb/instance:Instance": "cloudDiskEncryptionKey",
    "alicloud:oss/bucket:Bucket": "serverSideEncryptionRule.kmsMasterKeyId",
  },
} as const;

/**
 * The balancers write their logs with the bucket's own key alone (Application Load Balancer, "Enable access logs"); the
 * machines' programs are no data, and each role would need the key for them.
 */
const takesNoKey = ({ name }: RecordedResource): boolean => /-(logs|agent)$/.test(name);

function keysIn(recorded: Recorded, cloud: keyof typeof keys): ReadonlyMap<string, readonly unknown[]> {
  return new Map(
    Object.entries(places[cloud]).map(([type, path]) => {
      const found = recorded.ofType(type).filter((one) => !takesNoKey(one));
      return [type, found.map(({ inputs }) => valueAt(inputs, path))];
    }),
  );
}

describe("A key of the owner's", () => {
  for (const cloud of ["aws", "alibaba"] as const) {
    const keyId = keys[cloud];
    const versions = { aws: "5.0", alibaba: "8.0" } as const;
    const managed = {
      database: { kind: "managed", version: versions[cloud] },
      ...(cloud === "aws" ? { media: { version: "3.1.0" } } : {}),
    };

    it(`encrypts all that holds data on ${cloud}`, async () => {
      const recordings = [
        await render[cloud]({ ...everything, encryption: { keyId } }),
        await render[cloud]({ ...managed, encryption: { keyId } }),
      ];
      for (const type of Object.keys(places[cloud])) {
        const found = recordings.flatMap((one) => keysIn(one, cloud).get(type) ?? []);
        assert.ok(found.length > 0, `no ${type}`);
        assert.deepEqual([...new Set(found)], [keyId], type);
      }
    });

    it(`is named nowhere on ${cloud} without one`, async () => {
      for (const values of [everything, managed]) {
        const found = [...keysIn(await render[cloud](values), cloud)].filter(([type]) => !type.includes("sns/topic"));
        assert.deepEqual([...new Set(found.flatMap(([, ids]) => ids))], [undefined]);
      }
    });
  }

  it("is used on AWS for the machine's secret and the recordings alone, each by way of its service", async () => {
    const recorded = await render.aws({ ...everything, encryption: { keyId: keys.aws } });
    const policies = recorded.resources.filter(({ type }) => /aws:iam\/(role|user)Policy:/.test(type));
    const uses = policies.flatMap((one) => {
      const text = JSON.parse(JSON.stringify(valueAt(one.inputs, "policy"))).text ?? valueAt(one.inputs, "policy");
      const { Statement } = JSON.parse(text);
      return Statement.filter(({ Resource }: { Resource: unknown }) => Resource === keys.aws).map(
        ({ Action, Condition }: { Action: unknown; Condition: unknown }) => [
          one.name.replace("ams-test-", ""),
          Action,
          Condition,
        ],
      );
    });
    const via = (service: string) => ({ StringEquals: { "kms:ViaService": `${service}.ap-south-1.amazonaws.com` } });
    assert.deepEqual(uses, [
      ["secrets-origin", "kms:Decrypt", via("secretsmanager")],
      ["secrets-edge", "kms:Decrypt", via("secretsmanager")],
      ["secrets-database", "kms:Decrypt", via("secretsmanager")],
      ["secrets-proxy", "kms:Decrypt", via("secretsmanager")],
      ["recordings", ["kms:GenerateDataKey", "kms:Decrypt"], via("s3")],
    ]);
    assert.deepEqual(recorded.ofType("aws:kms/key:Key"), [], "the topic needs no key of its own");
  });

  for (const [cloud, check] of [
    ["aws", checkOnAws],
    ["alibaba", checkOnAlibaba],
  ] as const) {
    const other = cloud === "aws" ? keys.alibaba : keys.aws;
    it(`is refused on ${cloud} in the other cloud's form`, () => {
      const faults = check(cluster({ cloud, encryption: { keyId: other } }));
      assert.deepEqual(
        faults.map(({ path }) => path),
        ["ams:encryption.keyId"],
      );
      assert.match(faults.map(formatFault).join(""), /allowed: .* on (AWS|Alibaba Cloud)/);
      assert.deepEqual(check(cluster({ cloud, encryption: { keyId: keys[cloud] } })), []);
    });
  }

  it("is refused on AWS from another region", () => {
    const keyId = keys.aws.replace("ap-south-1", "eu-west-1");
    assert.match(
      checkOnAws(cluster({ encryption: { keyId } }))
        .map(formatFault)
        .join(""),
      /KMS key in ap-south-1/,
    );
  });
});
