import type { RawConfig } from "../../config/raw.ts";
import type { Cloud } from "../../config/types.ts";
import { render, stackFiles } from "../support/contract.ts";
import { certificate } from "../support/databases.ts";
import { existing, existingNetwork } from "../support/existing.ts";

/** What the program makes of each choice that changes which resources there are, so that the rules see all of them. */

const blockOf = (cloud: Cloud): object => Object(stackFiles[cloud].values[cloud]);
const machine = { machine: "general-4", diskGiB: 100 };
const everything = {
  recordings: { store: "bucket" },
  alarms: { emails: ["a@example.com"], webhooks: ["https://example.com/x"] },
  monitoring: { scrapeCidrs: ["10.20.0.0/24"] },
  logs: { forward: { protocol: "syslog", host: "logs.example.com" } },
};
const admins = { adminCidrs: ["203.0.113.0/24"], sshPublicKey: `ssh-ed25519 ${"A".repeat(68)} admin@example.com` };
const uploaded = (): object => ({ source: "uploaded", pem: certificate().pem });
const spot = { machine: "compute-4", min: 2, max: 10, spotPercent: 50, moreMachines: ["general-4"] };
const weekdays = {
  name: "show",
  days: ["mon"],
  from: "08:00",
  to: "20:00",
  timeZone: "UTC",
  min: 4,
};

interface Variant {
  readonly values: object;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** By what is special about it; the rest is as in the shipped stack file. */
const variants: Readonly<Record<string, (cloud: Cloud) => Variant>> = {
  "as shipped": () => ({ values: {} }),
  "one machine, managed balancers, everything on": (cloud) => ({
    values: {
      ...everything,
      // CloudMonitor takes webhooks of its own kind alone.
      ...(cloud === "alibaba" ? { alarms: { emails: ["a@example.com"] } } : {}),
      balancer: { kind: "managed", srt: true },
      origin: { min: 1, max: 2, fixedAddresses: true },
      cdn: {
        domain: "cdn.example.com",
        ...(cloud === "alibaba" ? { certificateId: "12345678-ap-southeast-1" } : { recordings: true }),
      },
      access: admins,
      ...(cloud === "alibaba"
        ? {
            alibaba: {
              ...blockOf(cloud),
              zonePolicy: "priority",
              upgrade: "instance-refresh",
              sharedBandwidthMbps: 2000,
            },
          }
        : {}),
    },
  }),
  "replica set, HAProxy, issued certificate, TURN": () => ({
    values: {
      turn: { tls: true },
      database: { kind: "replica-set", ...machine },
      balancer: { kind: "haproxy" },
      certificate: { source: "issued" },
    },
  }),
  "Nginx, a wildcard from Let's Encrypt": (cloud) => ({
    values: {
      balancer: { kind: "nginx" },
      certificate: { source: "issued" },
      domain: { name: "live.example.com", zone: "example.com", names: cloud === "aws" ? ["*.live.example.com"] : [] },
    },
  }),
  "managed database, Nginx, uploaded certificate, names elsewhere": () => ({
    values: {
      database: { kind: "managed", ...machine },
      media: { licence: "marketplace", version: "3.1.0" },
      balancer: { kind: "nginx", srt: true },
      certificate: uploaded(),
      domain: { name: "live.example.com", zone: "example.com", dns: "external" },
      access: admins,
    },
    secrets: { certificateKey: certificate().key },
  }),
  "database elsewhere, existing certificate, no name": (cloud) => ({
    values: {
      database: { kind: "external" },
      certificate: { source: "existing", id: existing[cloud].certificate },
      edge: { ...spot, schedule: [weekdays] },
      ...(cloud === "alibaba"
        ? { alibaba: { ...blockOf(cloud), schedule: { from: "2026-12-01", until: "2027-11-30" } } }
        : {}),
    },
    secrets: { databaseUrl: "mongodb+srv://ams:Secret@cluster.example.net" },
  }),
  "a key, a network and a place for logs of the owner's, managed database": (cloud) => ({
    values: {
      ...everything,
      ...(cloud === "alibaba" ? { alarms: { emails: ["a@example.com"] } } : {}),
      encryption: { keyId: existing[cloud].key },
      network: existingNetwork(cloud),
      logs: { bucket: "our-logs" },
      database: { kind: "managed", ...machine },
      media: { licence: "marketplace", version: "3.1.0" },
    },
  }),
  "a key of the owner's, replica set, uploaded certificate": (cloud) => ({
    values: {
      ...everything,
      ...(cloud === "alibaba" ? { alarms: { emails: ["a@example.com"] } } : {}),
      encryption: { keyId: existing[cloud].key },
      database: { kind: "replica-set", ...machine },
      certificate: uploaded(),
      ...(cloud === "alibaba"
        ? { alibaba: { ...blockOf(cloud), secretStore: "kms", kms: { instanceId: "kst-abc", keyId: "key-abc" } } }
        : {}),
    },
    secrets: { certificateKey: certificate().key },
  }),
  "play tokens at a CDN": (cloud) =>
    cloud === "alibaba"
      ? { values: {} }
      : { values: { cdn: { domain: "cdn.example.com" }, applications: { live: { publish: "jwt", play: "jwt" } } } },
  "a lone machine": () => ({ values: { mode: "standalone" } }),
};

export const variantNames: readonly string[] = Object.keys(variants);

export function variantOf(cloud: Cloud, name: string): RawConfig {
  const raw = stackFiles[cloud];
  const { values = {}, secrets = {} } = variants[name]?.(cloud) ?? {};
  return { ...raw, values: { ...raw.values, ...values }, secrets: { ...raw.secrets, ...secrets } };
}

/** Each variant of a cloud, recorded. */
export const recordVariants = (cloud: Cloud) =>
  Promise.all(
    variantNames.map(async (name) => {
      const raw = variantOf(cloud, name);
      return { name, raw, recording: (await render(cloud, raw)).recording };
    }),
  );
