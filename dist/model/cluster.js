"use strict";
/**
 * The cluster as plain, readonly data: what is true on both clouds. `parse.ts` makes one from the stack's
 * configuration; an adapter in `providers/` renders it. Defaults and their sources stand at each field.
 */
Object.defineProperty(exports, "__esModule", { value: true });
exports.usesTls = exports.secretKeys = exports.hasGpu = exports.vcpusOf = exports.machineSizes = void 0;
exports.groupsOf = groupsOf;
exports.assertNever = assertNever;
/** Family and vCPUs; each cloud's `instance-types.ts` names the instance type. compute: 2 GiB a vCPU, general and gpu: 4. */
exports.machineSizes = [
    "compute-2",
    "compute-4",
    "compute-8",
    "compute-16",
    "compute-32",
    "general-2",
    "general-4",
    "general-8",
    "general-16",
    "gpu-4",
    "gpu-8",
    "gpu-16",
];
const vcpusOf = (size) => Number(size.split("-")[1]);
exports.vcpusOf = vcpusOf;
const hasGpu = (size) => size.startsWith("gpu-");
exports.hasGpu = hasGpu;
/** Secret configuration values, by key; they travel beside the model and never inside it. */
exports.secretKeys = [
    "licenceKey",
    "certificateKey",
    "panelPassword",
    "databasePassword",
    "databaseUrl",
    "databaseTlsKey",
];
/** The groups that run: origin and edge, or one lone machine. */
function groupsOf(cluster) {
    if (cluster.mode === "standalone")
        return [{ role: "origin", group: { ...cluster.origin, min: 1, max: 1 } }];
    return [
        { role: "origin", group: cluster.origin },
        { role: "edge", group: cluster.edge },
    ];
}
const usesTls = (cluster) => cluster.certificate.source !== "none";
exports.usesTls = usesTls;
/** For switches over unions: a new member that a switch forgets fails to compile here. */
function assertNever(value) {
    throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
