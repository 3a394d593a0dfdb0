import assert from "node:assert/strict";
import { projectFolder } from "../../../model/project.ts";
import { toPicture } from "../../../tools/diagram/picture.ts";
import { planStack } from "../../../tools/diagram/planned.ts";
import { toSvg } from "../../../tools/diagram/svg.ts";
import { parseChange } from "../../../tools/stack-file/config-path.ts";
import { type Area, boxesOf, checkGeometry, textsOf } from "./geometry.ts";

const zones = (...letters: readonly string[]): string => `network.zones=${JSON.stringify(letters)}`;
const admins = 'access.adminCidrs=["203.0.113.0/24"]';
const managed = ['database={"kind":"managed"}', "media.version=3.1.0"];

async function draw(stack: string, changes: readonly string[]): Promise<string> {
  return toSvg(toPicture(await planStack(projectFolder, stack, changes.map(parseChange))));
}

describe("The geometry of a diagram", () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    "as shipped": [],
    "a replica set in three zones, NAT in each, recordings": [
      zones("a", "b", "c"),
      'database={"kind":"replica-set"}',
      "network.databaseZones=[1,2,3]",
      "network.nat=per-zone",
      'recordings={"store":"bucket"}',
      admins,
    ],
    "six zones and the largest groups": [
      zones("a", "b", "c", "d", "e", "f"),
      "network.nat=per-zone",
      "balancer.http=forward",
      admins,
      ...["origin.min=30", "origin.max=1000", "edge.max=1000"],
    ],
    "Nginx and administrators": [
      "balancer.kind=nginx",
      'certificate={"source":"issued"}',
      admins,
      zones("a", "b", "c"),
    ],
    "proxies, TURN servers and a NAT gateway in one zone of four": [
      "balancer.kind=nginx",
      "balancer.count=9",
      'certificate={"source":"issued"}',
      'turn={"count":9}',
      zones("a", "b", "c", "d"),
      "network.nat=one",
      "network.media=private",
      admins,
    ],
    "HAProxy without RTMP": ["balancer.kind=haproxy", 'certificate={"source":"issued"}', "balancer.rtmp=false"],
    "the managed database in three zones": [...managed, zones("a", "b", "c")],
    "an external database and recordings": [
      'database={"kind":"external"}',
      "databaseUrl=placeholder",
      'recordings={"store":"bucket"}',
    ],
    "one machine": ["mode=standalone", "database=null", 'recordings={"store":"bucket"}', admins],
    "a long name": ["domain.name=a-very-long-name-for-a-live-video-service.else.example.com"],
  };
  for (const stack of ["aws", "alibaba"]) {
    for (const [what, changes] of Object.entries(cases)) {
      it(`keeps texts in their boxes and boxes apart: ${stack}, ${what}`, async () => {
        checkGeometry(await draw(stack, changes), what);
      });
    }
  }

  it("tells boxes that overlap and texts that leave their box or stand over another", async () => {
    const svg = await draw("aws", []);
    const [x = ""] = /(?<=<rect x=")\d+(?="[^>]*class="database-card")/.exec(svg) ?? [];
    assert.notEqual(x, "");
    const moved = svg.replace(/<rect x="\d+"(?=[^>]*class="database-card")/, '<rect x="100"');
    assert.throws(() => checkGeometry(moved, "moved"), /crosses the edge|overlap/);
    const longer = svg.replace(">RTMP to origin<", `>${"RTMP to origin ".repeat(3)}<`);
    assert.throws(() => checkGeometry(longer, "longer"), /crosses the edge/);
    const twice = svg.replace(/(<text [^>]*>)80, 443(<\/text>)/, "$&$&");
    assert.throws(() => checkGeometry(twice, "twice"), /runs into/);
  });

  it("puts members, NAT gateways and balancers' nodes into the columns of their zones", async () => {
    const svg = await draw("aws", cases["a replica set in three zones, NAT in each, recordings"] ?? []);
    const texts = textsOf(svg);
    const middle = ({ left, right }: Area): number => (left + right) / 2;
    const columns = ["a", "b", "c"].map((zone) => texts.filter(({ text }) => text.startsWith(`zone ${zone} · `)));
    for (const own of columns) assert.deepEqual([own.length, new Set(own.map(middle)).size], [3, 1]);
    const centers = columns.map(([first]) => (first === undefined ? 0 : middle(first)));
    const nearest = (area: Area): number =>
      centers.indexOf([...centers].sort((a, b) => Math.abs(a - middle(area)) - Math.abs(b - middle(area)))[0] ?? 0);
    for (const name of ["NAT", "NLB", "ALB"])
      assert.deepEqual(texts.filter(({ text }) => text === name).map(nearest), [0, 1, 2], name);
    for (const [zone, name] of ["member 1", "member 2", "member 3"].entries())
      assert.deepEqual(texts.filter(({ text }) => text === name).map(nearest), [zone], name);
    assert.ok(boxesOf(svg).some(({ name }) => name.startsWith("machine running publish")));
  });

  it("calls managed databases by their names, and shows proxies behind their network balancer", async () => {
    assert.match(await draw("aws", managed), />Amazon DocumentDB 5\.0</);
    assert.match(await draw("alibaba", managed), />ApsaraDB for MongoDB 5\.0</);
    const proxies = await draw("aws", cases["Nginx and administrators"] ?? []);
    for (const text of ["Network Load Balancer", "forwards all ports to the proxies", "1 × proxy"])
      assert.ok(proxies.includes(`>${text}<`), text);
    assert.match(await draw("alibaba", cases["one machine"] ?? []), />Recordings<[\s\S]*>OSS bucket</);
  });
});
