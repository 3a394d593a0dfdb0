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
exports.AccessLogs = void 0;
const flowLog_js_1 = require("@pulumi/alicloud/vpc/flowLog.js");
const pulumi = __importStar(require("@pulumi/pulumi"));
const balancer_ts_1 = require("../../model/balancer.js");
const naming_ts_1 = require("../../model/naming.js");
const part_ts_1 = require("../part.js");
const logs_ts_1 = require("./logs.js");
const handles_ts_1 = require("../handles.js");
/** Who called: the application balancer's requests, and what the network's rules turned away. */
class AccessLogs extends part_ts_1.Part {
    /** There only with an application balancer: the network balancer has a log in its console alone. */
    requests;
    #cluster;
    #project;
    /** `project`: where the machines write; an existing one goes before it. */
    constructor(cluster, network, project, parent) {
        super("Logs", `${cluster.name}-logs`, parent);
        this.#cluster = cluster;
        this.#project = cluster.logs.bucket === undefined ? project : pulumi.output((0, handles_ts_1.inputOf)(cluster.logs.bucket));
        if ((0, balancer_ts_1.proxyOf)(cluster) === undefined)
            this.requests = this.#addStore("requests");
        if (cluster.network.existing === undefined)
            this.#addFlowLog(network, this.#addStore("flows"));
        this.registerOutputs();
    }
    #name(key) {
        return `${this.#cluster.name}-logs-${key}`;
    }
    /** Named after the cluster: an existing project may hold those of several. */
    #addStore(key) {
        const { name, logs } = this.#cluster;
        const store = `${name}-${key}`;
        const made = (0, logs_ts_1.addStore)(this, this.#name(key), { project: this.#project, store, days: logs.retentionDays });
        return { project: this.#project, store: made.logstoreName.apply((text) => text ?? "") };
    }
    /** What was refused: what was let in is as much as the audience, and stands in the balancer's and nodes' own logs. */
    #addFlowLog({ vpcId }, { project, store }) {
        const name = this.#name("flows");
        new flowLog_js_1.FlowLog(name, {
            flowLogName: name,
            description: `What the rules of ${this.#cluster.name} turned away`,
            resourceType: "VPC",
            resourceId: vpcId,
            trafficType: "Drop",
            trafficPaths: ["all"],
            projectName: project,
            logStoreName: store,
            tags: (0, naming_ts_1.namedTags)(this.#cluster, name),
        }, 
        // A network has one flow log: the late delete of a former one would end it.
        this.child({ deleteBeforeReplace: true }));
    }
}
exports.AccessLogs = AccessLogs;
