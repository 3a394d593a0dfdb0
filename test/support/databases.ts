import * as fc from "fast-check";
import { hasGpu, machineSizes } from "../../model/groups/machine-size.ts";
import { selfSigned } from "./self-signed.ts";

/** Begins every secret of a sample, so that a leak shows. */
export const canary = "CanarySecret";

/** With a digit and at most 32 characters, as ApsaraDB for MongoDB wants its password. */
export const canaryText = fc.stringMatching(/^[A-Za-z0-9]{19}$/).map((text) => `${canary}7${text}`);

export const withoutGpu = machineSizes.filter((size) => !hasGpu(size));

/** What a stack says of its mode and database, with the secrets that belong to them. */
export interface DatabaseChoice {
  readonly values: {
    readonly mode: "cluster" | "standalone";
    readonly database: Readonly<Record<string, unknown>>;
  };
  readonly secrets: Readonly<Record<string, string>>;
  /** Its URL has options, which AMS takes since 3.1.0. */
  readonly needsOptions: boolean;
}

const whole = (min: number, max: number) => fc.integer({ min, max });

const sized = { machine: fc.constantFrom(...withoutGpu), diskGiB: whole(20, 16000) };

const password = fc.record({ databasePassword: canaryText }, { requiredKeys: [] });

let made: ReturnType<typeof selfSigned> | undefined;

/** One certificate for all samples, the operator's authority and the members' in one. */
export function certificate(): ReturnType<typeof selfSigned> {
  made ??= selfSigned();
  return made;
}

const own = fc.record(
  {
    kind: fc.constantFrom("instance", "replica-set"),
    ...sized,
    version: fc.constant("8.0"),
    mirror: fc.constantFrom("https://repo.mongodb.org", "https://mirrors.example.cn/mongodb"),
    snapshots: fc.record({ everyHours: fc.constantFrom(1, 2, 3, 4, 6, 8, 12, 24), keep: whole(1, 1000) }),
    restoreDrill: fc.record({ maxAgeDays: whole(2, 400) }),
  },
  { requiredKeys: ["kind", "machine", "diskGiB", "version", "mirror", "snapshots"] },
);

/** Storage in the steps of ApsaraDB for MongoDB. */
const managed = fc.record({
  kind: fc.constant("managed"),
  ...sized,
  diskGiB: whole(2, 1600).map((tens) => tens * 10),
  version: fc.constant("5.0"),
});

const url = fc
  .tuple(
    canaryText,
    fc.constantFrom("cluster.example.net", "one.example.net:27017,two.example.net:27017"),
    fc.constantFrom("", "/?tls=true&replicaSet=rs0"),
  )
  .map(([secret, hosts, options]) => `mongodb${hosts.includes(",") ? "" : "+srv"}://ams:${secret}@${hosts}${options}`);

interface Kind {
  readonly database: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly needsOptions: boolean;
}

const kinds: fc.Arbitrary<Kind> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(own, password, fc.boolean()).map(([database, secrets, tls]) => {
      if (!tls) return { database, secrets, needsOptions: false };
      const { pem, key } = certificate();
      const databaseTlsKey = { databaseTlsKey: key };
      return {
        database: { ...database, tls: { pem, ca: pem } },
        secrets: { ...secrets, ...databaseTlsKey },
        needsOptions: true,
      };
    }),
  },
  fc.tuple(managed, password).map(([database, secrets]) => ({ database, secrets, needsOptions: true })),
  url.map((databaseUrl) => ({
    database: { kind: "external" },
    secrets: { databaseUrl },
    needsOptions: databaseUrl.includes("?"),
  })),
);

/** Every kind of database, and now and then a lone machine whose database waits for the way back. */
export const databases: fc.Arbitrary<DatabaseChoice> = fc
  .tuple(
    kinds,
    fc.oneof(
      { weight: 4, arbitrary: fc.constant("cluster" as const) },
      { weight: 1, arbitrary: fc.constant("standalone" as const) },
    ),
  )
  .map(([{ database, secrets, needsOptions }, mode]) => ({
    values: { mode, database },
    secrets: mode === "standalone" ? {} : secrets,
    needsOptions,
  }));
