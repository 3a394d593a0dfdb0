import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { planSubnets } from "../../../model/network/network.ts";
import { httpListeners, streamListeners } from "../../../model/traffic/listeners.ts";
import { toMermaid } from "../../../tools/diagram/mermaid.ts";
import { toPicture } from "../../../tools/diagram/picture.ts";
import { type Planned, planStack } from "../../../tools/diagram/planned.ts";
import { dark, light, type Palette } from "../../../tools/diagram/svg/style.ts";
import { toSvg } from "../../../tools/diagram/svg.ts";
import { parseChange } from "../../../tools/stack-file/config-path.ts";
import { checkGeometry, textsOf } from "./geometry.ts";

const root = resolve(import.meta.dirname, "../../..");
const plan = (stack: string, ...changes: readonly string[]) => planStack(root, stack, changes.map(parseChange));

const unusual: Readonly<Record<string, readonly [stack: string, ...changes: readonly string[]]>> = {
  "six zones, each with NAT, and administrators": [
    "aws",
    ...["c", "d", "e", "f"].map((zone, index) => `network.zones[${index + 2}]=${zone}`),
    "network.nat=per-zone",
    "access.adminCidrs[0]=203.0.113.0/24",
    "balancer.http=forward",
    "origin.min=30",
    "origin.max=1000",
    "edge.max=1000",
  ],
  "Nginx and administrators": ["aws", "balancer.kind=nginx", "access.adminCidrs[0]=203.0.113.0/24"],
  "HAProxy in clear": ["aws", "balancer.kind=haproxy", "certificate.source=none", "balancer.rtmp=false"],
  "no RTMP and no SRT": ["aws", "balancer.rtmp=false", "balancer.srt=false", "network.cidr=172.16.0.0/16"],
  "the longest names": [
    "alibaba",
    "origin.machine=gpu-16",
    "alibaba.images.gpu=m-gw800000000000000001",
    "domain.name=a-very-long-name-for-a-live-video-service.somewhere.else.example.com",
  ],
};

describe("The diagram", () => {
  for (const stack of ["aws", "alibaba"]) {
    it(`is committed as the stack file of ${stack} has it (UPDATE=1 renews it)`, async () => {
      const picture = toPicture(await plan(stack));
      for (const [ending, text] of [["svg", toSvg(picture)] as const, ["mmd", toMermaid(picture)] as const]) {
        const file = join(root, "docs/diagrams", `${stack}.${ending}`);
        if (process.env["UPDATE"] === "1") writeFileSync(file, text);
        assert.equal(readFileSync(file, "utf8"), text, `${file} is out of date`);
      }
    });
  }

  for (const [what, [stack, ...changes]] of Object.entries(unusual)) {
    describe(`of a cluster with ${what}`, () => {
      let planned: Planned;
      before(async () => {
        planned = await plan(stack, ...changes);
      });

      it("shows zones, sizes, listeners and ports of the model in both forms", () => {
        const picture = toPicture(planned);
        const { cluster } = planned;
        const listeners = [...httpListeners(cluster), ...streamListeners(cluster)];
        const ports = listeners.map(({ port }) => `${port}`);
        const sizes = [`${cluster.origin.min} to ${cluster.origin.max}`, `${cluster.edge.min} to ${cluster.edge.max}`];
        const common = [
          ...ports,
          ...sizes,
          cluster.network.cidr,
          cluster.region,
          "27017",
          "123/udp",
          picture.groups.origin.machine,
        ];
        for (const text of common) {
          assert.ok(toMermaid(picture).includes(text), `Mermaid lacks ${text}`);
          assert.ok(
            textsOf(toSvg(picture)).some((line) => line.text.includes(text)),
            `SVG lacks ${text}`,
          );
        }
        for (const { cidr } of planSubnets(cluster.network)) assert.ok(toSvg(picture).includes(`${cidr}<`), cidr);
      });

      it("has no text over another and none beyond its box, even in a wide font", () => {
        checkGeometry(toSvg(toPicture(planned)), what);
      });

      it("is the same each time", async () => {
        const again = toPicture(await plan(stack, ...changes));
        assert.equal(toSvg(again), toSvg(toPicture(planned)));
        assert.equal(toMermaid(again), toMermaid(toPicture(planned)));
      });
    });
  }

  it("shows no network balancer and no administrators where the cluster has none", async () => {
    const picture = toPicture(await plan("aws", "balancer.rtmp=false", "balancer.srt=false"));
    for (const text of [toSvg(picture), toMermaid(picture)]) {
      assert.doesNotMatch(text, /Network Load Balancer|RTMP|SRT|Admins/);
    }
  });

  it("takes machine types from the plan, where the cloud's own block may set them", async () => {
    const picture = toPicture(await plan("aws", "aws.instanceTypes.edge=c6i.2xlarge"));
    assert.equal(picture.groups.edge?.machine, "c6i.2xlarge");
    assert.match(toSvg(picture), / × c6i\.2xlarge · /);
  });

  it("is well-formed, stands alone and can be heard", async () => {
    const svg = toSvg(toPicture(await plan("aws")));
    const open: string[] = [];
    for (const [, close, name, self] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (close === "/") assert.equal(open.pop(), name);
      else if (self !== "/") open.push(name ?? "");
    }
    assert.deepEqual(open, []);
    assert.doesNotMatch(svg.replace('xmlns="http://www.w3.org/2000/svg"', ""), /https?:|url\(|href|@import|<script/);
    const ids = /role="img" aria-labelledby="(\S+) (\S+)"/.exec(svg)?.slice(1) ?? [];
    assert.equal(ids.length, 2);
    assert.match(svg, new RegExp(`<title id="${ids[0]}">Ant Media Server cluster on AWS`));
    assert.match(svg, new RegExp(`<desc id="${ids[1]}">A network with 2 zones contains two load balancers`));
  });

  it("keeps a contrast of 4.5 to 1 between each text and its ground, light and dark", () => {
    for (const palette of [light, dark]) {
      for (const [text, grounds] of Object.entries(groundsOf(palette))) {
        for (const ground of grounds) {
          const ratio = contrast(text, ground);
          assert.ok(ratio >= 4.5, `${text} on ${ground}: ${ratio.toFixed(2)}`);
        }
      }
    }
  });

  it("explains itself, and tells what is wrong with the configuration on standard error and with exit code 1", () => {
    const run = (...words: readonly string[]) =>
      spawnSync(process.execPath, ["start.mjs", "tools/cli.ts", "diagram", ...words], { cwd: root, encoding: "utf8" });
    const help = run("--help");
    assert.equal(help.status, 0);
    for (const word of ["STACK", "--svg", "--mermaid", "--out <dir>", "--config <key=value>", "Exit code: 0"])
      assert.ok(help.stdout.includes(word), word);
    const { status, stdout, stderr } = run("aws", "--svg", "--config", "origin.min=20");
    assert.equal(status, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /ams:origin\.min: got 20; allowed: at most ams:origin\.max/);
    assert.doesNotMatch(stderr, /\n {4}at /);
  });
});

function groundsOf(p: Palette): Readonly<Record<string, readonly string[]>> {
  const grounds = [p.page, p.card, p.balancer, p.media, p.database];
  return {
    [p.ink]: grounds,
    [p.muted]: grounds,
    [p.publish]: grounds,
    [p.play]: grounds,
    [p.data]: [p.page, p.database],
  };
}

/** Contrast of two colours as WCAG 2 counts it. */
function contrast(one: string, other: string): number {
  const light = (colour: string): number =>
    [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, index) => sum + part * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
  const [high = 0, low = 0] = [light(one), light(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}
