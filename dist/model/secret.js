"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.valueAt = void 0;
exports.isPrivateKey = isPrivateKey;
exports.checkSecrets = checkSecrets;
const node_crypto_1 = require("node:crypto");
const cluster_ts_1 = require("./cluster.js");
const fault_ts_1 = require("./fault.js");
/** Form of each secret; a fault never repeats the value. */
const forms = {
    licenceKey: { holds: (value) => /^[A-Za-z0-9_-]{8,128}$/.test(value), allowed: "8 to 128 letters, digits, _ or -" },
    certificateKey: { holds: isPrivateKey, allowed: "one private key in PEM form, without a passphrase" },
    panelPassword: { holds: isPassword, allowed: "12 to 64 letters and digits" },
    // AMS's own scripts lose or refuse other characters on the way (Ant-Media-Server issues 5344 and 7923).
    databasePassword: { holds: isPassword, allowed: "12 to 64 letters and digits: AMS's scripts break on others" },
    // The same characters as AMS's own filter, less those that its scripts eat: $ * ( ) ; | < > \\ " ' and blanks.
    databaseUrl: {
        holds: (value) => /^mongodb(\+srv)?:\/\/[A-Za-z0-9._~%-]+:[A-Za-z0-9._~%-]+@[A-Za-z0-9.:,-]+(\/[A-Za-z0-9_-]*)?(\?[A-Za-z0-9_=&.,-]+)?$/.test(value),
        allowed: "mongodb://USER:PASSWORD@HOST:PORT,... or mongodb+srv://USER:PASSWORD@HOST/..., other characters percent-encoded",
    },
    databaseTlsKey: { holds: isPrivateKey, allowed: "one private key in PEM form, without a passphrase" },
};
const isSecretKey = (key) => cluster_ts_1.secretKeys.includes(key);
function isPassword(value) {
    return /^[A-Za-z0-9]{12,64}$/.test(value);
}
function isPrivateKey(value) {
    try {
        return (0, node_crypto_1.createPrivateKey)(value).type === "private";
    }
    catch {
        return false;
    }
}
/** Secrets in plain text, plain values in secret, and secrets without their form. */
function checkSecrets(raw) {
    const hidden = recognised(raw.values, "ams:");
    return [...secretsInPlain(raw), ...hidden, ...malformed(raw), ...plainInSecret(raw)];
}
/** A private key or a URL with a password, wherever it stands; the certificate's own check says more about its key. */
function recognised(value, path) {
    if (typeof value === "object" && value !== null) {
        const step = (key) => (0, fault_ts_1.stepInto)(path, Array.isArray(value) ? Number(key) : key);
        return Object.entries(value).flatMap(([key, part]) => (isTopSecret(path, key) ? [] : recognised(part, step(key))));
    }
    if (typeof value !== "string" || path === "ams:certificate.pem" || !(0, fault_ts_1.isSecretText)(value))
        return [];
    const allowed = `plain values; secrets are encrypted, under ${cluster_ts_1.secretKeys.join(", ")}`;
    const fix = `Take it for known to others, make a new one and remove this: pulumi config rm --path ${(0, fault_ts_1.shellWord)(path)}`;
    return [{ path, got: "a private key or a URL with a password, in plain text", allowed, fix }];
}
const isTopSecret = (path, key) => path === "ams:" && isSecretKey(key);
function secretsInPlain(raw) {
    return cluster_ts_1.secretKeys
        .filter((key) => raw.values[key] !== undefined)
        .map((key) => ({
        path: `ams:${key}`,
        got: "plain text",
        allowed: "an encrypted value",
        fix: `Take it for known to others, make a new one and set it with: pulumi config set --secret ams:${key}`,
    }));
}
function malformed(raw) {
    return cluster_ts_1.secretKeys.flatMap((key) => {
        const value = raw.secrets[key];
        if (value === undefined || forms[key].holds(value))
            return [];
        const fix = `Set it with: pulumi config set --secret ams:${key}`;
        return [
            {
                path: `ams:${key}`,
                got: `a secret of ${value.length} characters with another form`,
                allowed: forms[key].allowed,
                fix,
            },
        ];
    });
}
function plainInSecret(raw) {
    return Object.keys(raw.secrets)
        .filter((key) => !isSecretKey(key))
        .map((key) => ({
        path: (0, fault_ts_1.stepInto)("ams:", key),
        got: "an encrypted value",
        allowed: `plain values; only ${cluster_ts_1.secretKeys.join(", ")} are secrets`,
        fix: `Set it again without --secret: pulumi config rm ${(0, fault_ts_1.shellWord)(`ams:${(0, fault_ts_1.printable)((0, fault_ts_1.shownKey)(key))}`)}, then pulumi config set`,
    }));
}
const valueAt = (value, key) => typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
exports.valueAt = valueAt;
