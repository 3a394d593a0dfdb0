import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "../../config/parse.ts";
import type { Cloud } from "../../config/types.ts";
import { record } from "../../recording/record.ts";
import { audienceVerdict } from "../../tools/capacity/warnings.ts";
import type { Answers } from "../../tools/init/answers.ts";
import { laterText } from "../../tools/init/later.ts";
import { settle } from "../../tools/init/settle.ts";
import { changedText } from "../../tools/init/stack-text.ts";
import { findingsOn } from "../../tools/report/findings.ts";
import { readStack } from "../../tools/stack-file/read.ts";
import { clouds, root, stackFiles } from "../support/contract.ts";

const shared = { domain: "live.example.org", admin: "203.0.113.7, 198.51.100.0/24" };
const people = [
  ["1", "1"],
  ["10", "500"],
  ["200", "20000"],
] as const;

/** Regions with ids of their own, and zones that are not a and b. */
const regions: Readonly<Record<Cloud, readonly Answers[]>> = {
  aws: [
    { region: "eu-west-1", zones: "a,b,c" },
    { region: "us-east-1" },
    { region: "ap-northeast-1", zones: "a,c" },
  ].map((one) => ({ ...one, image: "ami-0123456789abcdef1", hostedZone: "/hostedzone/Z0123456789ABC" })),
  alibaba: [
    { region: "eu-central-1", image: "m-gw8a1b2c3d4e5f6g7h8i", certificate: "12345678-ap-southeast-1" },
    {
      region: "ap-southeast-1",
      zones: "b, c",
      image: "m-t4na1b2c3d4e5f6g7h8i",
      certificate: "12345678-ap-southeast-1",
    },
    { region: "cn-hangzhou", zones: "h,i", image: "m-bp1a1b2c3d4e5f6g7h8i", certificate: "12345678-cn-hangzhou" },
  ],
};

const shippedText = (cloud: Cloud): string => readFileSync(join(root, `Pulumi.${cloud}.yaml`), "utf8");
const commentsOf = (text: string): readonly string[] =>
  [...text.matchAll(/#.*$/gm)].map(([comment]) => comment).filter((comment) => !/REPLACE/.test(comment));

describe("init", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "init-"));
    copyFileSync(join(root, "Pulumi.yaml"), join(directory, "Pulumi.yaml"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  for (const cloud of clouds) {
    it(`writes files for ${cloud} that plan without a warning, with no findings that the shipped one does not have`, async () => {
      const known = new Set(
        findingsOn((await record(stackFiles[cloud])).resources, []).findings.map(({ rule }) => rule),
      );
      for (const [place, own] of regions[cloud].entries()) {
        const [publishers, viewers] = people[place] ?? people[0];
        const answers = { cloud, ...shared, publishers, viewers, ...own };
        const settled = await settle("live", answers);
        const text = changedText(shippedText(cloud), settled.changes);
        writeFileSync(join(directory, "Pulumi.live.yaml"), text);
        const raw = readStack(directory, "live");
        const { cluster, faults, warnings } = parse(raw);
        assert.deepEqual([faults, warnings], [[], []]);
        assert.ok(cluster?.audience !== undefined && cluster.domain !== undefined);
        const recording = await record(raw);
        assert.deepEqual(recording.warnings, []);
        assert.deepEqual(audienceVerdict({ stack: "live", cluster, recording }).warnings, []);
        const rules = findingsOn(recording.resources, []).findings.map(({ rule }) => rule);
        assert.deepEqual(
          rules.filter((rule) => !known.has(rule)),
          [],
        );
        assert.equal(cluster.region, own.region);
        assert.equal(cluster.domain.zone, "example.org");
        assert.deepEqual(cluster.access.adminCidrs, ["203.0.113.7/32", "198.51.100.0/24"]);
        assert.deepEqual(
          cluster.network.zones,
          (own.zones ?? "a,b").split(",").map((zone) => zone.trim()),
        );
        assert.deepEqual([cluster.audience.publishers, cluster.audience.viewers], [publishers, viewers].map(Number));
        // Every comment stays but those that ask for a value, and none of these does.
        assert.doesNotMatch(text, /REPLACE|example\.com/);
        const [kept, had] = [commentsOf(text), commentsOf(shippedText(cloud))];
        assert.deepEqual(
          had.filter((comment) => !kept.includes(comment)),
          [],
        );
      }
    });

    it(`adds a section to a file of ${cloud} whose blank lines \`pulumi config set\` has dropped`, async () => {
      const settled = await settle("live", {
        cloud,
        ...shared,
        region: "eu-central-1",
        publishers: "10",
        viewers: "500",
      });
      const text = changedText(shippedText(cloud).replace(/\n\n+/g, "\n"), settled.changes, settled.examples);
      writeFileSync(join(directory, "Pulumi.live.yaml"), text);
      assert.deepEqual(parse(readStack(directory, "live")).cluster?.audience?.publishers, 10);
    });

    it(`is followed by a plan for ${cloud} when a key of an application is set, which only the engine decrypts`, async () => {
      const key = "  ams:applicationKeys:\n    live:\n      secure: v1:a:b\n";
      const text = shippedText(cloud).replace(/publish: open.*/, "publish: jwt");
      writeFileSync(join(directory, "Pulumi.live.yaml"), `${text.trimEnd()}\n${key}`);
      assert.ok((await record(readStack(directory, "live"))).resources.length > 100);
    });

    it(`keeps the examples of ${cloud} that it was not told, and says how to find and set them`, async () => {
      // The last region's images have no known prefix.
      for (const region of [...regions[cloud].map((own) => own.region), "me-central-1"]) {
        const settled = await settle("live", { cloud, ...shared, region, publishers: "10", viewers: "500" });
        const text = changedText(shippedText(cloud), settled.changes, settled.examples);
        assert.equal(text.match(/REPLACE/g)?.length, 3, text);
        writeFileSync(join(directory, "Pulumi.live.yaml"), text);
        const { warnings } = await record(readStack(directory, "live"));
        assert.deepEqual(
          warnings.map((warning) => /^(\S+) still has the example/.exec(warning)?.[1]),
          cloud === "aws"
            ? ["ams:aws.images.media", "ams:aws.hostedZoneId"]
            : ["ams:alibaba.images.media", "ams:certificate.id"],
        );
        const later = laterText("live", settled);
        const commands = later.split("\n").filter((line) => line.startsWith("  "));
        assert.equal(commands.length, 5, later);
        const lookups = commands.filter((line) => /^ {2}(aws|aliyun) /.test(line));
        assert.equal(lookups.length, 3);
        assert.ok(lookups.some((line) => line.includes(` ${region} `)) && !later.includes("undefined"), later);
        const set = commands.filter((line) => /^ {2}pulumi config set --path ams:\S+ \S+ --stack live$/.test(line));
        assert.equal(set.length, 2);
        assert.doesNotMatch(later, /warning/);
      }
    });
  }

  it("asks a person for what is missing, and again for what is refused", async () => {
    const replies = [
      "azure",
      "alibaba",
      "eu-central-1",
      "",
      "Live",
      "",
      "ten",
      "500",
      "1.2.3",
      "",
      "",
      "live.example.org",
      "",
      "10",
      "1.2.3.4",
    ];
    const [asked, told]: [string[], string[]] = [[], []];
    const { answers } = await settle(
      "live",
      {},
      {
        ask: async (question) => {
          asked.push(question);
          const reply = replies.shift();
          assert.ok(reply !== undefined, question);
          return reply;
        },
        tell: (text) => void told.push(text),
      },
    );
    assert.deepEqual(replies, []);
    assert.deepEqual(
      [answers.domain, answers.publishers, answers.viewers, answers.admin],
      ["live.example.org", "10", "500", "1.2.3.4"],
    );
    assert.ok(asked.some((question) => question.includes("[a,b]")));
    const text = told.join("\n");
    for (const option of ["--domain", "--publishers", "--admin"])
      assert.match(text, new RegExp(`^${option}: got .*For example: ${option} `, "m"));
    assert.match(text, /^To find it: aliyun ecs DescribeZones --RegionId eu-central-1$/m);
  });

  it("refuses what nobody can be asked for, in options", async () => {
    await assert.rejects(settle("live", { cloud: "aws" }), {
      message:
        /^--region is required, .*\n--domain is required, .*\n--publishers is required, .*\n--viewers is required/,
    });
    await assert.rejects(
      settle("live", { cloud: "aws", certificate: "1" }),
      /--certificate: not used with --cloud aws/,
    );
    const base = { cloud: "aws", region: "eu-west-1", ...shared, publishers: "10", viewers: "500" } as const;
    await assert.rejects(settle("live", { ...base, image: "m-1" }), /--image: got "m-1".*--image ami-/);
    await assert.rejects(settle("live", { ...base, viewers: "-4" }), /--viewers: got "-4"/);
    await assert.rejects(settle("live", { ...base, viewers: "9000000" }), /supports 10 publishers and 9000000 viewers/);
  });

  it("is a command that writes the file, and does not overwrite one without --force", () => {
    const words = "demo --cloud aws --region eu-west-1 --domain live.example.org --publishers 10 --viewers 500".split(
      " ",
    );
    const init = (...more: readonly string[]) =>
      spawnSync("node", [join(root, "start.mjs"), "tools/cli.ts", "init", "-C", directory, ...words, ...more], {
        encoding: "utf8",
      });
    const first = init();
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stdout, /^Created Pulumi\.demo\.yaml\.\n[\s\S]*\nNext: npm run plan -- demo\n$/);
    const again = init();
    assert.equal(again.status, 2);
    assert.match(again.stderr, /^Pulumi\.demo\.yaml already exists: choose another name, .*--force$/m);
    assert.equal(init("--force").status, 0);
    assert.equal(readStack(directory, "demo").regions.aws, "eu-west-1");
  });
});
