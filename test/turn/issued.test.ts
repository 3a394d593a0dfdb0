import assert from "node:assert/strict";
import { filesOf } from "../machine/rig.ts";
import { clouds, type Rendered, render, stackFiles } from "../support/contract.ts";
import { readBack } from "../support/read/resources.ts";

/** TURN servers that show the certificate of the proxies. */

const domain = { name: "live.example.com", zone: "example.com", dns: "external" };
const balancer = { kind: "haproxy", srt: false };

async function stackOf(cloud: (typeof clouds)[number], values: object): Promise<Rendered> {
  const raw = stackFiles[cloud];
  const own = { domain, balancer, certificate: { source: "issued" }, ...values };
  return render(cloud, { ...raw, secrets: {}, values: { ...raw.values, ...own } });
}

const names = ({ recording }: Rendered): readonly string[] => recording.resources.map(({ name }) => name).sort();
const factsOf = ({ cluster }: Rendered, role: "proxy" | "turn") =>
  JSON.parse(filesOf(role, cluster).get("/etc/ams-cluster/facts.json") ?? "");

for (const cloud of clouds) {
  describe(`TURN servers with the proxies' certificate, on ${cloud}`, () => {
    it("have one more listener, which leads to the proxies", async () => {
      const [plain, secure] = [await stackOf(cloud, { turn: {} }), await stackOf(cloud, { turn: { tls: true } })];
      const added = names(secure).filter((name) => !names(plain).includes(name));
      const cluster = secure.cluster.name;
      const set = { aws: [`${cluster}-turn80`], alibaba: [`${cluster}-balancer-turn80`, `${cluster}-proxy-turn80`] };
      assert.deepEqual(added, [...set[cloud], `${cluster}-balancer-turn-tcp-80`].sort());
      assert.deepEqual(
        names(plain).filter((name) => !names(secure).includes(name)),
        [],
      );
      const { fixed } = readBack(secure.recording);
      assert.ok(fixed["proxy"]?.joins.includes("turn80 80"));
      assert.ok(!fixed["turn"]?.joins.some((join) => / 80$/.test(join)));
    });

    it("are named in it, and know where it is", async () => {
      const secure = await stackOf(cloud, { turn: { tls: true } });
      assert.deepEqual(factsOf(secure, "proxy").names, ["live.example.com", "turn.live.example.com"]);
      assert.equal(factsOf(secure, "turn").certificateName, factsOf(secure, "proxy").certificateName);
      const plain = await stackOf(cloud, { turn: {} });
      assert.equal(factsOf(plain, "proxy").names, undefined);
      assert.equal(factsOf(plain, "turn").certificateName, undefined);
    });
  });
}
