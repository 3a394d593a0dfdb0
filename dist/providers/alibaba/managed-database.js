"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ManagedDatabase = void 0;
exports.checkManaged = checkManaged;
const instance_js_1 = require("@pulumi/alicloud/mongodb/instance.js");
const naming_ts_1 = require("../../model/naming.js");
const network_ts_1 = require("../../model/network.js");
const contract_ts_1 = require("../contract.js");
const part_ts_1 = require("../part.js");
const instance_types_ts_1 = require("./instance-types.js");
const handles_ts_1 = require("../handles.js");
/** Days that a point in time can be restored from. */
const backupRetentionPeriod = 7;
/** One more backup when the instance is released, kept until a person deletes it (ModifyBackupPolicy). */
const lastBackupStays = 1;
/** Every day, at a full hour in UTC. */
const backups = {
    backupTime: "18:00Z-19:00Z",
    backupPeriods: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    backupRetentionPeriod,
    backupRetentionPolicyOnClusterDeletion: lastBackupStays,
    enableBackupLog: 1,
    logBackupRetentionPeriod: backupRetentionPeriod,
};
/**
 * ApsaraDB for MongoDB: a replica set of three nodes in the private vSwitches, one in each of the first three zones.
 * Secondary and hidden node take zones of their own or none (CreateDBInstance), so with two zones all stand in the first;
 * naming a third one later moves them.
 *
 * What AMS can do there: it is MongoDB itself, and its URL needs no options, as several hosts make the driver look for
 * their replica set. AMS is its root user: the service's API makes no other one for a replica set (CreateAccount). From
 * 4.4 on that root writes to every database but `admin`, which AMS doesn't use. No test here speaks to ApsaraDB.
 *
 * TLS stays off: its authority's certificate comes from the console once TLS is on, AMS before 3.1.0 takes no `?tls=true`,
 * and only 7.0 and 8.0 can insist on it. The password doesn't cross the network (SCRAM), but the data do, within the VPC.
 */
class ManagedDatabase extends part_ts_1.Part {
    address;
    /** Hosts and ports, without credentials. */
    endpoint;
    /** What media machines wait for. */
    ready;
    constructor(cluster, database, settings, ground, parent) {
        super("Database", `${cluster.name}-database`, parent);
        const service = this.#addInstance(cluster, database, (0, instance_types_ts_1.managedType)(database, settings), ground);
        this.endpoint = service.replicaSets.apply(toHosts);
        this.address = { hosts: this.endpoint, user: "root" };
        this.ready = [service];
        this.registerOutputs();
    }
    #addInstance(cluster, database, dbInstanceClass, { network, secrets }) {
        const name = `${cluster.name}-database`;
        const { appPassword } = secrets.credentials;
        if (appPassword === undefined)
            throw new Error("a managed database has a password");
        return new instance_js_1.Instance(name, {
            name,
            engineVersion: database.version,
            dbInstanceClass,
            dbInstanceStorage: database.diskGiB,
            replicationFactor: 3,
            instanceChargeType: "PostPaid",
            storageEngine: "WiredTiger",
            storageType: "cloud_essd1",
            // encryptionKey would be the key of TDE, which excludes the disk's encryption.
            encrypted: true,
            ...(cluster.encryption.keyId === undefined
                ? {}
                : { cloudDiskEncryptionKey: (0, handles_ts_1.inputOf)(cluster.encryption.keyId) }),
            networkType: "VPC",
            vpcId: network.vpcId,
            ...homes(cluster, network.mappings("database")),
            // Where a machine would have a security group, the service has a list of ranges.
            securityIpLists: (0, network_ts_1.subnetsOf)(cluster.network, "media").map(({ cidr }) => cidr),
            accountPassword: appPassword,
            dbInstanceReleaseProtection: cluster.protect,
            ...backups,
            tags: (0, naming_ts_1.namedTags)(cluster, name),
        }, this.durable(cluster));
    }
}
exports.ManagedDatabase = ManagedDatabase;
/** Three zones, one for each of its nodes, or one for all. */
function homes({ network }, mappings) {
    const places = [0, 1, 2].map((member) => (0, network_ts_1.memberZone)(network, member));
    const [first, second, third] = places.map((place) => mappings[place]);
    if (first === undefined)
        throw new Error("a network has at least one zone");
    const { zoneId, vswitchId } = first;
    const spread = new Set(places).size === places.length;
    if (!spread || second === undefined || third === undefined)
        return { zoneId, vswitchId };
    return { zoneId, vswitchId, secondaryZoneId: second.zoneId, hiddenZoneId: third.zoneId };
}
/** Primary and secondary; the hidden node has no address. By name: a secondary that took over must not be another URL. */
const toHosts = (nodes) => nodes
    .map(({ connectionDomain, connectionPort }) => `${connectionDomain}:${connectionPort}`)
    .sort()
    .join(",");
/** Storage is sold by the ten. */
const storageStepGiB = 10;
function checkManaged({ database }) {
    if (database.kind !== "managed" || database.diskGiB % storageStepGiB === 0)
        return [];
    const next = Math.ceil(database.diskGiB / storageStepGiB) * storageStepGiB;
    const fix = `Set it with: pulumi config set --path ams:database.diskGiB ${next}`;
    return [
        (0, contract_ts_1.unsupported)("ams:database.diskGiB", database.diskGiB, "alibaba", "tens of GiB for ApsaraDB for MongoDB", fix),
    ];
}
