"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Secrets = void 0;
exports.mayAssume = mayAssume;
const keyPair_js_1 = require("@pulumi/aws/ec2/keyPair.js");
const instanceProfile_js_1 = require("@pulumi/aws/iam/instanceProfile.js");
const role_js_1 = require("@pulumi/aws/iam/role.js");
const rolePolicy_js_1 = require("@pulumi/aws/iam/rolePolicy.js");
const secret_js_1 = require("@pulumi/aws/secretsmanager/secret.js");
const secretVersion_js_1 = require("@pulumi/aws/secretsmanager/secretVersion.js");
const balancer_ts_1 = require("../../model/balancer.js");
const cluster_ts_1 = require("../../model/cluster.js");
const database_ts_1 = require("../../model/database.js");
const naming_ts_1 = require("../../model/naming.js");
const existing_ts_1 = require("../existing.js");
const generated_ts_1 = require("../generated.js");
const part_ts_1 = require("../part.js");
const logs_ts_1 = require("./logs.js");
const permissions_ts_1 = require("./permissions.js");
const handles_ts_1 = require("../handles.js");
const recoveryWindowInDays = 7;
/**
 * Who may act as a role: a service of AWS. Services have the same names in all partitions (AWS CDK, region-info) but EC2 in
 * China, where it takes roles under its own (user guide of AWS in China, "IAM").
 */
function mayAssume(cluster, service) {
    const suffix = service === "ec2" && (0, permissions_ts_1.partition)(cluster) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    const Principal = { Service: `${service}.${suffix}` };
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal }],
    });
}
/**
 * Secrets Manager's secrets, an instance profile for each group of machines, the log that they write and the SSH key if
 * any. The media machines' secret holds the database's URL: `storeMedia` writes it once a database
 * that AWS runs has its address.
 */
class Secrets extends part_ts_1.Part {
    credentials;
    /** There only with `access.sshPublicKey`. */
    keyPair;
    /** Number of the account, as the log's ARN has it. */
    account;
    #cluster;
    #given;
    #log;
    #mediaSecret;
    #profiles;
    constructor(cluster, given, parent) {
        super("Secrets", `${cluster.name}-secrets`, parent);
        this.#cluster = cluster;
        this.#given = given;
        this.credentials = (0, generated_ts_1.credentials)(this, cluster, given);
        this.#log = (0, logs_ts_1.addLog)(this, cluster);
        this.account = this.#log.arn.apply((arn) => arn.split(":")[4] ?? "");
        this.#mediaSecret = this.#addSecret("media");
        this.#profiles = new Map([
            ...(0, cluster_ts_1.groupsOf)(cluster).map(({ role }) => [role, this.#addProfile(role, this.#mediaSecret)]),
            ...((0, database_ts_1.ownDatabase)(cluster) === undefined ? [] : [["database", this.#addDatabaseProfile()]]),
            ...((0, balancer_ts_1.proxyOf)(cluster) === undefined ? [] : [["proxy", this.#addProxyProfile()]]),
        ]);
        const { sshPublicKey } = cluster.access;
        this.keyPair = sshPublicKey === undefined ? undefined : this.#addKeyPair((0, handles_ts_1.inputOf)(sshPublicKey));
        this.registerOutputs();
    }
    /** Profile of a group's machines. Throws for machines that the cluster doesn't have. */
    profileOf(role) {
        const found = this.#profiles.get(role);
        if (found === undefined)
            throw new Error(`no ${role} machines, no profile`);
        return found;
    }
    /** What the media machines read, with what only other parts know. */
    storeMedia(places) {
        this.#store("media", this.#mediaSecret, (0, generated_ts_1.mediaText)(this.#cluster, this.#given, this.credentials, places));
    }
    #addDatabaseProfile() {
        const secret = this.#addSecret("database");
        this.#store("database", secret, (0, generated_ts_1.databaseText)(this.#cluster, this.#given, this.credentials));
        return this.#addProfile("database", secret);
    }
    /** The certificate's secret has no version of ours: the proxies write all of them, which no update may undo. */
    #addProxyProfile() {
        const secret = this.#addSecret("proxy");
        this.#store("proxy", secret, (0, generated_ts_1.proxyText)(this.#cluster, this.#given, this.credentials));
        const certificate = (0, balancer_ts_1.proxiesRenew)(this.#cluster) ? this.#addSecret("certificate") : undefined;
        return this.#addProfile("proxy", secret, certificate);
    }
    #name(key) {
        return `${this.#cluster.name}-secrets-${key}`;
    }
    #addKeyPair(publicKey) {
        const name = this.#name("ssh");
        return new keyPair_js_1.KeyPair(name, { publicKey, tags: (0, naming_ts_1.namedTags)(this.#cluster, name) }, this.child());
    }
    #addProfile(of, secret, certificate) {
        const name = this.#name(of);
        const tags = (0, naming_ts_1.namedTags)(this.#cluster, name);
        const role = new role_js_1.Role(name, { assumeRolePolicy: mayAssume(this.#cluster, "ec2"), tags }, this.child());
        const arns = { secretArn: secret.arn, logGroupArn: this.#log.arn, certificateArn: certificate?.arn };
        const policy = (0, permissions_ts_1.permissions)(this.#cluster, of, arns);
        new rolePolicy_js_1.RolePolicy(name, { role: role.name, policy }, this.child());
        return new instanceProfile_js_1.InstanceProfile(name, { role: role.name, tags }, this.child());
    }
    #addSecret(reader) {
        const name = this.#name(reader);
        return new secret_js_1.Secret(name, {
            // Fixed: the machines ask for it by name.
            name: (0, naming_ts_1.secretName)(this.#cluster, reader),
            description: (0, generated_ts_1.secretDescription)(this.#cluster, reader),
            recoveryWindowInDays,
            ...(0, existing_ts_1.ownKey)(this.#cluster),
            tags: (0, naming_ts_1.namedTags)(this.#cluster, name),
        }, this.durable(this.#cluster));
    }
    #store(reader, secret, text) {
        new secretVersion_js_1.SecretVersion(this.#name(reader), { secretId: secret.id, secretString: text }, this.child());
    }
}
exports.Secrets = Secrets;
