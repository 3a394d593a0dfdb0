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
exports.certificateHome = exports.Certificate = void 0;
exports.checkCertificate = checkCertificate;
const node_crypto_1 = require("node:crypto");
const serviceCertificate_js_1 = require("@pulumi/alicloud/cas/serviceCertificate.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const balancer_ts_1 = require("../../model/balancer.js");
const fault_ts_1 = require("../../model/fault.js");
const naming_ts_1 = require("../../model/naming.js");
const contract_ts_1 = require("../contract.js");
const part_ts_1 = require("../part.js");
const handles_ts_1 = require("../handles.js");
const handle_ts_1 = require("../../model/handle.js");
/** What HTTPS listeners show. The part is there for an existing certificate too, so that both clouds' trees are equal. */
class Certificate extends part_ts_1.Part {
    /** The certificate's number and its home, as listeners want it. */
    id;
    constructor(cluster, given, parent) {
        super("Certificate", `${cluster.name}-certificate`, parent);
        this.id = this.#idOf(cluster, given);
        this.registerOutputs();
    }
    #idOf(cluster, given) {
        const { certificate } = cluster;
        if (certificate.source === "existing")
            return (0, handles_ts_1.inputOf)(certificate.id);
        if (certificate.source !== "uploaded" || given.certificateKey === undefined) {
            throw new Error(`a certificate with source ${certificate.source} was let through`);
        }
        const name = `${cluster.name}-certificate`;
        // Unlike an existing one it is replaced for a new text, beside the old one, and a name is given once.
        const print = (0, node_crypto_1.createHash)("sha256").update(certificate.pem).digest("hex").slice(0, 8);
        const uploaded = new serviceCertificate_js_1.ServiceCertificate(name, {
            certificateName: `${name}-${print}`,
            cert: certificate.pem,
            key: given.certificateKey,
            tags: (0, naming_ts_1.namedTags)(cluster, name),
        }, this.child());
        return pulumi.interpolate `${uploaded.id}-${(0, exports.certificateHome)(cluster.region)}`;
    }
}
exports.Certificate = Certificate;
/**
 * Certificate Management Service has two homes, one for the Chinese mainland and one for all other regions; an id's
 * suffix names the home, whatever the listener's region (certimate issues 827 and 1283).
 */
const certificateHome = (region) => region.startsWith("cn-") && region !== "cn-hongkong" ? "cn-hangzhou" : "ap-southeast-1";
exports.certificateHome = certificateHome;
const set = (path, value) => `Set it with: pulumi config set --path ${path} ${value}`;
/** This cloud issues none by itself, and knows one by its number and its home. */
function checkCertificate(cluster) {
    const { certificate, region } = cluster;
    // Proxies need none of this cloud's: they get one from an authority themselves.
    if ((0, balancer_ts_1.proxyOf)(cluster) !== undefined)
        return [];
    if (certificate.source === "issued") {
        const fix = `${set("ams:certificate.source", "existing")} (and ams:certificate.id), or ams:balancer.kind haproxy or nginx, which get one themselves`;
        return [(0, contract_ts_1.unsupported)("ams:certificate.source", "issued", "alibaba", "existing with id, or uploaded with pem,", fix)];
    }
    if (certificate.source !== "existing" || !(0, handle_ts_1.isKnown)(certificate.id))
        return [];
    const { id } = certificate;
    const homes = [...new Set([(0, exports.certificateHome)(region), region])];
    if (homes.some((home) => new RegExp(`^\\d+-${home}$`).test(id)))
        return [];
    return [
        {
            path: "ams:certificate.id",
            got: (0, fault_ts_1.show)(id),
            allowed: `a certificate's number in Certificate Management Service and its home: 12345678-${(0, exports.certificateHome)(region)}`,
            fix: set("ams:certificate.id", `NUMBER-${(0, exports.certificateHome)(region)}`),
        },
    ];
}
