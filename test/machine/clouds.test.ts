import assert from "node:assert/strict";
import type { Cloud } from "../../config/types.ts";
import { cluster } from "../support/cluster.ts";
import { filesOf, run } from "./rig.ts";

/** Words that nothing but a client of this cloud has. */
const words: Readonly<Record<Cloud, RegExp>> = {
  aws: /169\.254\.169\.254|amazonaws|x-amz|x-aws|\baws\b|autoscaling|secretsmanager|Elastic Block Store/i,
  alibaba: /100\.100\.100\.200|aliyun|alibaba|x-acs|x-log|x-oss|"(ecs|ess|kms|oos)"|ScalingGroupId/i,
};
const otherOf: Readonly<Record<Cloud, Cloud>> = { aws: "alibaba", alibaba: "aws" };
const agent = new URL("../../machine/agent/", import.meta.url).pathname;

describe("a machine", () => {
  for (const cloud of ["aws", "alibaba"] as const) {
    const machines = {
      origin: [filesOf("origin", cluster({ cloud }))],
      database: [filesOf("database", cluster({ cloud }))],
      proxy: (["haproxy", "nginx"] as const).map((kind) =>
        filesOf(
          "proxy",
          cluster({ cloud, balancer: { kind }, domain: { name: "live.example.com", zone: "example.com" } }),
        ),
      ),
    };
    for (const [role, all] of Object.entries(machines)) {
      it(`has programs for its own cloud alone: ${role} on ${cloud}`, () => {
        for (const files of all) {
          const programs = [...files].filter(([path]) => path.endsWith(".py"));
          const having = (of: Cloud) => programs.filter(([, text]) => words[of].test(text)).map(([path]) => path);
          assert.deepEqual(having(otherOf[cloud]), []);
          assert.ok(having(cloud).length > 0, "no word of its own cloud is known");
        }
      });
    }
  }
});

describe("the modules by which programs ask their cloud", () => {
  it("are both clouds', with all that the programs call", () => {
    // What neutral programs take from the modules that both clouds have, and how often they give how many words.
    const program = `
import ast, glob, os, sys
agent = sys.argv[1]
clouds = {cloud: {os.path.basename(path)[:-3]: ast.parse(open(path).read()) for path in glob.glob(f"{agent}clouds/{cloud}/*.py")} for cloud in ("aws", "alibaba")}
# Records of Alibaba Cloud DNS no proxy writes: RAM grants no less than a domain.
del clouds["aws"]["dns"]
assert len(clouds["aws"]) > 5 and clouds["aws"].keys() == clouds["alibaba"].keys(), clouds
asked = set()
for path in glob.glob(agent + "[!c]*/*.py") + glob.glob(agent + "core/*.py"):
    for node in ast.walk(ast.parse(open(path).read())):
        called = isinstance(node, ast.Call)
        name = node.func if called else node
        if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name) and name.value.id in clouds["aws"]:
            asked.add((name.value.id, name.attr, len(node.args) if called else None))
assert len(asked) > 10, asked
for module, name, given in sorted(asked, key=str):
    for cloud, modules in clouds.items():
        [own] = [node for node in modules[module].body if name in (getattr(node, "name", None), *(getattr(target, "id", None) for target in getattr(node, "targets", [])))]
        assert given is None or len(own.args.args) == given, (cloud, module, name, given)
`;
    const done = run("python3", ["-c", program, agent]);
    assert.equal(done.status, 0, done.all);
  });
});
