"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.databaseMachine = databaseMachine;
const database_ts_1 = require("../../model/database.js");
const firewall_ts_1 = require("../../model/firewall.js");
const naming_ts_1 = require("../../model/naming.js");
const network_ts_1 = require("../../model/network.js");
const core_ts_1 = require("./core.js");
const metrics_ts_1 = require("./metrics.js");
const render_ts_1 = require("./render.js");
/** Where the data volume is mounted; MongoDB's own default path on Debian and Ubuntu. */
const dataPath = "/var/lib/mongodb";
/** Fingerprints of MongoDB's release keys, as its official container images pin them. */
const signingKeys = {
    "8.0": "4B0752C1BCA238C0B4EE14DC41DE058A4E7DCA05",
};
/** What MongoDB 8.0 wants of the kernel: huge pages for its allocator (manual, TCMalloc Performance; Production Notes). */
function kernel() {
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
function facts(cluster, { version, diskGiB, mirror }) {
    const key = signingKeys[version];
    if (key === undefined)
        throw new Error(`no signing key is known for MongoDB ${version}`);
    const hosts = (0, naming_ts_1.databaseHosts)(cluster);
    return {
        secretName: (0, naming_ts_1.secretName)(cluster, "database"),
        logGroup: (0, naming_ts_1.logGroup)(cluster),
        hosts: hosts.map((host) => `${host}:${(0, firewall_ts_1.databasePort)(cluster)}`),
        addresses: hosts.map((_, member) => (0, network_ts_1.databaseAddress)(cluster.network, member)),
        replicaSet: cluster.name,
        appUser: naming_ts_1.databaseUser,
        dataPath,
        // How the machine knows its volume: what it is attached as on AWS, its tag Name on Alibaba Cloud.
        dataDevice: naming_ts_1.dataDevice,
        dataNames: (0, naming_ts_1.dataVolumeNames)(cluster),
        diskGiB,
        version,
        mirror,
        keyUrl: `https://pgp.mongodb.com/server-${version}.asc`,
        keyFingerprint: key,
        retrySeconds: 5,
        metrics: (0, metrics_ts_1.metricFacts)(cluster, "database"),
    };
}
/** The database's machine: MongoDB on a volume of its own, with authentication from its very first start. */
function databaseMachine(cluster) {
    const database = (0, database_ts_1.ownDatabase)(cluster);
    if (database === undefined)
        throw new Error(`no machine of ours runs a database of kind ${cluster.database.kind}`);
    return {
        bootCommands: [],
        facts: facts(cluster, database),
        files: [
            ...(0, core_ts_1.core)(cluster.cloud),
            ...(0, core_ts_1.ofCloud)(cluster.cloud, "block_device"),
            ...["database.py", "converge.js", "disks.py", "volume.py", "members.py", "members.js"].map((name) => (0, render_ts_1.installed)(`database/${name}`)),
            (0, render_ts_1.unit)("database/ams-database.service"),
            (0, render_ts_1.unit)("database/ams-database.timer"),
            { path: "/etc/systemd/system/mongod.service.d/ams-cluster.conf", text: (0, render_ts_1.source)("agent/database/mongod.cfg") },
            { path: "/etc/logrotate.d/ams-cluster", text: (0, render_ts_1.source)("agent/database/mongod.logrotate") },
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
