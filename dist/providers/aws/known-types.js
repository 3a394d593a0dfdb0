"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.typeFacts = void 0;
const index_js_1 = require("@pulumi/aws/types/enums/ec2/index.js");
/** EC2's types as the provider's SDK lists them; a new SDK brings the newer ones. */
const listed = new Set(Object.values(index_js_1.InstanceType));
/** DocumentDB's classes are EC2's types behind `db.`, and one without machines of its own. */
const isListed = (type) => type === "db.serverless" || listed.has(type.replace(/^db\./, ""));
/** Series G, Gr and P carry GPUs of NVIDIA; g4ad is AMD's (EC2, "Accelerated computing instances"). */
function gpuOf(type) {
    if (type.startsWith("g4ad."))
        return "other";
    return /^(g|gr|p)\d/.test(type) ? "nvidia" : "none";
}
exports.typeFacts = {
    cloud: "aws",
    list: "EC2's list of 2026-09-22 (@pulumi/aws 7.48.0)",
    isListed,
    gpuOf,
    example: "c5.xlarge",
    gpuExample: "g4dn.xlarge",
    gpuImage: "marketplace",
};
