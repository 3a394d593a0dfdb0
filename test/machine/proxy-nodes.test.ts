import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { type Instance, serveInstances } from "../proxy/instances.ts";
import { behind } from "../proxy/rig.ts";
import { type Kind, startCloud } from "./cloud.ts";
import { library, remove, unpack } from "./rig.ts";

/** What a proxy's own program finds out from its cloud's API. */
async function discovered(kind: Kind, list: readonly Instance[]): Promise<{ text: string; calls: readonly string[] }> {
  const root = unpack("proxy", behind("haproxy", { cloud: kind }));
  const cloud = await startCloud(kind, "eu-central-1");
  serveInstances(kind, cloud).list = list;
  const program = "import common, json, proxy_nodes; print(json.dumps(proxy_nodes.discover(common.facts())))";
  const env = { ...process.env, AMS_CLUSTER_ROOT: root, AMS_METADATA_URL: cloud.url, AMS_API_URL: cloud.url };
  const child = spawn("python3", ["-W", "error", "-c", program], { env, cwd: library(root) });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (text += part.toString()));
  await new Promise((resolve) => child.once("close", resolve));
  await cloud.close();
  remove(root);
  return { text, calls: cloud.calls };
}

/** How each cloud calls a machine that serves, one that leaves, and those that are not to be asked. */
const words = {
  aws: {
    serves: ["InService"],
    leaves: ["Terminating", "Terminating:Wait", "Standby"],
    not: ["Pending:Wait", "Warmed:Stopped"],
  },
  alibaba: {
    serves: ["InService", "Protected"],
    leaves: ["Removing", "Removing:Wait", "Standby"],
    not: ["Pending:Wait", "Stopped"],
  },
} as const;

for (const kind of ["aws", "alibaba"] as const) {
  describe(`the nodes that a proxy finds on ${kind}`, () => {
    it("are those of its cluster that serve or leave, each in its role, over all pages", async () => {
      const { serves, leaves, not } = words[kind];
      const states = [...serves, ...leaves, ...not];
      const one = (role: string, state: string, place: number): Instance => {
        return { id: `i-${role}${place}`, name: `ams-test-${role}`, address: `10.0.${role.length}.${place}`, state };
      };
      const list = [
        ...states.map((state, place) => one("origin", state, place)),
        ...Array.from({ length: 60 }, (_, place) => one("edge", "InService", place)),
        one("proxy", "InService", 1),
        { ...one("database", "InService", 1) },
      ];
      const { text, calls } = await discovered(kind, list);
      const found = JSON.parse(text) as Record<string, Record<string, string>>;
      assert.deepEqual(Object.keys(found), ["origin", "edge", "proxy"]);
      const wanted = states.flatMap((state, place) => {
        if (not.some((word) => word === state)) return [];
        return [[`10.0.6.${place}`, serves.some((word) => word === state) ? "ready" : "drain"]];
      });
      assert.deepEqual(found["origin"], Object.fromEntries(wanted));
      assert.equal(Object.keys(found["edge"] ?? {}).length, 60);
      assert.deepEqual(found["proxy"], { "10.0.5.1": "ready" });
      assert.ok(calls.some((call) => call.startsWith(kind === "aws" ? "DescribeAutoScaling" : "DescribeScaling")));
    });
  });
}
