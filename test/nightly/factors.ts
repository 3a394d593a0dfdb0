import type { Cloud, Cluster } from "../../config/types.ts";
import { groupsOf } from "../../model/cluster.ts";
import { ownDatabase } from "../../model/groups/database.ts";
import { certificate } from "../support/databases.ts";
import { existing, existingNetwork } from "../support/existing.ts";
import { scheduled } from "../support/groups.ts";
import type { Row } from "./array/rows.ts";

/** What a value of a factor adds to a stack file. */
export interface Part {
  readonly values: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface Factor {
  readonly parts: Readonly<Record<string, (cloud: Cloud, row: Row) => Part>>;
  /** Whether the stack is another one by this factor's values; always, unless said. */
  readonly counts?: (cluster: Cluster) => boolean;
}

const part =
  (values: Part["values"], secrets: Part["secrets"] = {}) =>
  (): Part => ({ values, secrets });

const asShipped = part({});

/** Of the cloud's own block. */
const block =
  (values: Part["values"]) =>
  (cloud: Cloud): Part => ({ values: { [cloud]: values } });

const named = { name: "live.example.com", zone: "example.com" };

/** A cloud's certificate does not leave it, so that proxies have one of the operator's. */
function brought(cloud: Cloud, { balancer }: Row): Part {
  if (balancer === "managed")
    return { values: { domain: named, certificate: { source: "existing", id: existing[cloud].certificate } } };
  const { pem, key } = certificate();
  return { values: { domain: named, certificate: { source: "uploaded", pem } }, secrets: { certificateKey: key } };
}

const zonesOf = (count: string | undefined): readonly string[] => ["a", "b", "c"].slice(0, Number(count));

const hasEdges = (cluster: Cluster): boolean => groupsOf(cluster).some(({ role }) => role === "edge");

const machines = { machine: "general-4", diskGiB: 50 };

const shared: Readonly<Record<string, Factor>> = {
  database: {
    parts: {
      instance: part({ database: { kind: "instance", ...machines } }),
      "replica-set": part({ database: { kind: "replica-set", ...machines } }),
      managed: part({ database: { kind: "managed", ...machines } }),
      external: part(
        { database: { kind: "external" } },
        { databaseUrl: "mongodb+srv://ams:Secret@cluster.example.net" },
      ),
      "none, standalone": part({ mode: "standalone" }),
    },
  },
  certificate: {
    parts: {
      brought,
      issued: part({ domain: named, certificate: { source: "issued" } }),
      none: part({ certificate: { source: "none" } }),
    },
  },
  balancer: {
    parts: {
      managed: part({ balancer: { kind: "managed" } }),
      haproxy: part({ balancer: { kind: "haproxy" } }),
      nginx: part({ balancer: { kind: "nginx" } }),
    },
  },
  network: {
    parts: {
      own: (_, { zones }) => ({ values: { network: { zones: zonesOf(zones) } } }),
      existing: (cloud, { zones }) => ({ values: { network: existingNetwork(cloud, zonesOf(zones)) } }),
    },
  },
  zones: {
    parts: {
      "2": part({ network: { databaseZones: [1, 2, 1] } }),
      "3": part({ network: { databaseZones: [1, 2, 3] } }),
    },
  },
  nat: {
    parts: Object.fromEntries(
      ["one", "per-zone"].map((nat) => [
        nat,
        (_: Cloud, { network }: Row): Part => ({ values: network === "existing" ? {} : { network: { nat } } }),
      ]),
    ),
    counts: ({ network }) => network.existing === undefined,
  },
  dns: {
    parts: Object.fromEntries(
      ["managed", "external"].map((dns) => [
        dns,
        (_: Cloud, row: Row): Part => ({ values: row["certificate"] === "none" ? {} : { domain: { dns } } }),
      ]),
    ),
    counts: ({ domain }) => domain !== undefined,
  },
  http: {
    parts: { redirect: asShipped, forward: part({ balancer: { http: "forward" } }) },
    counts: ({ certificate: { source } }) => source !== "none",
  },
  rtmp: { parts: { on: asShipped, off: part({ balancer: { rtmp: false } }) } },
  srt: { parts: { on: part({ balancer: { srt: true } }), off: part({ balancer: { srt: false } }) } },
  origins: {
    parts: {
      compute: asShipped,
      gpu: (cloud) => ({
        values: { origin: { machine: "gpu-4" }, [cloud]: { images: { gpu: existing[cloud].image } } },
      }),
    },
  },
  edges: {
    parts: {
      "on demand": asShipped,
      mixed: part({ edge: { spotPercent: 50, moreMachines: ["general-4"] } }),
      warm: part({ edge: { warmMachines: 2 } }),
    },
    counts: hasEdges,
  },
  periods: {
    parts: {
      none: asShipped,
      evenings: (cloud) => ({
        values: {
          edge: { schedule: [{ name: "evening", from: "18:00", to: "23:00", min: 4 }] },
          ...(cloud === "alibaba" ? { alibaba: scheduled } : {}),
        },
      }),
    },
    counts: hasEdges,
  },
  databaseTls: {
    parts: {
      off: asShipped,
      on: () => {
        const { pem, key } = certificate();
        return { values: { database: { tls: { pem, ca: pem } } }, secrets: { databaseTlsKey: key } };
      },
    },
    counts: (cluster) => ownDatabase(cluster) !== undefined,
  },
  recordings: { parts: { none: asShipped, bucket: part({ recordings: { store: "bucket" } }) } },
  alarms: {
    parts: {
      silent: asShipped,
      told: part({ alarms: { emails: ["ops@example.com"], webhooks: ["https://hooks.example.com/ams"] } }),
    },
  },
  logs: {
    parts: {
      own: asShipped,
      existing: part(
        { logs: { bucket: "our-logs", forward: { protocol: "otlp", host: "logs.example.com", port: 443 } } },
        { logHeaders: '{"api-key":"0123456789abcdef"}' },
      ),
    },
  },
  encryption: {
    parts: {
      cloud: asShipped,
      own: (cloud) => ({ values: { encryption: { keyId: existing[cloud].key } } }),
    },
  },
  licence: {
    parts: { marketplace: asShipped, key: part({ media: { licence: "key" } }, { licenceKey: "AMS0123456789abcdef" }) },
  },
  administrators: {
    parts: {
      none: asShipped,
      some: (cloud) => ({
        values: {
          access: {
            adminCidrs: ["203.0.113.0/24"],
            adminGroup: existing[cloud].group,
            sshPublicKey: `ssh-ed25519 ${"A".repeat(68)} admin@example.com`,
          },
        },
      }),
    },
  },
};

const ofCloud: Readonly<Record<Cloud, Readonly<Record<string, Factor>>>> = {
  aws: {},
  alibaba: {
    secretStore: {
      parts: {
        oos: asShipped,
        kms: block({ secretStore: "kms", kms: { instanceId: "kst-abc", keyId: "key-abc" } }),
      },
    },
    zonePolicy: { parts: { balanced: asShipped, priority: block({ zonePolicy: "priority" }) } },
  },
};

/** What two stacks of a cloud may differ in, each with few values: the kinds of what is made, not the sizes. */
export const factorsOf = (cloud: Cloud): Readonly<Record<string, Factor>> => ({ ...shared, ...ofCloud[cloud] });
