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
exports.Certificate = void 0;
const certificate_js_1 = require("@pulumi/aws/acm/certificate.js");
const certificateValidation_js_1 = require("@pulumi/aws/acm/certificateValidation.js");
const record_js_1 = require("@pulumi/aws/route53/record.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const cluster_ts_1 = require("../../model/cluster.js");
const naming_ts_1 = require("../../model/naming.js");
const part_ts_1 = require("../part.js");
const handles_ts_1 = require("../handles.js");
/** An ACM certificate that is ready for a listener. */
class Certificate extends part_ts_1.Part {
    arn;
    /** What a person has to add so that ACM may issue the certificate; empty when Route 53 is ours or nothing is issued. */
    recordsToAdd;
    #cluster;
    constructor(cluster, settings, given, parent) {
        super("Certificate", `${cluster.name}-certificate`, parent);
        this.#cluster = cluster;
        const made = this.#make(cluster.certificate, settings, given);
        this.arn = made.arn;
        this.recordsToAdd = made.recordsToAdd ?? pulumi.output([]);
        this.registerOutputs();
    }
    get #name() {
        return `${this.#cluster.name}-certificate`;
    }
    #make(source, settings, given) {
        switch (source.source) {
            case "issued":
                return this.#issue(settings);
            case "uploaded":
                return { arn: this.#import(source.pem, given).arn };
            case "existing":
                return { arn: pulumi.output((0, handles_ts_1.inputOf)(source.id)) };
            case "none":
                throw new Error("a cluster without a certificate has no Certificate part");
            default:
                return (0, cluster_ts_1.assertNever)(source);
        }
    }
    #import(pem, given) {
        const [body, ...chain] = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
        return new certificate_js_1.Certificate(this.#name, {
            certificateBody: body,
            // ACM takes the certificate and those above it apart.
            ...(chain.length === 0 ? {} : { certificateChain: chain.join("\n") }),
            privateKey: given.certificateKey,
            tags: (0, naming_ts_1.namedTags)(this.#cluster, this.#name),
        }, this.child());
    }
    #issue({ hostedZoneId }) {
        const { domain } = this.#cluster;
        const certificate = new certificate_js_1.Certificate(this.#name, {
            domainName: domain?.name,
            validationMethod: "DNS",
            tags: (0, naming_ts_1.namedTags)(this.#cluster, this.#name),
        }, this.child());
        const proof = proofOf(certificate);
        if (domain?.dns === "managed" && hostedZoneId !== undefined) {
            const record = this.#addProof(proof, (0, handles_ts_1.inputOf)(hostedZoneId));
            return { arn: this.#validated(certificate, [record.fqdn]), recordsToAdd: pulumi.output([]) };
        }
        // The update waits for ACM, and ACM for the person: the record has to be seen before the outputs are.
        proof.apply(({ name, value }) => pulumi.log.info(`ACM issues and renews the certificate once this DNS record stands: ${name} CNAME ${value}`, certificate));
        return { arn: this.#validated(certificate), recordsToAdd: proof.apply((record) => [record]) };
    }
    #addProof(proof, zoneId) {
        const { name, type, value } = proof;
        // ACM asks an account for the same record again for the same name, so that one may be left of a former stack.
        const record = { zoneId, name, type, records: [value], ttl: 300, allowOverwrite: true };
        return new record_js_1.Record(`${this.#name}-proof`, record, this.child());
    }
    /** The ARN, once the certificate is issued: a listener refuses one that is still pending. */
    #validated(certificate, validationRecordFqdns) {
        const validation = new certificateValidation_js_1.CertificateValidation(this.#name, {
            certificateArn: certificate.arn,
            ...(validationRecordFqdns === undefined ? {} : { validationRecordFqdns }),
        }, this.child());
        return validation.certificateArn;
    }
}
exports.Certificate = Certificate;
/** One name, hence one record. */
function proofOf(certificate) {
    return certificate.domainValidationOptions.apply(([option]) => {
        if (option === undefined)
            throw new Error("ACM named no record that proves who owns the domain");
        return { name: option.resourceRecordName, type: "CNAME", value: option.resourceRecordValue };
    });
}
