import assert from "node:assert/strict";
import { faultsIn } from "../../mistakes/faults-of.ts";
import { block, issued, render } from "../../support/aws.ts";
import { raw } from "../../support/raw.ts";

const roles = {
  permissionsBoundary: "arn:aws:iam::123456789012:policy/security/boundary",
  rolePath: "/media/ams/",
};
const stack = { ...issued, balancer: { kind: "haproxy" }, recordings: { store: "bucket" } };
const ofIam = /^aws:iam\/(role|user|instanceProfile|group|policy):/;

describe("A boundary and a path for AWS's roles", () => {
  it("are those of each role and user, and the path also that of each profile", async () => {
    const { resources } = await render(stack, { ...block, ...roles });
    const own = resources.filter(({ type }) => ofIam.test(type));
    const kinds = own.map(({ type }) => type.split(":").at(-1)).sort();
    // Origins, edges, database, proxies; the snapshots' role; the sender of recordings.
    assert.deepEqual([...new Set(kinds)], ["InstanceProfile", "Role", "User"]);
    assert.equal(kinds.filter((kind) => kind === "Role").length, 5);
    for (const { name, type, inputs } of own) {
      assert.equal(inputs["path"], roles.rolePath, name);
      const boundary = type.endsWith("InstanceProfile") ? undefined : roles.permissionsBoundary;
      assert.equal(inputs["permissionsBoundary"], boundary, name);
    }
  });

  it("are in no stack that does not ask for them", async () => {
    const { resources } = await render(stack);
    for (const { name, type, inputs } of resources.filter((one) => ofIam.test(one.type)))
      assert.deepEqual(
        Object.keys(inputs).filter((key) => /^(path|permissionsBoundary)$/.test(key)),
        [],
        name + type,
      );
  });

  for (const [what, own, expected] of [
    ["a role's ARN", { permissionsBoundary: "arn:aws:iam::123456789012:role/x" }, /^ams:aws\.permissionsBoundary$/],
    ["another partition", { permissionsBoundary: "arn:aws-cn:iam::aws:policy/x" }, /^ams:aws\.permissionsBoundary$/],
    ["a path without an end", { rolePath: "/ams" }, /^ams:aws\.rolePath$/],
    ["AWS's own path", { rolePath: "/aws-service-role/" }, /^ams:aws\.rolePath$/],
  ] as const)
    it(`refuse ${what}, by key path`, async () => {
      const faults = await faultsIn(raw({ aws: { images: { media: "ami-0123456789abcdef0" }, ...own } }));
      assert.equal(faults.length, 1);
      assert.match(faults[0]?.path ?? "", expected);
      assert.match(faults[0]?.fix ?? "", /pulumi config/);
    });

  it("are refused on Alibaba Cloud, whose block has no such keys", async () => {
    const alibaba = { images: { media: "m-gw8123456789abcdefgh" }, ...roles };
    const faults = await faultsIn(raw({ cloud: "alibaba", alibaba }));
    assert.deepEqual(
      faults.map(({ path }) => path),
      ["ams:alibaba.permissionsBoundary", "ams:alibaba.rolePath"],
    );
  });
});
