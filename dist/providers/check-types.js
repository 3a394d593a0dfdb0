"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.checkListed = checkListed;
exports.checkGpu = checkGpu;
const cluster_ts_1 = require("../model/cluster.js");
const fault_ts_1 = require("../model/fault.js");
/** A type that does not exist would fail at the first launch, after everything else was made. */
function checkListed(facts, { instanceTypes, unlistedTypes }) {
    const { cloud, list, isListed, example } = facts;
    return Object.entries(instanceTypes).flatMap(([use, type]) => {
        if (type === undefined || isListed(type) || unlistedTypes.includes(type))
            return [];
        const path = `ams:${cloud}.instanceTypes.${use}`;
        return [
            {
                path,
                got: `${(0, fault_ts_1.show)(type)}, which is not in ${list}`,
                allowed: `a listed type such as ${example}, or a newer one that stands in ams:${cloud}.unlistedTypes too`,
                fix: `For a newer type: pulumi config set --path 'ams:${cloud}.unlistedTypes[${unlistedTypes.length}]' ${type}`,
            },
        ];
    });
}
/** The instance type decides which image a group takes; size, type and image have to agree on whether there is a GPU. */
function checkGpu(facts, settings, cluster) {
    return [...checkOrigin(facts, settings, cluster), ...checkEdge(facts, settings)];
}
function checkOrigin(facts, { instanceTypes, images }, { origin }) {
    const { cloud, gpuOf, gpuExample, gpuImage } = facts;
    const { origin: type } = instanceTypes;
    const path = `ams:${cloud}.instanceTypes.origin`;
    const gpu = type === undefined ? ((0, cluster_ts_1.hasGpu)(origin.machine) ? "nvidia" : "none") : gpuOf(type);
    if (gpu === "other") {
        const allowed = `a type with a GPU of NVIDIA, such as ${gpuExample}, or without a GPU: the images have NVIDIA's driver`;
        return [{ path, got: `${(0, fault_ts_1.show)(type)}, whose GPU is not NVIDIA's`, allowed, fix: set(path, gpuExample) }];
    }
    if (gpu === "none" && (0, cluster_ts_1.hasGpu)(origin.machine)) {
        const got = `${(0, fault_ts_1.show)(type)}, which has no GPU, while ams:origin.machine is ${origin.machine}`;
        const allowed = `a type with a GPU such as ${gpuExample}, or an ams:origin.machine without one`;
        return [{ path, got, allowed, fix: `Remove it with: pulumi config rm --path ${path}` }];
    }
    if (gpu === "none" || images.gpu !== undefined)
        return [];
    const why = type === undefined ? `ams:origin.machine is ${origin.machine}` : `${path} is ${type}, which has a GPU`;
    const image = `ams:${cloud}.images.gpu`;
    const allowed = `an AMS image with NVIDIA's driver while ${why}`;
    return [{ path: image, got: "nothing", allowed, fix: set(image, gpuImage) }];
}
function checkEdge({ cloud, gpuOf, example }, { instanceTypes: { edge } }) {
    if (edge === undefined || gpuOf(edge) === "none")
        return [];
    const path = `ams:${cloud}.instanceTypes.edge`;
    const allowed = "a type without a GPU: edges don't transcode, and their image has no driver";
    return [{ path, got: `${(0, fault_ts_1.show)(edge)}, which has a GPU`, allowed, fix: set(path, example) }];
}
const set = (path, value) => `Set it with: pulumi config set --path ${path} ${value}`;
