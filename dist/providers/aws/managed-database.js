"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", { value: true });
exports.ManagedDatabase = void 0;
const cluster_js_1 = require("@pulumi/aws/docdb/cluster.js");
const clusterInstance_js_1 = require("@pulumi/aws/docdb/clusterInstance.js");
const clusterParameterGroup_js_1 = require("@pulumi/aws/docdb/clusterParameterGroup.js");
const subnetGroup_js_1 = require("@pulumi/aws/docdb/subnetGroup.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const firewall_ts_1 = require("../../model/firewall.js");
const naming_ts_1 = require("../../model/naming.js");
const existing_ts_1 = require("../existing.js");
const part_ts_1 = require("../part.js");
const instance_types_ts_1 = require("./instance-types.js");
const network_ts_1 = require("./network.js");
/** One that writes and one that takes over; the storage below them has six copies over three zones anyway. */
const instances = 2;
/** Days that a point in time can be restored from. */
const backupRetentionPeriod = 7;
/**
 * Amazon DocumentDB with MongoDB 5.0's protocol, in the private subnets.
 *
 * What AMS can do there: its vendor documents a cluster on DocumentDB (docs, "Scaling with AWS DocumentDB"). The URL needs
 * `retryWrites=false`, because DocumentDB has no retryable writes and drivers ask for them; AMS takes a `?` since 3.1.0
 * only. What it can't: DocumentDB is no MongoDB; operators such as $lookup with a pipeline, some index types and
 * collations are missing or differ. Whether each of AMS's own queries works there is unverified: no test here speaks to
 * DocumentDB, and the vendor publishes no list.
 *
 * TLS: the vendor's guide turns it off, since AMS then took no options in the URL and its Java doesn't trust Amazon's
 * authority for databases. Since AMS 3.1.0 only the trust is missing, so TLS is on once `ams:aws.documentDbCa` holds
 * that authority's certificate, and off without it: then the password still doesn't cross the network (SCRAM), but the
 * data do, within the VPC.
 */
class ManagedDatabase extends part_ts_1.Part {
    address;
    /** Host and port, without credentials. */
    endpoint;
    #cluster;
    constructor(cluster, database, settings, needs, parent) {
        super("Database", `${cluster.name}-database`, parent);
        this.#cluster = cluster;
        const { documentDbCa: ca } = settings;
        const service = this.#addCluster(database, ca !== undefined, needs);
        this.#addInstances(service, (0, instance_types_ts_1.managedType)(database, settings));
        this.endpoint = pulumi.interpolate `${service.endpoint}:${(0, firewall_ts_1.databasePort)(cluster)}`;
        const options = ca === undefined ? "" : "&tls=true";
        const hosts = pulumi.interpolate `${this.endpoint}/?replicaSet=rs0&retryWrites=false${options}`;
        this.address = { hosts, ...(ca === undefined ? {} : { ca }) };
        this.registerOutputs();
    }
    get #name() {
        return `${this.#cluster.name}-database`;
    }
    get #tags() {
        return (0, naming_ts_1.namedTags)(this.#cluster, this.#name);
    }
    #addCluster(database, tls, { network, firewall, secrets }) {
        const subnets = new subnetGroup_js_1.SubnetGroup(this.#name, { subnetIds: [...network.subnetIds("database")], tags: this.#tags }, this.child());
        const { appPassword } = secrets.credentials;
        if (appPassword === undefined)
            throw new Error("a managed database has a password");
        return new cluster_js_1.Cluster(this.#name, {
            engine: "docdb",
            engineVersion: `${database.version}.0`,
            masterUsername: naming_ts_1.databaseUser,
            masterPassword: appPassword,
            port: (0, firewall_ts_1.databasePort)(this.#cluster),
            dbSubnetGroupName: subnets.name,
            dbClusterParameterGroupName: this.#addParameters(database, tls).name,
            vpcSecurityGroupIds: firewall.idsOf("database"),
            storageEncrypted: true,
            ...(0, existing_ts_1.ownKey)(this.#cluster),
            deletionProtection: this.#cluster.protect,
            backupRetentionPeriod,
            skipFinalSnapshot: false,
            // A generation's last state keeps its name to itself.
            finalSnapshotIdentifier: `${this.#name}-final-${this.#cluster.generation}`,
            enabledCloudwatchLogsExports: ["audit"],
            // A new password is in the machines' secret at once, so it has to be here too.
            applyImmediately: true,
            tags: this.#tags,
        }, this.durable(this.#cluster, { dependsOn: [firewall] }));
    }
    #addParameters({ version }, tls) {
        return new clusterParameterGroup_js_1.ClusterParameterGroup(this.#name, {
            family: `docdb${version}`,
            description: `Ant Media Server cluster ${this.#cluster.name}`,
            parameters: [
                { name: "tls", value: tls ? "enabled" : "disabled", applyMethod: "pending-reboot" },
                { name: "audit_logs", value: "enabled", applyMethod: "pending-reboot" },
            ],
            tags: this.#tags,
        }, this.child());
    }
    #addInstances(service, instanceClass) {
        const { zones } = this.#cluster.network;
        zones.slice(0, instances).forEach((zone, index) => {
            const name = `${this.#name}-${index + 1}`;
            new clusterInstance_js_1.ClusterInstance(name, {
                clusterIdentifier: service.id,
                instanceClass,
                availabilityZone: (0, network_ts_1.zoneName)(this.#cluster, zone),
                copyTagsToSnapshot: true,
                applyImmediately: true,
                tags: (0, naming_ts_1.namedTags)(this.#cluster, name),
            }, this.child());
        });
    }
}
exports.ManagedDatabase = ManagedDatabase;
