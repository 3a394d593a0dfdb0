"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.typeFacts = void 0;
/**
 * x86 families of ECS (ECS, "Overview of instance families",
 * alibabacloud.com/help/en/ecs/user-guide/overview-of-instance-families), also those that are no longer sold. ARM has a
 * check of its own. The provider's SDK has no list.
 */
const families = [
    // General, compute and memory, by generation.
    ...["g5", "g5ne", "g6", "g6a", "g6e", "g6h", "g6s", "g6t", "g7", "g7a", "g7h", "g7ne", "g7nex", "g7se", "g7t"],
    ...["g8a", "g8ae", "g8h", "g8i", "g8ine", "g8ise", "g8id", "g9a", "g9ae", "g9as", "g9i", "g9id", "g9ne"],
    ...["c5", "c6", "c6a", "c6e", "c6s", "c6t", "c7", "c7a", "c7h", "c7nex", "c7se", "c7t"],
    ...["c8a", "c8ae", "c8h", "c8i", "c8ine", "c8ise", "c8id", "c9a", "c9ae", "c9as", "c9i", "c9id", "c9ne"],
    ...["r5", "r6", "r6a", "r6e", "r6s", "r7", "r7a", "r7h", "r7p", "r7se", "r7t"],
    ...["r8a", "r8ae", "r8h", "r8i", "r8id", "r9a", "r9ae", "r9as", "r9i", "r9id"],
    ...["re4", "re4e", "re6", "re6p", "re7p", "re8p", "se1", "se1ne", "sn1", "sn1ne", "sn2", "sn2ne", "cm4", "ce4"],
    // High frequency, shared and burstable.
    ...["hfc5", "hfc6", "hfc7", "hfc8i", "hfg5", "hfg6", "hfg7", "hfg8i", "hfr6", "hfr7", "hfr8i"],
    ...["e", "e3", "e4", "mn4", "n1", "n2", "n4", "s6", "t5", "t6", "u1", "u2a", "u2i", "xn4"],
    // Local disks.
    ...["d1", "d1ne", "d2c", "d2s", "d3c", "d3s"],
    ...["i1", "i2", "i2g", "i2gne", "i2ne", "i3", "i3g", "i4", "i4g", "i4p", "i4r", "i5", "i5e", "i5g", "i5ge"],
    // GPUs, FPGAs and video.
    ...["f1", "f2", "f3", "ga1", "gn4", "gn5", "gn5e", "gn5i", "gn5t", "gn6e", "gn6i", "gn6s", "gn6v", "gn7", "gn7e"],
    ...["gn7i", "gn7r", "gn7s", "gn8is", "gn8ia", "gn8te", "gn8v", "sgn7i", "sgn8ia", "vgn5i", "vgn6i", "vgn7i"],
    "video",
];
const listed = new Set(families);
/** ecs.<family>[-<variant>].<size>, such as ecs.gn6i-c4g1.xlarge; bare metal and clusters by their prefix. */
function isListed(type) {
    if (!type.startsWith("ecs."))
        return true;
    const [, family = "", size = ""] = /^ecs\.([a-z0-9]+)(?:-[a-z0-9]+)*\.([a-z0-9-]+)$/.exec(type) ?? [];
    // ARM has a fault of its own.
    const isFamily = listed.has(family) || /^((ebm|scc)[a-z]+\d[a-z]*|[a-z]+\d+[ry])$/.test(family);
    return isFamily && /^(nano|tiny|small|medium|large|[2-9]?xlarge|[1-9]\d{1,2}xlarge|\d+xhmem)$/.test(size);
}
/** gn, vgn, sgn and their bare metal carry GPUs of NVIDIA; ga1 is AMD's, ebmgi6s Intel's. */
function gpuOf(type) {
    const family = type.split(".")[1] ?? "";
    if (/^(ga|ebmga|ebmgi)\d/.test(family))
        return "other";
    return /^(v|s|ebm|scc)?gn\d/.test(family) ? "nvidia" : "none";
}
exports.typeFacts = {
    cloud: "alibaba",
    list: "the list of ECS's families of 2026-11-29",
    isListed,
    gpuOf,
    example: "ecs.c6e.xlarge",
    gpuExample: "ecs.gn6i-c4g1.xlarge",
    gpuImage: "m-...",
};
