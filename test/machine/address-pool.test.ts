import assert from "node:assert/strict";
import { cluster } from "../support/cluster.ts";
import { type Cloud, type Kind, startCloud } from "./cloud.ts";
import { python } from "./python.ts";
import { remove, run, unpack } from "./rig.ts";

const machines = new URL("addresses/address_pool.py", import.meta.url).pathname;
const pool = { cluster: "ams-test", name: "ams-test-addresses-edge" };

describe("Machines that bind addresses of a pool", () => {
  const root = unpack("edge", cluster({ cloud: "alibaba" }));
  after(() => remove(root));

  it("never share one, never have two and never lose one, while they come, die and go and answers are lost", () => {
    const env = { AMS_CLUSTER_ROOT: root, PYTHONPATH: `${root}/usr/local/lib/ams-cluster` };
    const done = run("python3", ["-W", "error", machines, "1", "10000"], env);
    assert.equal(done.status, 0, done.all);
    const seen: Record<string, number> = JSON.parse(done.out);
    const least = { bound: 250, went: 200, booted: 50, unheard: 100, "lost AssociateEipAddress": 20, again: 5 };
    for (const [what, count] of Object.entries(least)) assert.ok((seen[what] ?? 0) >= count, `${what}: ${done.out}`);
  });
});

/** Addresses in use by others, being bound, locked, and free ones beyond the first page; the cloud lists the last one first. */
const listed: Readonly<Record<string, readonly [holder: string | null, state: string]>> = {
  "eip-0": ["i-0123", "bound"],
  "eip-1": ["i-9", "busy"],
  "eip-2": [null, "busy"],
  "eip-3": [null, "free"],
};

function alibaba(cloud: Cloud, bound: string[]): void {
  const row = (number: number) => ({
    AllocationId: `eip-${number}`,
    Name: `${pool.name}-${number + 1}`,
    Status: "Available",
    InstanceId: "",
  });
  const rows = [
    { ...row(0), Status: "InUse", InstanceId: "i-0123" },
    { ...row(1), Status: "Associating", InstanceId: "i-9" },
    { ...row(2), OperationLocks: { LockReason: [{ LockReason: "financial" }] } },
    ...Array.from({ length: 101 }, (_, index) => row(index + 3)),
  ].reverse();
  cloud.actions.set("DescribeEipAddresses", (form) => {
    assert.equal(form.get("Version"), "2016-04-28");
    const tags = [1, 2].map((place) => `${form.get(`Tag.${place}.Key`)}=${form.get(`Tag.${place}.Value`)}`);
    assert.deepEqual(tags, [`ams-cluster=${pool.cluster}`, `Name=${pool.name}`]);
    const [size, page] = [Number(form.get("PageSize")), Number(form.get("PageNumber"))];
    assert.ok(size <= 100, "PageSize");
    const EipAddress = rows.slice((page - 1) * size, page * size);
    return JSON.stringify({ TotalCount: rows.length, EipAddresses: { EipAddress } });
  });
  cloud.actions.set("AssociateEipAddress", (form) => {
    bound.push(["AllocationId", "InstanceId", "InstanceType", "ClientToken"].map((key) => form.get(key)).join(" "));
    return "{}";
  });
}

function aws(cloud: Cloud, bound: string[]): void {
  const item = (number: number, more: Readonly<Record<string, string>> = {}) =>
    `<item><tagSet><item><key>Number</key><value>${number + 1}</value></item></tagSet>${Object.entries({
      allocationId: `eip-${number}`,
      ...more,
    })
      .map(([key, value]) => `<${key}>${value}</${key}>`)
      .join("")}</item>`;
  cloud.actions.set("DescribeAddresses", (form) => {
    const filters = [1, 2].map((place) => `${form.get(`Filter.${place}.Name`)}=${form.get(`Filter.${place}.Value.1`)}`);
    assert.deepEqual(filters, [`tag:ams-cluster=${pool.cluster}`, `tag:Name=${pool.name}`]);
    const used = [item(0, { instanceId: "i-0123", associationId: "a-0" }), item(2, { associationId: "a-2" })];
    const free = Array.from({ length: 101 }, (_, index) => item(index + 3));
    return `<R xmlns="http://ec2.amazonaws.com/"><addressesSet>${[...used, ...free].reverse().join("")}</addressesSet></R>`;
  });
  cloud.actions.set("AssociateAddress", (form) => {
    bound.push(["AllocationId", "InstanceId", "AllowReassociation"].map((key) => form.get(key)).join(" "));
    return "<Response/>";
  });
}

const apis: Readonly<Record<Kind, (cloud: Cloud, bound: string[]) => void>> = { aws, alibaba };
const asked = { aws: "eip-3 i-0123 false", alibaba: "eip-3 i-0123 EcsInstance token-1" } as const;

describe("A machine's calls for addresses", () => {
  for (const kind of ["aws", "alibaba"] as const) {
    it(`list all of the pool, tell free ones from others, and bind one that nobody has, on ${kind}`, async () => {
      const root = unpack("origin", cluster({ cloud: kind }));
      const cloud = await startCloud(kind, "eu-central-1");
      const bound: string[] = [];
      apis[kind](cloud, bound);
      const program = [
        "import addresses, json, sys",
        "print(json.dumps(addresses.listed(json.loads(sys.argv[1]))))",
        'addresses.bind("eip-3", "i-0123", "token-1")',
      ].join("\n");
      const env = { AMS_API_URL: cloud.url, AMS_METADATA_URL: cloud.url };
      const printed = await python(root, program, [JSON.stringify(pool)], env);
      await cloud.close();
      remove(root);
      const found: typeof listed = JSON.parse(printed);
      const expected = Object.entries(listed).filter(([id]) => kind === "alibaba" || id !== "eip-1");
      for (const [id, one] of expected) assert.deepEqual(found[id], one, printed);
      const all = Array.from({ length: 104 }, (_, number) => `eip-${number}`);
      assert.deepEqual(
        Object.keys(found),
        all.filter((id) => kind === "alibaba" || id !== "eip-1"),
      );
      assert.equal(Object.values(found).filter(([, state]) => state === "free").length, 101);
      assert.deepEqual(bound, [asked[kind]]);
    });
  }

  const asks = async (program: readonly string[]): Promise<readonly string[]> => {
    const root = unpack("edge", cluster({ cloud: "alibaba" }));
    const lines = ["import common, json, public_address, sys", "public_address.lifecycle.own = lambda: 'i-0123'"];
    const more = [JSON.stringify({ addressPool: pool, retrySeconds: 0 })];
    const printed = await python(root, [...lines, ...program].join("\n"), more);
    remove(root);
    const asked = printed.split("\n").filter((line) => line.startsWith("eip-"));
    assert.ok(asked.length > 0, printed);
    return asked;
  };

  it("prefer the pool's first addresses, whatever their ids", async () => {
    const asked = await asks([
      "known = {f'eip-{99 - number}': (None, 'free') for number in range(20)}",
      "for _ in range(60):",
      "    print(public_address.choose(json.loads(sys.argv[1])['addressPool'], known, 'i-0123', 0, None)['id'])",
    ]);
    assert.equal(asked.length, 60);
    const first = ["eip-99", "eip-98", "eip-97", "eip-96", "eip-95"];
    assert.deepEqual([...new Set(asked)].sort().reverse(), first);
  });

  it("ask for another address after a refusal, and again only after a boot once they have one", async () => {
    const asked = await asks([
      "known = {f'eip-{number}': (None, 'free') for number in range(2)}",
      "public_address.addresses.listed = lambda pool: (print('eip-list'), known)[1]",
      "tried = []",
      "def bind(address, own, token):",
      "    tried.append(address)",
      "    print(f'eip-bind {len(set(tried))}')",
      "    if len(tried) == 1:",
      "        raise RuntimeError('HTTP 403 from vpc: Forbidden.RAM')",
      "    known[address] = (own, 'bound')",
      "public_address.addresses.bind = bind",
      "public_address.public_address(json.loads(sys.argv[1]))",
      "public_address.public_address(json.loads(sys.argv[1]))",
      "public_address.os.remove(public_address.BOUND)",
      "public_address.public_address(json.loads(sys.argv[1]))",
    ]);
    assert.deepEqual(asked, ["eip-list", "eip-bind 1", "eip-list", "eip-bind 2", "eip-list", "eip-list"]);
  });

  it("wait, with the reason in the log, while none is free", async () => {
    const root = unpack("edge", cluster({ cloud: "alibaba" }));
    const program = [
      "import common, json, public_address, sys",
      "public_address.addresses.listed = lambda pool: {'eip-1': ('i-9', 'bound')}",
      "public_address.lifecycle.own = lambda: 'i-0123'",
      "common.draining = public_address.draining = lambda: True",
      "public_address.public_address({'addressPool': json.loads(sys.argv[1]), 'retrySeconds': 0})",
    ].join("\n");
    const printed = await python(root, program, [JSON.stringify(pool)]);
    remove(root);
    assert.match(printed, /step=address state=failed reason="RuntimeError: none of the 1 addresses of \S+ is free"/);
    assert.match(printed, /the group is removing this machine before it has an address/);
  });
});
