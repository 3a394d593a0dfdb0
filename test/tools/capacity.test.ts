import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { machineOf, sourcesOf } from "../../model/capacity/machines.ts";
import { machineSizes } from "../../model/groups/machine-size.ts";
import { capacityOf, usualShape } from "../../tools/capacity/carried.ts";
import { typeOf } from "../../tools/capacity/machines.ts";
import { audienceVerdict, judgeBoth } from "../../tools/capacity/warnings.ts";
import { type Planned, planStack } from "../../tools/diagram/planned.ts";
import { parseChange } from "../../tools/stack-file/config-path.ts";
import { clouds, root } from "../support/contract.ts";

function run(tool: "capacity" | "plan", words: readonly string[]) {
  return spawnSync(process.execPath, [join(root, "start.mjs"), "tools/cli.ts", tool, ...words], {
    cwd: root,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
    maxBuffer: 2 ** 26,
  });
}

const event = ["--publishers", "40", "--viewers", "5000", "--bitrate", "1500", "--ladder", "1080,720,480"];

/** Each `--path KEY VALUE` that the text tells a person to set, as `plan` takes it. */
const settings = (text: string): readonly string[] =>
  [...text.matchAll(/pulumi config set --stack \w+ --path '([^']+)' (\S+)/g)].flatMap(([, path, value]) => [
    "--config",
    `${path}=${value}`,
  ]);

describe("The clouds' figures", () => {
  for (const cloud of clouds) {
    it(`know each machine of the model on ${cloud}, with its vCPUs and a GPU where its name says so`, () => {
      for (const size of machineSizes) {
        const machine = machineOf(cloud, typeOf[cloud][size]);
        assert.ok(machine !== undefined, size);
        const [family, vcpus] = size.split("-");
        const isAsNamed = machine.vcpus === Number(vcpus) || (size === "compute-32" && machine.vcpus === 36);
        assert.ok(isAsNamed, `${size} has ${machine.vcpus}`);
        assert.equal(machine.gpu, family === "gpu");
      }
    });
  }

  it("give AWS no more to the internet than its two rules: the baseline, and 5 Gbps or half of it from 32 vCPUs on", () => {
    for (const size of machineSizes) {
      const machine = machineOf("aws", typeOf.aws[size]);
      const { networkMbps = 0, vcpus = 0 } = machine ?? {};
      const cap = vcpus < 32 ? 5000 : Math.max(5000, networkMbps / 2);
      assert.equal(machine?.internet.outMbps, Math.min(networkMbps, cap), size);
    }
  });

  it("let ten Mbps in on Alibaba Cloud however little goes out", () => {
    const { inMbps, outMbps } = machineOf("alibaba", "ecs.c6e.xlarge", 4)?.internet ?? {};
    assert.deepEqual([inMbps, outMbps], [10, 4]);
  });
});

describe("npm run capacity", () => {
  it("answers for both clouds with groups whose lines, once set, carry the audience in npm run plan", () => {
    const { stdout, stderr, status } = run("capacity", event);
    assert.deepEqual([status, stderr], [0, ""]);
    for (const cloud of clouds) {
      const part = stdout.split(/^(?=aws {2}|alibaba {2})/m).find((text) => text.startsWith(cloud)) ?? "";
      assert.match(part, /^ {2}origin +compute-16 .* 8 +40 streams +cpu/m);
      assert.match(
        part,
        /Monthly cost in [a-z]+-[a-z]+-\d: .* excluding licences.*: minimum \$[\d,.]+, maximum \$[\d,.]+/,
      );
      const lines = settings(part);
      assert.ok(lines.some((line) => line.startsWith("ams:edge.max=")) && lines.includes("ams:audience.ladder[2]=480"));
      const planned = run("plan", [cloud, ...lines, "--json"]);
      assert.equal(planned.status, 0, planned.stderr);
      const told = planned.stderr.split("\n").filter((line) => line.includes("ams:audience"));
      assert.equal(told.length, 2, planned.stderr);
      assert.ok(
        told.every((line) => /^note: .*: ams:\w+\.min \d+ supports .*; scaling adds more machines$/.test(line)),
        planned.stderr,
      );
      assert.doesNotMatch(planned.stderr, /cpuTargetPercent/);
    }
    assert.ok(!stdout.includes("\u001b"), "colours in a pipe");
  });

  it("needs nothing that plan would warn of when all of the audience is there from the start", () => {
    const { stdout } = run("capacity", [...event, "--cloud", "alibaba", "--steady", "100"]);
    const planned = run("plan", ["alibaba", ...settings(stdout), "--json"]);
    assert.doesNotMatch(planned.stderr, /audience|cpuTarget/);
  });

  it("has groups that follow what runs out, and plan has no warning, where CPU alone would not see it", () => {
    const wide = run("capacity", ["--publishers", "40", "--viewers", "30000", "--cloud", "alibaba"]).stdout;
    const lines = settings(wide);
    assert.ok(lines.includes("ams:origin.follow=load") && lines.includes("ams:edge.follow=load"), wide);
    assert.ok(lines.includes("ams:origin.min=1") && lines.includes("ams:edge.min=2"), wide);
    const { stderr, status } = run("plan", ["alibaba", ...lines, "--json"]);
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(stderr, /^warning: .*(audience|cpuTarget|\.min)/m);
    const byCpu = lines.map((line) => line.replace(/follow=load/, "follow=cpu"));
    assert.match(run("plan", ["alibaba", ...byCpu, "--json"]).stderr, /cpuTargetPercent 60: public-bandwidth/);
  });

  it("has a source for each limit, in JSON and with --sources", () => {
    const { stdout } = run("capacity", [...event, "--gpu", "--json"]);
    const { clouds: answers, sources, ...rest } = JSON.parse(stdout);
    assert.deepEqual([rest, answers.length, Object.keys(sources)], [{}, 2, ["aws", "alibaba"]]);
    for (const { cloud, origin, edge } of answers) {
      for (const { what, sources: keys } of [...origin.limits, ...edge.limits]) {
        assert.ok(keys.length > 0, `${cloud}: ${what} has no source`);
        for (const key of keys) assert.match(sources[cloud][key]?.url ?? "", /^https:\/\//, key);
      }
    }
    const text = run("capacity", [...event, "--cloud", "aws", "--sources"]).stdout;
    for (const key of ["calculator", "viewers", "renditions", "ec2-network", "ec2-internet", "pull", "refusal"]) {
      assert.ok(text.includes(`  ${key}: ${sourcesOf("aws")[key]?.what}`), key);
    }
  });

  it("says with exit code 1 that nothing carries an audience", () => {
    const { stdout, status } = run("capacity", ["--publishers", "1", "--viewers", "9000000", "--cloud", "aws"]);
    assert.equal(status, 1);
    assert.match(stdout, /No edge size supports this audience, even with 1,000 machines/);
  });

  it("says all faults of the command line at once, with exit code 2", () => {
    const words = ["--viewers", "x", "--bitrate", "3", "--ladder", "99,720", "--cloud", "gcp", "--steady", "200"];
    const { stdout, stderr, status } = run("capacity", [...words, "--config", "edge.max=3"]);
    assert.deepEqual([status, stdout], [2, ""]);
    const paths = stderr
      .trim()
      .split("\n")
      .map((line) => line.split(":")[0]);
    assert.deepEqual(paths.toString(), "--publishers,--viewers,--bitrate,--ladder,--steady,--cloud,--config,Help");
    assert.match(stderr, /^--ladder: got 99; allowed: one of 2160, .*\. For example: --ladder 1080,720,480$/m);
  });

  const misuse: readonly (readonly [words: readonly string[], message: RegExp])[] = [
    [["--stack", "nosuch"], /no file Pulumi\.nosuch\.yaml/],
    [["--stack", "aws", "--gpu"], /^--gpu: got true; allowed: only without --stack/],
    [["--viewers", "5", "--publishers"], /--publishers/],
    [["--colour"], /unknown option '--colour'/],
    [[...event, "--ladder", "720,720"], /^--ladder: .*each height only once/],
  ];
  for (const [words, message] of misuse) {
    it(`explains the misuse ${JSON.stringify(words)} with exit code 2`, () => {
      const { stdout, stderr, status } = run("capacity", words);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, message);
    });
  }
});

const audienceWarningsOf = (stack: Planned): readonly string[] => audienceVerdict(stack).warnings;

async function planned(cloud: string, ...changes: readonly string[]) {
  return planStack(root, cloud, changes.map(parseChange));
}

describe("What a stack carries", () => {
  it("is said for the shipped groups", async () => {
    const { carried, groups } = capacityOf(await planned("aws"));
    assert.deepEqual(carried, { atMin: { publishers: 30, viewers: 224 }, atMax: { publishers: 300, viewers: 1120 } });
    assert.deepEqual(
      groups.map(({ decides }) => decides?.name),
      ["cpu", "cpu"],
    );
  });

  it("depends on the public address that the stack asks for on Alibaba Cloud", async () => {
    const { carried, groups } = capacityOf(await planned("alibaba", "alibaba.publicBandwidthMbps=50"));
    assert.equal(carried?.atMax.viewers, 330);
    assert.equal(groups[1]?.decides?.name, "public-bandwidth");
  });

  it("is what the machines' own networks carry with shared bandwidth, and what all of them share", async () => {
    const shared = (mbps: number, ...more: readonly string[]) =>
      planned("alibaba", `alibaba.sharedBandwidthMbps=${mbps}`, "edge.max=45", ...more);
    const { carried, groups } = capacityOf(await shared(8000));
    // The same 112 viewers by CPU as on AWS, whose 5,000 viewers need 45 machines.
    assert.equal(carried?.atMax.viewers, 45 * 112);
    assert.equal(groups[1]?.decides?.name, "cpu");
    const people = { ...usualShape, publishers: 1, viewers: 5000 };
    const narrow = capacityOf(await shared(3000), {}, people);
    assert.equal(narrow.carried?.atMax.viewers, 2000);
    assert.match(
      judgeBoth(narrow).warnings.join("\n"),
      /supports 2,000; the limit is shared-bandwidth\. Raise the bandwidth with: .* ams:alibaba\.sharedBandwidthMbps 7500$/m,
    );
  });

  it("depends on the addresses that origins bind, where these are fixed", async () => {
    const { groups } = capacityOf(
      await planned("alibaba", "origin.fixedAddresses=true", "alibaba.publicBandwidthMbps=30"),
    );
    assert.equal(groups[0]?.limits.find(({ name }) => name === "public-bandwidth")?.each, 20);
  });

  it("is unknown with an instance type that nobody has looked up", async () => {
    const changes = ["aws.instanceTypes.edge=c7i.4xlarge", "audience.viewers=5", "audience.publishers=1"];
    const stack = await planned("aws", ...changes);
    const { carried, unknownTypes } = capacityOf(stack);
    assert.deepEqual([carried, unknownTypes], [undefined, ["c7i.4xlarge"]]);
    assert.match(
      audienceWarningsOf(stack).join(),
      /^ams:audience: cannot check whether .* no capacity data is available for c7i\.4xlarge$/,
    );
  });

  it("is shared between publishers and viewers on a lone machine", async () => {
    const stack = await planned("aws", "mode=standalone", "audience.publishers=15", "audience.viewers=60");
    assert.deepEqual(capacityOf(stack).carried?.atMax, { publishers: 30, viewers: 56 });
    assert.match(audienceWarningsOf(stack).join(), /^ams:audience\.viewers 60: one compute-4 .* supports 56\./);
  });

  it("is shown by the command, with its faults as the program says them", () => {
    const { stdout, status } = run("capacity", [
      ...["--stack", "alibaba", "--viewers", "500", "--publishers", "1", "--config", "edge.follow=cpu"],
    ]);
    assert.equal(status, 0);
    assert.match(stdout, /^alibaba {2}alibaba, requested: 1 publishers, 500 viewers, 1500 kbps, no renditions$/m);
    assert.match(stdout, /Minimum: 30 publishers and 132 viewers\. Maximum: 300 publishers and 660 viewers\./);
    assert.match(stdout, /ams:edge\.cpuTargetPercent 60: public-bandwidth \(66 per machine\) is reached at 35 % CPU/);
    const bad = run("capacity", ["--stack", "aws", "--config", "edge.max=0"]);
    assert.deepEqual([bad.status, bad.stdout], [1, ""]);
    assert.match(bad.stderr, /- ams:edge\.max: got 0; allowed/);
  });
});

describe("A declared audience", () => {
  const warnings = async (cloud: string, publishers: number, viewers: number) =>
    audienceWarningsOf(await planned(cloud, `audience.publishers=${publishers}`, `audience.viewers=${viewers}`));

  it("makes plan warn of groups that can't carry it, with the number that could", async () => {
    const lines = await warnings("aws", 1, 5000);
    assert.equal(lines.length, 1);
    const text = lines.join();
    assert.match(
      text,
      /viewers 5,000: ams:edge\.max 10 .* supports 1,120; the limit is cpu\. Required: 45 machines\. /,
    );
    assert.match(
      text,
      /pulumi config set --path ams:edge\.max 45\. To calculate sizes: npm run capacity -- --cloud aws --publishers 1 /,
    );
  });

  it("makes plan warn of a CPU target that scaling never reaches", async () => {
    assert.deepEqual(await warnings("alibaba", 1, 500), [], "a group that follows its load sees it");
    const byCpu = ["edge.follow=cpu", "audience.publishers=1", "audience.viewers=500"];
    const lines = audienceWarningsOf(await planned("alibaba", ...byCpu));
    assert.match(lines[0] ?? "", /viewers 500: ams:edge\.min 2 supports 132/);
    assert.match(lines[1] ?? "", /Lower the target with: pulumi config set --path ams:edge\.cpuTargetPercent 35$/);
  });

  it("makes plan warn of traffic to the edges, which no origin's CPU tells of", async () => {
    const groups = ["edge.max=800", "origin.max=250", "audience.publishers=300", "audience.viewers=80000"];
    assert.deepEqual(audienceWarningsOf(await planned("aws", ...groups)), [], "an origin's load tells of it");
    const lines = audienceWarningsOf(await planned("aws", ...groups, "origin.follow=cpu"));
    // 80,000 viewers of 1.5 Mbps, each perhaps the only one of its stream on its edge, and 1,250 Mbps for each origin.
    assert.match(lines.join("\n"), /^ams:origin\.min: the limit is network bandwidth to 800 edges, .* start: 96$/m);
  });

  it("gives no warning where the groups carry it from the start, and none where nobody declares it", async () => {
    assert.deepEqual(await warnings("aws", 30, 224), []);
    assert.deepEqual(audienceWarningsOf(await planned("aws")), []);
  });

  it("makes plan warn where the TURN servers do not carry all who are relayed", async () => {
    const people = ["audience.publishers=1", "audience.viewers=1120", "edge.min=10"];
    const turn = async (cloud: string, ...changes: readonly string[]) =>
      audienceWarningsOf(await planned(cloud, ...people, "turn.machine=compute-2", ...changes));
    // Nobody says how many are relayed.
    assert.deepEqual(await turn("aws"), []);
    assert.deepEqual(await turn("aws", "audience.relayedPercent=80"), []);
    // Two c5.large of 750 Mbps relay to 500 viewers each.
    const beyond =
      /^ams:audience\.viewers 1,120: the TURN servers relay the media of 1,120 viewers; ams:turn\.count 2 with compute-2 \(c5\.large\) supports 1,000; the limit is bandwidth\. Add TURN servers with: .* ams:turn\.count 3$/;
    for (const all of ["audience.relayedPercent=100", "turn.default=tcp443", "network.media=private"])
      assert.match((await turn("aws", all)).join("\n"), beyond, all);
    const few = await turn("aws", "turn.default=tcp", "turn.allocations=100");
    assert.match(
      few.join(),
      /supports 200; the limit is allocations\. Use a larger .* a higher ams:turn\.allocations$/,
    );
    const narrow = await turn("aws", "audience.relayedPercent=10", "turn.allocationMbps=1");
    assert.match(
      narrow.join(),
      /^ams:turn\.allocationMbps 1: relayed viewers do not .* less than ams:audience\.bitrateKbps 1500/,
    );
  });

  it("makes plan warn on Alibaba Cloud of the load balancer's addresses, which no further TURN server relieves", async () => {
    const people = ["audience.publishers=1", "audience.viewers=660", "edge.min=10", "alibaba.publicBandwidthMbps=100"];
    const stack = await planned("alibaba", ...people, "turn.default=tcp");
    const [zones, { turn }] = [stack.cluster.network.zones.length, capacityOf(stack)];
    assert.equal(turn?.decides?.name, "balancer");
    assert.equal(turn?.carries, 2 * Math.floor(Math.floor((200 * zones) / 1.5) / 2));
    const sharing = await planned("alibaba", "turn.default=tcp", "alibaba.sharedBandwidthMbps=3000");
    assert.equal(capacityOf(sharing).turn?.limits.find(({ name }) => name === "balancer")?.each, 1000);
    assert.match(
      audienceWarningsOf(stack).join("\n"),
      /limit is balancer\. Use a lower ams:audience\.bitrateKbps, or set ams:alibaba\.sharedBandwidthMbps/,
    );
  });

  it("has its streams fetched by a CDN, whose viewers need no edges", async () => {
    const cdn = (...changes: readonly string[]) =>
      planned("aws", "cdn.segmentSeconds=60", "audience.viewers=1", ...changes);
    const { cdn: fetch } = capacityOf(await cdn("audience.publishers=10", "audience.ladder[0]=480"));
    // Each stream has 1,500 and 1,000 kbps; two edges have 1,250 Mbps each.
    assert.deepEqual(fetch, { mbps: 25, caches: 100 });
    const lines = audienceWarningsOf(await cdn("audience.publishers=2000", "origin.min=67", "origin.max=67"));
    assert.match(
      lines.join("\n"),
      /^ams:cdn: a CDN cache that fetches all streams uses 3,000 Mbps, which exceeds .* ams:edge\.min machines\. Increase ams:edge\.min$/m,
    );
  });

  it("is refused with all faults where it is malformed", () => {
    const { stderr, status } = run("plan", [
      "aws",
      "--config",
      "audience.viewers=-1",
      "--config",
      "audience.ladder[0]=9",
    ]);
    assert.equal(status, 1);
    for (const key of ["publishers", "viewers", "ladder"]) assert.match(stderr, new RegExp(`- ams:audience\\.${key}`));
  });
});
