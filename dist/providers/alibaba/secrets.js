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
exports.Secrets = void 0;
const node_crypto_1 = require("node:crypto");
const ecsKeyPair_js_1 = require("@pulumi/alicloud/ecs/ecsKeyPair.js");
const secret_js_1 = require("@pulumi/alicloud/kms/secret.js");
const secretParameter_js_1 = require("@pulumi/alicloud/oos/secretParameter.js");
const policy_js_1 = require("@pulumi/alicloud/ram/policy.js");
const role_js_1 = require("@pulumi/alicloud/ram/role.js");
const rolePolicyAttachment_js_1 = require("@pulumi/alicloud/ram/rolePolicyAttachment.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const balancer_ts_1 = require("../../model/balancer.js");
const cluster_ts_1 = require("../../model/cluster.js");
const database_ts_1 = require("../../model/database.js");
const naming_ts_1 = require("../../model/naming.js");
const generated_ts_1 = require("../generated.js");
const part_ts_1 = require("../part.js");
const print_ts_1 = require("../print.js");
const logs_ts_1 = require("./logs.js");
const permissions_ts_1 = require("./permissions.js");
const handles_ts_1 = require("../handles.js");
const recoveryWindowInDays = 7;
const ecsMayAssume = JSON.stringify({
    Version: "1",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: ["ecs.aliyuncs.com"] } }],
});
/**
 * The machines' secrets, a RAM role for each group of machines, and the administrators' SSH key. The
 * media machines' secret holds the database's URL: `storeMedia` writes it once a database that the cloud runs has its
 * address.
 */
class Secrets extends part_ts_1.Part {
    credentials;
    /** There only with `access.sshPublicKey`. */
    keyPairName;
    logProject;
    #cluster;
    #settings;
    #given;
    #roles;
    constructor(cluster, settings, given, parent) {
        super("Secrets", `${cluster.name}-secrets`, parent);
        this.#cluster = cluster;
        this.#settings = settings;
        this.#given = given;
        this.credentials = (0, generated_ts_1.credentials)(this, cluster, given);
        this.#roles = new Map([
            ...(0, cluster_ts_1.groupsOf)(cluster).map(({ role }) => [role, this.#addRole(role)]),
            ...((0, database_ts_1.ownDatabase)(cluster) === undefined ? [] : [["database", this.#addDatabaseRole()]]),
            ...((0, balancer_ts_1.proxyOf)(cluster) === undefined ? [] : [["proxy", this.#addProxyRole()]]),
        ]);
        this.logProject = (0, logs_ts_1.addLog)(this, cluster, this.roleOf("origin").arn);
        if (cluster.access.sshPublicKey !== undefined) {
            this.keyPairName = this.#addKeyPair((0, handles_ts_1.inputOf)(cluster.access.sshPublicKey)).keyPairName;
        }
        this.registerOutputs();
    }
    /** Role of a group's machines. Throws for machines that the cluster doesn't have. */
    roleOf(role) {
        const found = this.#roles.get(role);
        if (found === undefined)
            throw new Error(`no ${role} machines, no role`);
        return found;
    }
    /** What the media machines read, and wait for, with what only other parts know. */
    storeMedia(places) {
        return this.#store("media", (0, generated_ts_1.mediaText)(this.#cluster, this.#given, this.credentials, places));
    }
    #addDatabaseRole() {
        const secret = this.#store("database", (0, generated_ts_1.databaseText)(this.#cluster, this.#given, this.credentials));
        const role = this.#addRole("database");
        return { ...role, ready: [secret, ...role.ready] };
    }
    #addProxyRole() {
        const secret = this.#store("proxy", (0, generated_ts_1.proxyText)(this.#cluster, this.#given, this.credentials));
        const role = this.#addRole("proxy");
        return {
            ...role,
            ready: [secret, ...((0, balancer_ts_1.proxiesRenew)(this.#cluster) ? [this.#addCertificate()] : []), ...role.ready],
        };
    }
    /**
     * Empty for the proxies to fill. An update of a parameter sends its value along whatever changes, and so the one that
     * the stack last saw (provider, oos_secret_parameter): nothing of it is ever updated.
     */
    #addCertificate() {
        const ignoreChanges = ["value", "description", "tags", "secretData", "versionId"];
        return this.#store("certificate", pulumi.secret("{}"), { ignoreChanges });
    }
    #store(reader, text, options = {}) {
        return this.#settings.kms === undefined
            ? this.#addParameter(reader, text, options)
            : this.#addSecret(reader, text, options);
    }
    #addRole(of) {
        const name = `${this.#cluster.name}-secrets-${of}`;
        // RAM has no regions, so the name has to tell the same cluster's roles of two regions apart.
        const physicalName = `${this.#cluster.name}-${of}-${this.#cluster.region}`;
        const tags = (0, naming_ts_1.namedTags)(this.#cluster, name);
        const role = new role_js_1.Role(name, {
            roleName: physicalName,
            description: `What the ${of} machines of ${this.#cluster.name} may do`,
            assumeRolePolicyDocument: ecsMayAssume,
            tags,
        }, this.child());
        const policy = new policy_js_1.Policy(name, {
            policyName: physicalName,
            description: `What the ${of} machines of ${this.#cluster.name} may do`,
            policyDocument: (0, permissions_ts_1.permissions)(this.#cluster, this.#settings, of),
            rotateStrategy: "DeleteOldestNonDefaultVersionWhenLimitExceeded",
            tags,
        }, this.child());
        const granted = new rolePolicyAttachment_js_1.RolePolicyAttachment(name, { roleName: role.roleName, policyName: policy.policyName, policyType: "Custom" }, this.child());
        return { name: role.roleName, arn: role.arn, ready: [granted] };
    }
    #addParameter(reader, text, options) {
        const name = `${this.#cluster.name}-secrets-${reader}`;
        return new secretParameter_js_1.SecretParameter(name, {
            // Fixed: the machines ask for it by name.
            secretParameterName: (0, naming_ts_1.secretName)(this.#cluster, reader),
            type: "Secret",
            value: text,
            description: (0, generated_ts_1.secretDescription)(this.#cluster, reader),
            tags: (0, naming_ts_1.namedTags)(this.#cluster, name),
        }, this.durable(this.#cluster, options));
    }
    #addSecret(reader, text, options) {
        const name = `${this.#cluster.name}-secrets-${reader}`;
        const { kms } = this.#settings;
        return new secret_js_1.Secret(name, {
            secretName: (0, naming_ts_1.secretName)(this.#cluster, reader),
            secretType: "Generic",
            secretData: text,
            // A version's number is used once, so it has to change with the text.
            versionId: text.apply((value) => (0, node_crypto_1.createHash)("sha256").update(value).digest("hex").slice(0, 32)),
            ...(kms === undefined ? {} : { dkmsInstanceId: kms.instanceId, encryptionKeyId: kms.keyId }),
            recoveryWindowInDays,
            description: (0, generated_ts_1.secretDescription)(this.#cluster, reader),
            tags: (0, naming_ts_1.namedTags)(this.#cluster, name),
        }, this.durable(this.#cluster, options));
    }
    /** The provider can't change a pair's key, so the name follows the key and another key makes another pair. */
    #addKeyPair(publicKey) {
        const name = `${this.#cluster.name}-secrets-ssh`;
        const tags = (0, naming_ts_1.namedTags)(this.#cluster, name);
        const keyPairName = pulumi.output(publicKey).apply((key) => `${name}-${(0, print_ts_1.print)(key)}`);
        return new ecsKeyPair_js_1.EcsKeyPair(name, { keyPairName, publicKey, tags }, this.child());
    }
}
exports.Secrets = Secrets;
