import assert from "node:assert/strict";
import { waivers } from "../../policy/waivers.ts";
import { clouds } from "../support/contract.ts";
import { breakStack, broken, type Case, fullStackOf, thingsIn } from "./broken.ts";
import { type Result, scan } from "./checkov/scan.ts";
import { recordVariants } from "./variants.ts";

/** What Checkov has to find in a broken stack: proof that it reads the plans that are made for it. */
const spoiled: readonly (readonly [check: string, one: readonly Case[]])[] = [
  ["CKV_AWS_3", broken("", "aws", ["", "ebs/volume database-data", { encrypted: false }])],
  ["CKV_AWS_79", broken("", "aws", ["", "ec2/launchTemplate edge", { "metadataOptions.httpTokens": "optional" }])],
  ["CKV_AWS_150", broken("", "aws", ["", "lb/loadBalancer web", { enableDeletionProtection: false }])],
  [
    "CKV_AWS_103",
    broken("", "aws", ["", "lb/listener balancer-https-443", { sslPolicy: "ELBSecurityPolicy-2016-08" }]),
  ],
  [
    "CKV_AWS_290",
    broken("", "aws", [
      "",
      "iam/rolePolicy secrets-origin",
      { policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]}' },
    ]),
  ],
  [
    "CKV_ALI_2",
    broken("", "alibaba", [
      "",
      "ecs/securityGroupRule firewall-internet-origin-udp-50000-60000-in",
      { ipProtocol: "tcp", portRange: "22/22" },
    ]),
  ],
  [
    "CKV_ALI_32",
    broken("", "alibaba", ["", "ecs/ecsLaunchTemplate edge", { dataDisks: [{ size: 20, encrypted: false }] }]),
  ],
];

describe("Checkov, a scanner of other people's, over the full stack and each variant", () => {
  let results: Readonly<Record<string, readonly Result[]>> = {};

  before(async () => {
    const full = clouds.map(async (cloud) => [`${cloud}-full`, await fullStackOf(cloud)] as const);
    const bad = spoiled.flatMap(([check, cases]) => cases.map(async (one) => [check, await breakStack(one)] as const));
    const variants = clouds.map(async (cloud) =>
      (await recordVariants(cloud)).map(
        ({ recording }, index) => [`${cloud}-variant-${index}`, thingsIn(recording)] as const,
      ),
    );
    results = scan(
      Object.fromEntries([...(await Promise.all([...full, ...bad])), ...(await Promise.all(variants)).flat()]),
    );
  });

  const of = (begin: string): readonly Result[] =>
    Object.entries(results).flatMap(([name, found]) => (name.startsWith(begin) ? found : []));
  const failed = (begin: string): readonly Result[] => of(begin).filter(({ passed }) => !passed);
  const show = ({ check, address }: Result): string => `${check} ${address}`;

  for (const cloud of clouds) {
    it(`finds nothing on ${cloud} but what policy/waivers.ts lists with its reason`, () => {
      const own = waivers.filter((waiver) => waiver.cloud === cloud);
      const isWaived = ({ check, address }: Result) => own.some((one) => one.check === check && one.on.test(address));
      assert.deepEqual(
        [
          ...new Set(
            failed(`${cloud}-`)
              .filter((result) => !isWaived(result))
              .map(show),
          ),
        ],
        [],
      );
      const passed = new Set(
        of(`${cloud}-`)
          .filter((result) => result.passed)
          .map(({ check }) => check),
      );
      assert.ok(passed.size >= { aws: 70, alibaba: 5 }[cloud], `${passed.size} checks passed`);
    });
  }

  it("fails everything that policy/waivers.ts lists: a waiver that nothing needs goes", () => {
    const idle = waivers.filter(
      ({ check, cloud, on }) =>
        !failed(`${cloud}-`).some((result) => result.check === check && on.test(result.address)),
    );
    assert.deepEqual(
      idle.map(({ check, on }) => `${check} ${on}`),
      [],
    );
    assert.ok(waivers.every(({ reason }) => reason.length > 30));
  });

  for (const [check] of spoiled) {
    it(`finds ${check} in a stack that breaks it`, () => {
      assert.ok(failed(check).some((result) => result.check === check));
    });
  }
});
