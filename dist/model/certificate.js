"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.isIssuedBy = void 0;
exports.readCertificate = readCertificate;
exports.readWhole = readWhole;
const node_crypto_1 = require("node:crypto");
const node_module_1 = require("node:module");
const project_ts_1 = require("./project.js");
function readCertificate(pem) {
    try {
        return new node_crypto_1.X509Certificate(pem);
    }
    catch {
        return undefined;
    }
}
/** One certificate in PEM form with all that is asked of it; undefined where it can't be read. */
function readWhole(pem) {
    const certificate = readCertificate(pem);
    if (certificate === undefined)
        return undefined;
    return { certificate, selfSigned: (0, exports.isIssuedBy)(certificate, certificate), ...fromAsn1(certificate.raw) };
}
/** By name, key usage and signature. */
const isIssuedBy = (certificate, issuer) => certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
exports.isIssuedBy = isIssuedBy;
const [rsaPss, keyUsage] = ["1.2.840.113549.1.1.10", "2.5.29.15"];
const sha1 = "1.3.14.3.2.26";
function fromAsn1(raw) {
    // Loaded when a certificate is uploaded, and only then: most previews have none.
    const { Constructed, ObjectIdentifier, OctetString, BitString, fromBER } = (0, node_module_1.createRequire)((0, project_ts_1.projectFile)("package.json"))("asn1js");
    const partsOf = (block) => (block instanceof Constructed ? block.valueBlock.value : []);
    const oidOf = (block) => (block instanceof ObjectIdentifier ? block.valueBlock.toString() : "");
    const [body, algorithm] = partsOf(fromBER(new Uint8Array(raw)).result);
    const [oid, parameters] = partsOf(algorithm);
    const hash = partsOf(partsOf(parameters).find(({ idBlock }) => idBlock.tagNumber === 0))[0];
    const signature = oidOf(oid) === rsaPss ? oidOf(partsOf(hash)[0]) || sha1 : oidOf(oid);
    const tagged = partsOf(body).find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 3);
    const usage = partsOf(partsOf(tagged)[0]).find((extension) => oidOf(partsOf(extension)[0]) === keyUsage);
    const octets = partsOf(usage).at(-1);
    if (!(octets instanceof OctetString))
        return { signature };
    const bits = fromBER(new Uint8Array(octets.valueBlock.valueHexView)).result;
    return bits instanceof BitString ? { signature, keyUsage: bits.valueBlock.valueHexView[0] ?? 0 } : { signature };
}
