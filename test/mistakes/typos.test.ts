import assert from "node:assert/strict";
import { formatFault } from "../../config/fault.ts";
import { parseChange } from "../../tools/stack-file/config-path.ts";
import { readStack } from "../../tools/stack-file/read.ts";
import { clouds, root } from "../support/contract.ts";
import { faultsIn } from "./faults-of.ts";

/** Faults of a shipped stack file with changes, as `npm run plan -- STACK --config ...` prints them. */
const faultsWith = async (stack: string, changes: readonly string[]): Promise<readonly string[]> =>
  (await faultsIn(readStack(root, stack, changes.map(parseChange)))).map(formatFault);

/** Slips that people made, with the end of what each is told. */
const slips: readonly (readonly [change: string, told: string])[] = [
  [
    "orign.max=20",
    "the closest match is ams:origin. Rename it with: pulumi config set --path ams:origin.max 20 && pulumi config rm ams:orign",
  ],
  [
    "media.license=key",
    "the closest match is ams:media.licence. Rename it with: pulumi config set --path ams:media.licence key && pulumi config rm --path ams:media.license",
  ],
  ["database.kind=replicaset", "Set it with: pulumi config set --path ams:database.kind replica-set"],
  ["balancer.kind=HAProxy", "Set it with: pulumi config set --path ams:balancer.kind haproxy"],
  ["network.zones[0]=ap-south-1c", "Set it with: pulumi config set --path 'ams:network.zones[0]' c"],
  ["network.zones[0]=eu-central-1-c", "Set it with: pulumi config set --path 'ams:network.zones[0]' c"],
  ["edge.machine=c5.xlarge", "Set it with: pulumi config set --path ams:edge.machine compute-4"],
  ["edge.machine=ecs.g6e.2xlarge", "Set it with: pulumi config set --path ams:edge.machine general-8"],
  ["access.adminCidrs[0]=1.2.3.4", "Set it with: pulumi config set --path 'ams:access.adminCidrs[0]' 1.2.3.4/32"],
  ["access.adminCidrs[0]=10.0.5.0/16", "Set it with: pulumi config set --path 'ams:access.adminCidrs[0]' 10.0.0.0/16"],
  [
    "access.adminCidrs=203.0.113.7",
    "Set it with: pulumi config rm --path ams:access.adminCidrs && pulumi config set --path 'ams:access.adminCidrs[0]' 203.0.113.7/32",
  ],
  ['origin.max="7"', "allowed: a whole number from 1 to 1000. Set it with: pulumi config set --path ams:origin.max 10"],
  ['origin={"max":"7"}', "from 1 to 1000, without quotes. Set it with: pulumi config set --path ams:origin.max 7"],
  ['tags={"team":7}', "in quotes. Set it with: pulumi config set --path --type string ams:tags.team 7"],
  ["database.kind=extern", "Set it with: pulumi config set --path ams:database.kind external"],
  ["logs.retentionDays=100", "Set it with: pulumi config set --path ams:logs.retentionDays 90"],
];

describe("A slip in a shipped stack file", () => {
  for (const cloud of clouds)
    for (const [change, told] of slips)
      it(`${change} on ${cloud} is told the nearest that is right`, async () => {
        const faults = await faultsWith(cloud, [change]);
        assert.equal(faults.length, 1, faults.join("\n"));
        assert.ok(faults[0]?.endsWith(told), `${faults[0]}\nends with\n${told}`);
      });

  it("says which region a zone's name means", async () => {
    const [fault] = await faultsWith("aws", ["aws:region=ap-south-1c"]);
    assert.match(
      fault ?? "",
      /^aws:region: got "ap-south-1c"; .*Set it with: pulumi config set aws:region ap-south-1$/,
    );
  });

  it("says that a key belongs to another kind", async () => {
    const faults = await faultsWith("aws", [
      'database={"kind":"external","machine":"general-4"}',
      "databaseUrl=placeholder",
    ]);
    assert.deepEqual(faults, [
      "ams:database.machine: not used if kind is external; allowed: kind. Remove it with: pulumi config rm --path ams:database.machine",
    ]);
  });
});

/** The kinds that README.md names, each by the options of one command. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  "database instance": ["database.kind=instance"],
  "database replica-set": ["database.kind=replica-set"],
  "database managed": ["database.kind=managed", "media.version=3.1.0"],
  "database external": ['database={"kind":"external"}', "databaseUrl=placeholder"],
  "balancer haproxy": ["balancer.kind=haproxy", 'certificate={"source":"issued"}'],
  "balancer nginx": ["balancer.kind=nginx", 'certificate={"source":"issued"}'],
  "certificate uploaded": ["certificate.source=none", "certificate.id=null"],
  "licence by key": ["media.licence=key", "licenceKey=placeholder"],
  standalone: ["mode=standalone"],
};

describe("Each kind of a cluster", () => {
  for (const cloud of clouds)
    for (const [kind, changes] of Object.entries(kinds))
      it(`${kind} is planned by one command on ${cloud}`, async () => {
        assert.deepEqual(await faultsWith(cloud, changes), []);
      });
});
