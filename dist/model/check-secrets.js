"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.checkUnusedSecrets = checkUnusedSecrets;
/** A secret that nothing would read is a mistake about what it belongs to. */
function checkUnusedSecrets(parts, secrets) {
    const { certificate, media, database, mode } = parts;
    const unused = (key, isUsed, owner) => key in secrets && !isUsed ? [fault(key, owner)] : [];
    return [
        ...unused("certificateKey", certificate?.source === "uploaded" || certificate === undefined, "ams:certificate.source uploaded"),
        ...unused("licenceKey", media?.licence === "key" || media === undefined, "ams:media.licence key"),
        // A lone machine's database settings wait for the way back.
        ...unused("databaseTlsKey", database === undefined || mode === "standalone" || hasTls(database), "ams:database.tls"),
    ];
}
const hasTls = (database) => "tls" in database && database.tls !== undefined;
const fault = (key, owner) => ({
    path: `ams:${key}`,
    got: `a secret that nothing reads without ${owner}`,
    allowed: `one together with ${owner}`,
    fix: `Set that too, or remove the secret: pulumi config rm ams:${key}`,
});
