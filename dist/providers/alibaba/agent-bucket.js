"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.AgentBucket = void 0;
const bucketObject_js_1 = require("@pulumi/alicloud/oss/bucketObject.js");
const index_ts_1 = require("../../machine/index.js");
const naming_ts_1 = require("../../model/naming.js");
const part_ts_1 = require("../part.js");
const storage_ts_1 = require("./storage.js");
/** The bucket that the machines fetch their agent from, and an object for each agent of this release. */
class AgentBucket extends part_ts_1.Part {
    /** What a template waits for, so that none names an agent that is not there. */
    ready;
    /** `arn` has the account's number in it: all accounts share the names of buckets. */
    constructor(cluster, arn, parent) {
        super("Agent", `${cluster.name}-agent`, parent);
        const name = `${cluster.name}-agent`;
        const physicalName = arn.apply((text) => `${(0, naming_ts_1.agentBucket)(cluster)}-${text.split(":")[3] ?? ""}`);
        const { bucket, closed } = (0, storage_ts_1.addPrivateBucket)(this, cluster, name, { bucket: physicalName, ofStack: true });
        this.ready = [...(0, index_ts_1.archives)(cluster)].map(([kind, archive]) => new bucketObject_js_1.BucketObject(`${name}-${kind}`, { bucket: bucket.id, key: (0, index_ts_1.archiveKey)(archive), content: archive.text, contentType: "application/json" }, 
        // Another agent is another object: machines, warm machines, templates' versions and refreshes name the last one.
        this.child({ retainOnDelete: true, dependsOn: [...closed] })));
        this.registerOutputs();
    }
}
exports.AgentBucket = AgentBucket;
