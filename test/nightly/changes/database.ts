import type { Cloud } from "../../../config/types.ts";
import { existing } from "../../support/existing.ts";
import { type Change, nothingRolls } from "./change.ts";

const protectOff = { set: { "ams:protect": "false" }, touches: /^update / } as const;

/** Of the database, the zones, and what goes for good. */
export function databaseChanges(cloud: Cloud): readonly Change[] {
  const { snapshot } = existing[cloud];
  return [
    {
      runbook: "runbooks.md#the-database",
      does: "a larger disk",
      set: { "ams:database.diskGiB": "100" },
      has: /^update (Volume|EcsDisk) \S+-database-data$/,
    },
    {
      runbook: "runbooks.md#the-database",
      does: "a larger machine",
      set: { "ams:database.machine": "general-8" },
      has: /^update Instance \S+-database$/,
    },
    {
      runbook: "runbooks.md#the-database",
      does: "three members",
      set: { "ams:database.kind": "replica-set" },
      has: /^create Instance \S+-database-3$/,
    },
    ...["2", "3"].map((member) => ({
      runbook: "runbooks.md#the-database",
      does: `a larger member ${member}`,
      set: { "ams:database.machine": "general-16" },
      targets: `**::ams-${cloud}-database-${member}`,
      touches: new RegExp(`^update Instance \\S+-database-${member}$`),
    })),
    { runbook: "runbooks.md#the-database", does: "larger members: the last", has: /^update Instance \S+-database$/ },
    {
      runbook: "runbooks.md#zones",
      does: "another one",
      set: { "ams:network.zones[2]": "c" },
      has: /^create \S+ \S+-network-media-c$/,
    },
    {
      runbook: "outbound.md#ant-media-server",
      does: "a setting of AMS",
      set: { 'ams:media.properties["server.heartbeatEnabled"]': "false" },
    },
    {
      runbook: "machines.md#restore-a-database",
      does: "a snapshot while the stack is protected",
      set: { [`ams:${cloud}.databaseSnapshots.db1`]: snapshot },
      refused: /database-data"\s+as it is currently marked for protection/,
    },
    {
      runbook: "machines.md#restore-a-database",
      does: "a snapshot's volume",
      set: { "ams:protect": "false" },
      has: /^create-replacement (Volume|EcsDisk) \S+-database-data$/,
      loses: /-database-data$/,
    },
    {
      runbook: "machines.md#restore-a-database",
      does: "protection again, the snapshot forgotten",
      set: { "ams:protect": "true" },
      rm: [`ams:${cloud}.databaseSnapshots.db1`],
    },
    { runbook: "bring-your-own.md#logs", does: "protection off", ...protectOff },
    {
      runbook: "bring-your-own.md#logs",
      does: "a place for logs of your own",
      set: { "ams:logs.bucket": "our-logs" },
      loses: /-logs|-requests|-flows|-access/,
    },
    {
      runbook: "runbooks.md#run-a-single-machine-temporarily",
      does: "one machine",
      set: { "ams:mode": "standalone" },
      loses: /-database/,
    },
    {
      runbook: "runbooks.md#run-a-single-machine-temporarily",
      does: "a cluster again",
      // AWS keeps the name of the database's secret for seven days.
      set: { "ams:mode": "cluster", ...(cloud === "aws" ? { "ams:generation": "2" } : {}) },
      loses: /-secrets-/,
      has: /^create Instance \S+-database-3$/,
    },
    {
      runbook: "recovery.md#rejected-changes",
      does: "the cloud's own database service",
      rm: ["ams:database"],
      set: { "ams:database.kind": "managed" },
      loses: /-database/,
    },
    {
      runbook: "runbooks.md#rotate-secrets",
      does: "a database elsewhere",
      set: { "ams:database.kind": "external" },
      rm: ["ams:databasePassword"],
      secrets: { "ams:databaseUrl": "mongodb+srv://ams:Secret@cluster.example.net" },
      loses: /-database/,
    },
    {
      runbook: "runbooks.md#rotate-secrets",
      does: "another URL of it",
      secrets: { "ams:databaseUrl": "mongodb+srv://ams:Other@cluster.example.net" },
      touches: nothingRolls,
      has: /Secret/,
    },
    {
      runbook: "balancers.md#change-the-kind",
      does: "HAProxy in the place of the cloud's own",
      rm: ["ams:certificate.id"],
      set: { "ams:certificate.source": "issued", "ams:balancer.kind": "haproxy", "ams:balancer.srt": "false" },
      loses: /-(web|balancer)$/,
    },
    {
      runbook: "balancers.md#a-new-image-or-new-user-data",
      does: "twice as many proxies",
      set: { "ams:balancer.count": "4" },
      touches: /^update (Scaling)?Group \S+-proxy$/,
    },
    {
      runbook: "balancers.md#a-new-image-or-new-user-data",
      does: "as many as before",
      set: { "ams:balancer.count": "2" },
      touches: /^update (Scaling)?Group \S+-proxy$/,
    },
    {
      runbook: "balancers.md#change-the-kind",
      does: "Nginx in the place of HAProxy",
      set: { "ams:balancer.kind": "nginx" },
      touches: /^\S+ (Scaling)?Group |LaunchTemplate |BucketObject(v2)? /,
    },
    { runbook: "migration.md#deploy-the-new-cluster", does: "names elsewhere", set: { "ams:domain.dns": "external" } },
    { runbook: "migration.md#the-cutover", does: "names here", set: { "ams:domain.dns": "managed" } },
  ];
}
