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
const record_js_1 = require("@pulumi/aws/route53/record.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const addresses_ts_1 = require("../addresses.js");
const part_ts_1 = require("../part.js");
const handles_ts_1 = require("../handles.js");
/** Names for the balancers: alias records in Route 53, or the records that a person has to add elsewhere. */
class Dns extends part_ts_1.Part {
    recordsToAdd;
    constructor(cluster, domain, settings, balancer, parent) {
        const name = `${cluster.name}-dns`;
        super("Dns", name, parent);
        const names = [
            [name, domain.name, balancer.web],
            ...(balancer.stream === undefined ? [] : [[`${name}-rtmp`, (0, addresses_ts_1.streamName)(domain), balancer.stream]]),
        ];
        const external = domain.dns === "external" ? names : [];
        this.recordsToAdd = pulumi.output(external.map(([, host, elb]) => ({ name: host, type: (0, addresses_ts_1.recordType)(domain, host), value: elb.dnsName })));
        const { hostedZoneId } = settings;
        if (domain.dns === "managed" && hostedZoneId !== undefined) {
            for (const [key, host, elb] of names)
                this.#addAlias(key, host, elb, (0, handles_ts_1.inputOf)(hostedZoneId));
        }
        this.registerOutputs();
    }
    #addAlias(key, name, elb, zoneId) {
        const aliases = [{ name: elb.dnsName, zoneId: elb.zoneId, evaluateTargetHealth: true }];
        new record_js_1.Record(key, { zoneId, name, type: "A", aliases }, this.child());
    }
}
exports.Dns = Dns;
