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
exports.Dns = void 0;
const alidnsRecord_js_1 = require("@pulumi/alicloud/dns/alidnsRecord.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const addresses_ts_1 = require("../addresses.js");
const part_ts_1 = require("../part.js");
/** What the free edition of Alibaba Cloud DNS allows at least. */
const ttlSeconds = 600;
/** The service's names: records in Alibaba Cloud DNS, or what a person has to add elsewhere. */
class Dns extends part_ts_1.Part {
    recordsToAdd;
    constructor(cluster, domain, balancer, parent) {
        super("Dns", `${cluster.name}-dns`, parent);
        const wanted = aliases(domain, balancer);
        if (domain.dns === "managed")
            for (const alias of wanted)
                this.#addRecord(cluster, domain, alias);
        this.recordsToAdd = domain.dns === "managed" ? [] : pulumi.all(wanted.map((alias) => toRecord(domain, alias)));
        this.registerOutputs();
    }
    #addRecord({ name }, { zone }, alias) {
        new alidnsRecord_js_1.AlidnsRecord(`${name}-dns-${alias.key}`, {
            domainName: zone,
            rr: alias.name === zone ? "@" : alias.name.slice(0, -zone.length - 1),
            type: "CNAME",
            value: alias.host,
            ttl: ttlSeconds,
        }, this.child());
    }
}
exports.Dns = Dns;
function aliases(domain, { webHost, streamHost }) {
    const web = { key: "web", name: domain.name, host: webHost };
    return streamHost === undefined ? [web] : [web, { key: "stream", name: (0, addresses_ts_1.streamName)(domain), host: streamHost }];
}
const toRecord = (domain, { name, host }) => host.apply((value) => ({ name, type: (0, addresses_ts_1.recordType)(domain, name), value }));
