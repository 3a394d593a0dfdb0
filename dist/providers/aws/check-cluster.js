"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.checkCluster = checkCluster;
const check_media_ts_1 = require("../../model/check-media.js");
const fault_ts_1 = require("../../model/fault.js");
const partitions_ts_1 = require("../../model/partitions.js");
const release_ts_1 = require("../../model/release.js");
const subnet_room_ts_1 = require("../../model/subnet-room.js");
const contract_ts_1 = require("../contract.js");
const check_groups_ts_1 = require("./check-groups.js");
const check_names_ts_1 = require("./check-names.js");
const existing_ts_1 = require("./existing.js");
const handle_ts_1 = require("../../model/handle.js");
/** What the neutral fields ask for that this cloud can't do, or not in this form. */
function checkCluster(cluster) {
    return [
        ...(0, subnet_room_ts_1.checkAddresses)(cluster),
        ...(0, existing_ts_1.checkExisting)(cluster),
        ...checkCertificate(cluster),
        ...checkSshKey(cluster),
        ...checkManaged(cluster),
        ...(0, check_groups_ts_1.checkGroups)(cluster),
        ...(0, check_names_ts_1.checkNames)(cluster),
    ];
}
function checkSshKey({ access: { sshPublicKey } }) {
    if (sshPublicKey === undefined || !(0, handle_ts_1.isKnown)(sshPublicKey) || /^ssh-(rsa|ed25519) /.test(sshPublicKey))
        return [];
    const fix = "Make one with: ssh-keygen -t ed25519, and set ams:access.sshPublicKey to its public half";
    return [(0, contract_ts_1.unsupported)("ams:access.sshPublicKey", sshPublicKey, "aws", "an RSA or ED25519 key", fix)];
}
/** An existing certificate is named by an ARN, and a balancer takes those of its own region only. */
function checkCertificate({ certificate, region }) {
    if (certificate.source !== "existing" || !(0, handle_ts_1.isKnown)(certificate.id))
        return [];
    const place = `arn:${(0, partitions_ts_1.partitionOf)(region).id}:acm:${region}`;
    if (new RegExp(`^${place}:\\d{12}:certificate/[0-9a-f-]{36}$`).test(certificate.id))
        return [];
    return [
        {
            path: "ams:certificate.id",
            got: (0, fault_ts_1.show)(certificate.id),
            allowed: `the ARN of an ACM certificate in ${region}: ${place}:<account>:certificate/<id>`,
            fix: "Set it with: pulumi config set --path ams:certificate.id ARN, or ams:certificate.source issued",
        },
    ];
}
/**
 * AWS's regions that are not in the service's list (DocumentDB's developer guide, "Region availability",
 * docs.aws.amazon.com/documentdb/latest/developerguide/regions-and-azs.html): a newer region is let through.
 */
const withoutDocumentDb = [
    ...["us-west-1", "ca-west-1", "eu-central-2", "me-south-1"],
    ...["ap-east-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-6"],
];
/** DocumentDB has a protocol version, a URL and names of its own. */
function checkManaged({ database, region, media, name }) {
    if (database.kind !== "managed")
        return [];
    const refuse = (path, got, allowed, fix) => (0, contract_ts_1.unsupported)(path, got, "aws", allowed, fix);
    const faults = [];
    if (withoutDocumentDb.includes(region)) {
        const fix = "Set it with: pulumi config set --path ams:database.kind replica-set";
        faults.push(refuse("ams:database.kind", database.kind, `another kind in ${region}, which has no DocumentDB,`, fix));
    }
    if (database.version !== "5.0") {
        const fix = "Set it with: pulumi config set --path ams:database.version 5.0";
        faults.push(refuse("ams:database.version", database.version, "5.0, DocumentDB's,", fix));
    }
    if (!(0, release_ts_1.isAtLeast)(media.version, check_media_ts_1.urlOptionsSince)) {
        const allowed = `AMS ${check_media_ts_1.urlOptionsSince} and newer for DocumentDB, whose URL needs ?retryWrites=false,`;
        faults.push(refuse("ams:media.version", media.version, allowed, "Pin a newer image and set ams:media.version"));
    }
    if (name.includes("--")) {
        const fix = "Set another one with: pulumi config set ams:name NAME";
        faults.push(refuse("ams:name", name, "single dashes for DocumentDB's identifiers", fix));
    }
    return faults;
}
