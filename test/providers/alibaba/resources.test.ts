import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { admins, render, tls } from "../../support/alibaba.ts";

/** What the installed SDK says of a resource type's inputs. */
function sdkInputs(type: string): { readonly takesTags: boolean; readonly deprecated: readonly string[] } {
  const root = dirname(createRequire(import.meta.url).resolve("@pulumi/alicloud/package.json"));
  const [, path = ""] = /^alicloud:(.*):/.exec(type) ?? [];
  const declared = readFileSync(join(root, `${path}.d.ts`), "utf8");
  const args = declared.slice(declared.lastIndexOf("export interface "));
  const deprecated = [...args.matchAll(/@deprecated(?:(?!\*\/)[\s\S])*\*\/\s+(\w+)\?:/g)].flatMap(
    ([, name]) => name ?? [],
  );
  return { takesTags: /^ {4}tags\?:/m.test(args), deprecated };
}

describe("On Alibaba Cloud, every resource", () => {
  const all = { ...tls, ...admins, tags: { service: "live-video" } };

  it("that takes tags has them, with its name", async () => {
    const { resources } = await render(all);
    const taggable = resources.filter(({ type }) => type.startsWith("alicloud:") && sdkInputs(type).takesTags);
    assert.ok(taggable.length > 40, `${taggable.length}`);
    for (const { name, inputs } of taggable) {
      // An alarm has no description of its own: what to do stands in a tag.
      const { "ams-remedy": remedy, ...tags } = Object(inputs["tags"]);
      assert.deepEqual(tags, { service: "live-video", "ams-cluster": "ams-test", Name: name });
      assert.equal(remedy !== undefined, name.includes("-alarms-"), name);
    }
  });

  it("goes without deprecated inputs", async () => {
    assert.ok(sdkInputs("alicloud:ecs/instance:Instance").deprecated.includes("roleName"), "the check sees one");
    const { resources } = await render(all);
    for (const { type, name, inputs } of resources.filter((resource) => resource.type.startsWith("alicloud:"))) {
      const used = sdkInputs(type).deprecated.filter((input) => input in inputs);
      assert.deepEqual(used, [], `${type} ${name}`);
    }
  });

  it("has a name within the cloud's limits even where the cluster's name is as long as it may be", async () => {
    const stack = await render({ ...all, name: "a123456789012345" });
    for (const { inputs } of stack.resources) {
      for (const [key, value] of Object.entries(inputs)) {
        if (!/(Name|^name)$/.test(key) || typeof value !== "string" || key === "domainName") continue;
        const most = /^(scalingGroup|scalingRule|role|certificate)Name$/.test(key) ? 64 : 128;
        assert.ok(value.length >= 2 && value.length <= most, `${key} ${value}`);
      }
    }
  });
});
