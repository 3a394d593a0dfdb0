import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { record } from "../../recording/record.ts";
import { readStack } from "../../tools/stack-file/read.ts";
import { Bench, workflows } from "../support/workflow.ts";
import { alibabaActions, awsActions } from "./actions.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
const list = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.literal("Allow"),
  Principal: z.strictObject({ Federated: list }).optional(),
  Action: list,
  Resource: list.default([]),
  Condition: z.record(z.string(), z.record(z.string(), list)).default({}),
});
const policy = z.strictObject({ Version: z.string(), Statement: z.array(statement) });

interface Document {
  readonly name: string;
  readonly text: string;
  readonly statements: readonly z.infer<typeof statement>[];
}

const clouds = {
  aws: { actions: awsActions, package: "aws" },
  alibaba: { actions: alibabaActions, package: "alicloud" },
} as const;
type Cloud = keyof typeof clouds;

/** What a deploying role is denied without a permissions boundary is held by rights.test.ts. */
const isOfRole = (file: string): boolean => file !== "boundary.json";

function documents(cloud: Cloud): readonly Document[] {
  const folder = join(project, "docs/ci", cloud);
  return readdirSync(folder)
    .filter(isOfRole)
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      return { name: file.replace(".json", ""), text, statements: policy.parse(JSON.parse(text)).Statement };
    });
}

const allows = (statements: Document["statements"], action: string): boolean =>
  statements.some(({ Action }) =>
    Action.some((pattern) => pattern === action || (pattern.endsWith("*") && action.startsWith(pattern.slice(0, -1)))),
  );

/** The types that a cloud's adapter can make, with every option: what its sources import from the cloud's SDK. */
function importedTypes(cloud: Cloud): readonly string[] {
  const folder = join(project, "providers", cloud);
  const pattern = new RegExp(`"@pulumi/${clouds[cloud].package}/([a-z0-9]+/[A-Za-z0-9]+)\\.js"`, "g");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const found = files.flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(pattern)].map((match) => match[1] ?? ""),
  );
  return [...new Set(found)].filter((type) => !/^types\/|\/get[A-Z]/.test(type)).sort();
}

for (const cloud of ["aws", "alibaba"] as const) {
  describe(`The role documents of ${cloud}`, () => {
    const all = documents(cloud);
    const deploy = all
      .filter(({ name }) => name.startsWith("deploy-") || name === "drift")
      .flatMap((one) => one.statements);
    const policies = all.filter(({ name }) => !name.startsWith("trust-"));

    it("name the calls that make and end each type that the adapter can make, and no type that it can't", () => {
      assert.deepEqual(Object.keys(clouds[cloud].actions).sort(), importedTypes(cloud));
    });

    it("know every type that the stack renders", async () => {
      const { resources } = await record(readStack(project, cloud, []));
      const types = resources.map(({ type }) => type.split(":")).filter(([from]) => from === clouds[cloud].package);
      assert.ok(types.length > 50);
      for (const [, type = ""] of types) assert.ok(type in clouds[cloud].actions, type);
    });

    it("let the deploying role make and end all of them", () => {
      for (const [type, actions] of Object.entries(clouds[cloud].actions)) {
        for (const action of actions) assert.ok(allows(deploy, action), `${type} needs ${action}`);
      }
    });

    it("let drift read all that the deploying role may read", () => {
      const drift = all.find(({ name }) => name === "drift")?.statements ?? [];
      const actions = all.filter(({ name }) => /^deploy-(?!own-key)/.test(name)).flatMap((one) => one.statements);
      const reads = actions.flatMap(({ Action }) => Action).filter((action) => /:(Describe|Get|List)/.test(action));
      // EC2 asks it of whoever starts a machine.
      const missing = reads.filter((action) => action !== "ssm:GetParameters" && !allows(drift, action));
      assert.deepEqual(missing, []);
    });

    it("grant no whole service and, for changes, no pattern", () => {
      for (const { name, statements } of policies) {
        for (const action of statements.flatMap(({ Action }) => Action)) {
          assert.match(action, /^[a-z0-9-]+:[A-Z]\w+\*?$/, `${name}: ${action}`);
          if (action.endsWith("*")) assert.match(action, /:(Describe|Get|List)\w*\*$/, `${name}: ${action}`);
        }
      }
    });

    it("let preview and drift change nothing", () => {
      for (const { name, statements } of policies.filter((one) => /^(preview|drift|state-read)$/.test(one.name))) {
        for (const action of statements.flatMap(({ Action }) => Action)) {
          assert.match(action, /:(Describe|Get|List|Decrypt)/, `${name}: ${action}`);
        }
      }
    });

    it("hold rights on roles, secrets and policies to names that begin with the cluster's", () => {
      for (const { name, statements } of policies) {
        for (const { Action, Resource, Condition } of statements) {
          if (!Action.some((action) => /^(iam|ram|secretsmanager|oos):/.test(action))) continue;
          if (Action.every((action) => /:(List|CreateServiceLinkedRole)/.test(action))) continue;
          const isOfCluster = Resource.every((one) => /CLUSTER-\*$|secretparameter\/\*$|aws-service-role\//.test(one));
          assert.ok(isOfCluster, `${name}: ${Resource.join(" ")} ${JSON.stringify(Condition)}`);
          const changes = Action.some((action) => !/:(Get|List|Describe)/.test(action));
          if (changes) assert.doesNotMatch(Resource.join(" "), /secretparameter\/\*/, name);
        }
      }
    });

    it("fit into a managed policy", () => {
      for (const { name, text } of policies) assert.ok(text.replaceAll(/\s/g, "").length <= 6144, name);
    });

    it("are assumed only by this repository's environment of the same purpose", () => {
      const environments = {
        preview: `${cloud}-preview`,
        drift: `${cloud}-drift`,
        drill: `${cloud}-drill`,
        deploy: cloud,
      };
      for (const [purpose, environment] of Object.entries(environments)) {
        const trust = all.find(({ name }) => name === `trust-${purpose}`);
        assert.equal(trust?.statements.length, 1);
        const equal = Object.entries(trust?.statements[0]?.Condition["StringEquals"] ?? {});
        const subject = equal.find(([key]) => key.endsWith(":sub"))?.[1];
        assert.deepEqual(subject, [`repo:OWNER@OWNER_ID/REPO@REPO_ID:environment:${environment}`]);
        assert.equal(equal.filter(([key]) => key.endsWith(":aud")).length, 1);
        assert.deepEqual(Object.keys(trust?.statements[0]?.Condition ?? {}), ["StringEquals"]);
      }
    });
  });
}

describe("The guide's commands", () => {
  it("fill in every place of the documents that stands for a value", () => {
    const guide = readFileSync(join(project, "docs/ci/README.md"), "utf8");
    const [, commands = ""] = /```\n(mkdir -p \/tmp\/roles.*?)```/s.exec(guide) ?? [];
    const [, ofBoundary = ""] = /`(sed -i [^`]+boundary\.json)`/.exec(guide) ?? [];
    const bench = new Bench();
    try {
      const lines = [commands, ofBoundary].join("\n").replaceAll("/tmp/roles", bench.path("roles"));
      const run = bench.run(`cd "$PROJECT"\n${lines}`, {
        PROJECT: project,
      });
      assert.equal(run.status, 0, run.stderr);
      for (const cloud of ["aws", "alibaba"]) {
        const files = readdirSync(bench.path("roles", cloud));
        assert.ok(files.length >= 6);
        for (const file of files)
          assert.doesNotMatch(bench.read(join("roles", cloud, file)), /\b[A-Z][A-Z_]{3,}\b/, file);
      }
    } finally {
      bench.remove();
    }
  });
});

describe("The environments of the workflows", () => {
  it("are the ones that the roles trust, and only the approved one deploys", () => {
    const used = Object.entries(workflows()).flatMap(([file, { jobs }]) =>
      Object.entries(jobs).flatMap(([name, { environment }]) =>
        environment === undefined ? [] : [`${file}.${name} ${environment.replace(/^\S+ matrix\.stack \}\}/, "STACK")}`],
      ),
    );
    assert.deepEqual(used.sort(), [
      "deploy.preview STACK-preview",
      "deploy.up STACK",
      "drift.drift STACK-drift",
      "preview.live STACK-preview",
      "release.publish npm",
      "restore-drill.drill STACK-drill",
      "site.publish github-pages",
    ]);
  });
});
