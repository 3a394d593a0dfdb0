"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.checkGroup = checkGroup;
exports.checkElasticity = checkElasticity;
const check_ts_1 = require("./check.js");
const cluster_ts_1 = require("./cluster.js");
const fault_ts_1 = require("./fault.js");
const schedule_ts_1 = require("./schedule.js");
function checkGroup(role, group) {
    if (group === undefined)
        return [];
    return [...checkSize(role, group), ...checkSurge(role, group), ...checkSchedule(role, group)];
}
function checkSize(role, { min, max, machine }) {
    const faults = [];
    if (min > max) {
        faults.push({
            path: `ams:${role}.min`,
            got: (0, fault_ts_1.show)(min),
            allowed: `at most ams:${role}.max, which is ${max}`,
            fix: `Raise the other: pulumi config set --path ams:${role}.max ${min}`,
        });
    }
    if (role === "edge" && (0, cluster_ts_1.hasGpu)(machine)) {
        faults.push({
            path: "ams:edge.machine",
            got: (0, fault_ts_1.show)(machine),
            allowed: "a compute or general size: edges don't transcode",
            fix: (0, check_ts_1.setPath)("ams:edge.machine", "compute-4"),
        });
    }
    return faults;
}
/** A step below the target would fight it: one adds machines, the other takes them away. */
function checkSurge(role, { surge, cpuTargetPercent }) {
    if (surge.abovePercent >= cpuTargetPercent)
        return [];
    return [
        {
            path: `ams:${role}.surge.abovePercent`,
            got: (0, fault_ts_1.show)(surge.abovePercent),
            allowed: `at least ams:${role}.cpuTargetPercent, which is ${cpuTargetPercent}`,
            fix: (0, check_ts_1.setPath)(`ams:${role}.surge.abovePercent`, String(cpuTargetPercent + 10)),
        },
    ];
}
function checkSchedule(role, { schedule, max }) {
    return schedule.flatMap(({ name, min, from, to, days }, index) => {
        const path = `ams:${role}.schedule[${index}]`;
        const faults = [];
        if (schedule.findIndex((other) => other.name === name) !== index)
            faults.push({
                path: `${path}.name`,
                got: (0, fault_ts_1.show)(name),
                allowed: "a name that no other period of the group has",
                fix: (0, check_ts_1.setPath)(`${path}.name`, `${name}-2`),
            });
        if (min > max)
            faults.push({
                path: `${path}.min`,
                got: (0, fault_ts_1.show)(min),
                allowed: `at most ams:${role}.max, which is ${max}`,
                fix: `Raise the other: pulumi config set --path ams:${role}.max ${min}`,
            });
        const other = schedule.slice(0, index).find((earlier) => (0, schedule_ts_1.overlap)(earlier, schedule[index] ?? earlier));
        if (other !== undefined && from !== to)
            faults.push({
                path,
                got: `${from} to ${to}, which meets the period ${other.name}`,
                allowed: "periods of a group that have at least a minute between them: each end sets the group's own min again",
                fix: "Make one period of the two, or move one",
            });
        if (from === to)
            faults.push({
                path: `${path}.to`,
                got: (0, fault_ts_1.show)(to),
                allowed: `another time than ${path}.from`,
                fix: "For whole days, raise the group's own min",
            });
        if (new Set(days).size !== days.length)
            faults.push({ path: `${path}.days`, got: (0, fault_ts_1.show)(days), allowed: "each day once", fix: "Remove the repeated one" });
        return faults;
    });
}
/** Machines that stand in for each other have to carry the same load: one CPU target is for all of them. */
function checkElasticity(edge) {
    if (edge === undefined)
        return [];
    const vcpus = (0, cluster_ts_1.vcpusOf)(edge.machine);
    return edge.moreMachines.flatMap((size, index) => {
        if ((0, cluster_ts_1.vcpusOf)(size) === vcpus && !(0, cluster_ts_1.hasGpu)(size) && size !== edge.machine)
            return [];
        return [
            {
                path: `ams:edge.moreMachines[${index}]`,
                got: (0, fault_ts_1.show)(size),
                allowed: `another size than ams:edge.machine ${edge.machine}, without a GPU and with its ${vcpus} vCPUs`,
                fix: `Remove it with: pulumi config rm --path ams:edge.moreMachines[${index}]`,
            },
        ];
    });
}
