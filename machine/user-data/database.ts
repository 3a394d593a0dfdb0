import type { Cluster, OwnDatabase } from "../../config/types.ts";
import { ownDatabase } from "../../model/groups/database.ts";
import { databaseHosts, databaseUser, dataDevice, dataVolumeNames, logGroup, secretName } from "../../model/naming.ts";
import { databasePort } from "../../model/network/firewall.ts";
import { databaseAddress } from "../../model/network/network.ts";
import { core, ofCloud } from "./core.ts";
import { metricFacts } from "./metrics.ts";
import { installed, type Machine, source, unit } from "./render.ts";

/** Where the data volume is mounted; MongoDB's own default path on Debian and Ubuntu. */
export const dataPath = "/var/lib/mongodb";

/** Fingerprints of MongoDB's release keys, as its official container images pin them. */
const signingKeys: Readonly<Record<string, string>> = {
  "8.0": "4B0752C1BCA238C0B4EE14DC41DE058A4E7DCA05",
};

/** What MongoDB 8.0 wants of the kernel: huge pages for its allocator (manual, TCMalloc Performance; Production Notes). */
function kernel(): string {
  const pages = "/sys/kernel/mm/transparent_hugepage";
  const rows = [
    [`${pages}/enabled`, "always"],
    [`${pages}/defrag`, "defer+madvise"],
    [`${pages}/khugepaged/max_ptes_none`, "0"],
    ["/proc/sys/vm/overcommit_memory", "1"],
    ["/proc/sys/vm/swappiness", "1"],
    ["/proc/sys/net/ipv4/tcp_keepalive_time", "120"],
  ];
  return rows.map(([path, value]) => `w- ${path} - - - - ${value}\n`).join("");
}

/** What MongoDB's packages are fetched by. */
export function packageFacts({ version, mirror }: OwnDatabase) {
  const keyFingerprint = signingKeys[version];
  if (keyFingerprint === undefined) throw new Error(`no signing key is known for MongoDB ${version}`);
  return { version, mirror, keyUrl: `https://pgp.mongodb.com/server-${version}.asc`, keyFingerprint };
}

function facts(cluster: Cluster, database: OwnDatabase) {
  const hosts = databaseHosts(cluster);
  return {
    secretName: secretName(cluster, "database"),
    logGroup: logGroup(cluster),
    hosts: hosts.map((host) => `${host}:${databasePort(cluster)}`),
    addresses: hosts.map((_, member) => databaseAddress(cluster.network, member)),
    replicaSet: cluster.name,
    appUser: databaseUser,
    dataPath,
    // How the machine knows its volume: what it is attached as on AWS, its tag Name on Alibaba Cloud.
    dataDevice,
    dataNames: dataVolumeNames(cluster),
    diskGiB: database.diskGiB,
    ...packageFacts(database),
    retrySeconds: 5,
    metrics: metricFacts(cluster, "database"),
  };
}

/** The database's machine: MongoDB on a volume of its own, with authentication from its very first start. */
export function databaseMachine(cluster: Cluster): Machine {
  const database = ownDatabase(cluster);
  if (database === undefined) throw new Error(`no machine of ours runs a database of kind ${cluster.database.kind}`);
  return {
    bootCommands: [],
    facts: facts(cluster, database),
    files: [
      ...core(cluster.cloud),
      ...ofCloud(cluster.cloud, "block_device"),
      ...["database.py", "mongodb.py", "converge.js", "disks.py", "volume.py", "members.py", "members.js"].map((name) =>
        installed(`database/${name}`),
      ),
      unit("database/ams-database.service"),
      unit("database/ams-database.timer"),
      { path: "/etc/systemd/system/mongod.service.d/ams-cluster.conf", text: source("agent/database/mongod.cfg") },
      { path: "/etc/logrotate.d/ams-cluster", text: source("agent/database/mongod.logrotate") },
      { path: "/etc/mongosh.conf", text: "mongosh:\n  enableTelemetry: false\n" },
      { path: "/etc/tmpfiles.d/ams-cluster.conf", text: kernel() },
    ],
    commands: [
      ["sh", "-c", "timedatectl set-ntp true || true"],
      ["systemd-tmpfiles", "--create", "/etc/tmpfiles.d/ams-cluster.conf"],
      ["systemctl", "daemon-reload"],
      [
        "systemctl",
        "enable",
        "--now",
        "--no-block",
        "ams-database.service",
        "ams-database.timer",
        "ams-agent@metrics.service",
      ],
    ],
  };
}
