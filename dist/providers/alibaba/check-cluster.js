"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.checkStore = void 0;
exports.checkCluster = checkCluster;
const balancer_ts_1 = require("../../model/balancer.js");
const database_ts_1 = require("../../model/database.js");
const fault_ts_1 = require("../../model/fault.js");
const subnet_room_ts_1 = require("../../model/subnet-room.js");
const certificate_ts_1 = require("./certificate.js");
const check_groups_ts_1 = require("./check-groups.js");
const check_names_ts_1 = require("./check-names.js");
const existing_ts_1 = require("./existing.js");
const managed_database_ts_1 = require("./managed-database.js");
/** What the neutral fields ask for that this cloud can't do, or not in this form. */
function checkCluster(cluster) {
    return [
        ...(0, subnet_room_ts_1.checkAddresses)(cluster),
        ...(0, existing_ts_1.checkExisting)(cluster),
        ...(0, certificate_ts_1.checkCertificate)(cluster),
        ...(0, managed_database_ts_1.checkManaged)(cluster),
        ...(0, check_groups_ts_1.checkGroups)(cluster),
        ...(0, check_names_ts_1.checkTags)(cluster),
    ];
}
/** What the store of the machines' secrets needs, and what it can hold. */
const checkStore = (settings, cluster, texts) => [
    ...checkKms(settings, cluster),
    ...checkLengths(settings, cluster, texts),
];
exports.checkStore = checkStore;
/** A KMS instance of one's own goes with the store that needs it. */
function checkKms({ secretStore, kms }, { region }) {
    if ((secretStore === "kms") === (kms !== undefined))
        return [];
    return [
        {
            path: "ams:alibaba.kms",
            got: (0, fault_ts_1.show)(kms),
            allowed: secretStore === "kms"
                ? `instanceId and keyId of your KMS instance in ${region}, which secretStore kms needs`
                : "nothing while secretStore is oos",
            fix: "Set both, or neither: pulumi config set --path ams:alibaba.secretStore kms",
        },
    ];
}
/** Characters of a parameter's value (OOS, CreateSecretParameter). */
const longestParameter = 4096;
function contents(cluster, texts) {
    const { certificate } = cluster;
    const tls = (0, database_ts_1.ownDatabase)(cluster)?.tls;
    const uploaded = (0, balancer_ts_1.proxyOf)(cluster) !== undefined && certificate.source === "uploaded";
    const url = cluster.database.kind === "external" ? texts["databaseUrl"] : undefined;
    return [
        ...(uploaded
            ? [{ path: "ams:certificate.pem", of: "proxies", given: [certificate.pem, texts["certificateKey"]], room: 150 }]
            : []),
        ...(tls === undefined
            ? []
            : [
                {
                    path: "ams:database.tls",
                    of: "database's machines",
                    given: [tls.pem, tls.ca, texts["databaseTlsKey"]],
                    // Two passwords and MongoDB's key file of 512 characters.
                    room: 800,
                },
            ]),
        {
            path: url === undefined ? "ams:database.tls.ca" : "ams:databaseUrl",
            of: "media machines",
            given: [url, tls?.ca],
            room: 1200,
        },
    ];
}
/** An OOS parameter is short: a chain of certificates with an RSA key is more than it takes. */
function checkLengths({ secretStore }, cluster, texts) {
    if (secretStore !== "oos")
        return [];
    return contents(cluster, texts).flatMap(({ path, of, given, room }) => {
        const known = given.filter((text) => text !== undefined);
        const length = room + JSON.stringify(known).length;
        if (length <= longestParameter)
            return [];
        return [
            {
                path,
                got: `some ${length} characters in the secret of the ${of}`,
                allowed: `at most ${longestParameter} in a parameter of OOS`,
                fix: "Take an EC key and as few authorities as clients need, or a KMS instance of yours: pulumi config set --path ams:alibaba.secretStore kms (and ams:alibaba.kms)",
            },
        ];
    });
}
