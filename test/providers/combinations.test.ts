import assert from "node:assert/strict";
import { ConfigError } from "../../config/fault.ts";
import type { Cloud } from "../../config/types.ts";
import { check } from "../../policy/index.ts";
import { record } from "../../recording/record.ts";
import { Judges } from "../support/cloud/refusals.ts";
import { clouds, stackFiles } from "../support/contract.ts";
import { certificate } from "../support/databases.ts";
import { existing } from "../support/existing.ts";

const databases = ["instance", "replica-set", "managed", "external"] as const;
const balancers = ["managed", "haproxy", "nginx"] as const;
const sources = ["none", "issued", "existing", "uploaded"] as const;
const names = ["none", "managed", "external"] as const;

interface Choice {
  readonly database: (typeof databases)[number];
  readonly balancer: (typeof balancers)[number];
  readonly source: (typeof sources)[number];
  readonly dns: (typeof names)[number];
}

const choices: readonly Choice[] = databases.flatMap((database) =>
  balancers.flatMap((balancer) =>
    sources.flatMap((source) => names.map((dns) => ({ database, balancer, source, dns }))),
  ),
);

/** The key paths at which a choice is refused: the model's first, and a cloud's own once there is a cluster. */
function faultPaths(cloud: Cloud, { balancer, source, dns }: Choice): readonly string[] {
  const ofModel = [
    // A cloud's certificate does not leave it.
    ...(balancer !== "managed" && source === "existing" ? ["ams:certificate.source"] : []),
    ...(source !== "none" && dns === "none" ? ["ams:domain"] : []),
  ];
  // Alibaba Cloud issues none to a program.
  const isRefused = cloud === "alibaba" && balancer === "managed" && source === "issued";
  return ofModel.length === 0 && isRefused ? ["ams:certificate.source"] : ofModel;
}

function stackOf(cloud: Cloud, { database, balancer, source, dns }: Choice) {
  const { domain: _, ...values } = stackFiles[cloud].values;
  const uploaded = source === "uploaded" ? { pem: certificate().pem } : {};
  return {
    ...stackFiles[cloud],
    values: {
      ...values,
      database: { kind: database },
      // Options in a database's URL need it.
      media: { licence: "marketplace", version: "3.1.0" },
      balancer: { kind: balancer },
      certificate: { source, ...uploaded, ...(source === "existing" ? { id: existing[cloud].certificate } : {}) },
      ...(dns === "none" ? {} : { domain: { name: "live.example.com", zone: "example.com", dns } }),
    },
    secrets: {
      ...(source === "uploaded" ? { certificateKey: certificate().key } : {}),
      ...(database === "external" ? { databaseUrl: "mongodb+srv://ams:Secret@cluster.example.net" } : {}),
    },
  };
}

/** Choices that the rules find (docs/policy.md, "Choices that are found"). */
const isChoice = ({ source, database }: Choice, rule: string): boolean =>
  (rule === "plain-http-only-redirects" && source === "none") ||
  (rule === "managed-database-speaks-tls" && database === "managed");

describe("Every combination of database, balancer, certificate and names", () => {
  const judges = new Judges();
  after(() => judges.close());

  for (const cloud of clouds) {
    it(`is planned on ${cloud}, taken by the provider's schema and by the rules, or refused by its key path`, async () => {
      for (const choice of choices) {
        const at = Object.values(choice).join(" ");
        const wanted = faultPaths(cloud, choice);
        if (wanted.length > 0) {
          await assert.rejects(
            record(stackOf(cloud, choice)),
            (error) =>
              error instanceof ConfigError &&
              error.faults
                .map(({ path }) => path)
                .sort()
                .join() === wanted.join(),
            at,
          );
          continue;
        }
        const recording = await record(stackOf(cloud, choice));
        assert.deepEqual(judges.refusals({ recording }), [], at);
        const made = recording.resources.filter(({ custom }) => custom);
        const found = check(made.map(({ type, name, inputs }) => ({ type, name, props: inputs })));
        assert.deepEqual(
          found.filter(({ rule }) => !isChoice(choice, rule)).map(({ rule, message }) => `${rule}: ${message}`),
          [],
          at,
        );
      }
    });
  }
});
