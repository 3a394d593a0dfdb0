"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.attachmentOptions = void 0;
exports.addScaling = addScaling;
exports.addHooks = addHooks;
exports.addRefresh = addRefresh;
exports.mixOf = mixOf;
const alarm_js_1 = require("@pulumi/alicloud/ess/alarm.js");
const instanceRefresh_js_1 = require("@pulumi/alicloud/ess/instanceRefresh.js");
const lifecycleHook_js_1 = require("@pulumi/alicloud/ess/lifecycleHook.js");
const scalingRule_js_1 = require("@pulumi/alicloud/ess/scalingRule.js");
const scheduledTask_js_1 = require("@pulumi/alicloud/ess/scheduledTask.js");
const metrics_ts_1 = require("../../model/metrics.js");
const node_group_ts_1 = require("../../model/node-group.js");
const schedule_ts_1 = require("../../model/schedule.js");
const hooks_ts_1 = require("../hooks.js");
const rolling_ts_1 = require("../rolling.js");
/**
 * A server group is attached once. The provider asks again for as long as its time-outs say while the group is busy
 * (ScalingActivityInProgress; resource_alicloud_ess_server_group_attachment.go@81c43b6, lines 104 to 109 and 200 to 205).
 */
const attachmentOptions = (minutes) => ({
    deleteBeforeReplace: true,
    customTimeouts: { create: `${minutes}m`, delete: `${minutes}m` },
});
exports.attachmentOptions = attachmentOptions;
/** A group's rules: the CPU target, the step on top of it, and the periods of the week. */
function addScaling(part, settings, scaled) {
    addTarget(part, scaled);
    addSurge(part, scaled);
    for (const period of scaled.model.schedule)
        addPeriod(part, settings, period, scaled);
}
function addTarget(part, { group, model, name, after }) {
    new scalingRule_js_1.ScalingRule(`${name}-cpu`, {
        scalingRuleName: `${name}-cpu`,
        scalingGroupId: group.id,
        scalingRuleType: "TargetTrackingScalingRule",
        metricName: "CpuUtilization",
        targetValue: model.cpuTargetPercent,
        estimatedInstanceWarmup: model.cooldownSeconds,
        disableScaleIn: false,
    }, part.child({ dependsOn: [...after] }));
}
/** A step rule and not a simple one, which waits for the group's cooldown to end. */
function addSurge(part, { group, model, name, after }) {
    const { surge, cooldownSeconds } = model;
    const rule = new scalingRule_js_1.ScalingRule(`${name}-surge`, {
        scalingRuleName: `${name}-surge`,
        scalingGroupId: group.id,
        scalingRuleType: "StepScalingRule",
        adjustmentType: "PercentChangeInCapacity",
        minAdjustmentMagnitude: 1,
        estimatedInstanceWarmup: cooldownSeconds,
        stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: surge.addPercent }],
    }, part.child({ dependsOn: [...after] }));
    new alarm_js_1.Alarm(`${name}-surge`, {
        name: `${name}-surge`,
        description: `Grows the group by ${surge.addPercent} %; nothing to do`,
        scalingGroupId: group.id,
        alarmActions: [rule.ari],
        metricType: "system",
        metricName: "CpuUtilization",
        statistics: "Average",
        period: 60,
        evaluationCount: 1,
        comparisonOperator: ">",
        threshold: String(surge.abovePercent),
    }, part.child());
}
/** A task's name is the account's own within a region, and ends at 40 characters. */
const taskName = ({ name }, role, period, key) => `${name}-${role[0]}-${period.name}-${key === "begin" ? "on" : "off"}`;
/**
 * Only the minimum moves, by tasks that know days of the week in UTC. The group's own `minSize` stays what the stack
 * says, so that an `up` within the period finds nothing to change and leaves the period's minimum alone.
 */
function addPeriod(part, { schedule }, period, scaled) {
    const { group, model, name, cluster, role } = scaled;
    const [offset, ...others] = (0, schedule_ts_1.offsetsOf)(period.timeZone);
    if (schedule === undefined || offset === undefined || others.length > 0) {
        throw new Error(`the period ${period.name} was let through`);
    }
    const add = (key, minValue, moment) => new scheduledTask_js_1.ScheduledTask(`${name}-${period.name}-${key}`, {
        scheduledTaskName: taskName(cluster, role, period, key),
        scalingGroupId: group.id,
        minValue,
        launchTime: (0, schedule_ts_1.firstSince)(schedule.from, moment),
        recurrenceType: "Weekly",
        recurrenceValue: moment.days.join(","),
        recurrenceEndTime: `${schedule.until}T00:00Z`,
    }, part.child());
    add("begin", period.min, (0, schedule_ts_1.beginOf)(period, offset));
    add("end", model.min, (0, schedule_ts_1.endOf)(period, offset));
}
/**
 * A group made from a launch template is at work at once, so the first machines of all may come before their launch hook.
 * They lose nothing by it: the gate on each keeps it out of the balancer until AMS is a member, and a launch that nobody
 * waits for needs no ending. Starting with none, and raising the minimum afterwards, would take a second `up`.
 */
function addHooks(part, name, group, cluster) {
    const add = (hook, lifecycleTransition, heartbeatTimeout, defaultResult) => new lifecycleHook_js_1.LifecycleHook(`${name}-${hook}`, { name: hook, scalingGroupId: group.id, lifecycleTransition, heartbeatTimeout, defaultResult }, 
    // A hook's name is the group's own.
    part.child({ deleteBeforeReplace: true }));
    return [
        // A machine that didn't make it into the cluster goes, and another one comes.
        add(metrics_ts_1.lifecycleHooks.launch, "SCALE_OUT", (0, hooks_ts_1.bootSeconds)(cluster), "ABANDON"),
        add(metrics_ts_1.lifecycleHooks.drain, "SCALE_IN", hooks_ts_1.heartbeatSeconds, "CONTINUE"),
    ];
}
/**
 * A task of ESS, which starts when this is made: all its properties make a new one, so each new template rolls once.
 * Nothing waits for its end, and its deletion here leaves it alone. The group keeps its former template until the task has
 * succeeded, so that a rollback has something to go back to (RollbackInstanceRefresh: "the currently active configuration").
 */
function addRefresh(part, scaled, template) {
    const { cluster, role, group, model, name, after } = scaled;
    const { least, most } = (0, rolling_ts_1.runningPercents)(cluster, model);
    return new instanceRefresh_js_1.InstanceRefresh(`${name}-refresh`, {
        scalingGroupId: group.id,
        desiredConfigurationLaunchTemplateId: template.id,
        // A number: there is no rollback from Latest or Default (StartInstanceRefresh).
        desiredConfigurationLaunchTemplateVersion: template.latestVersionNumber.apply(String),
        minHealthyPercentage: least,
        maxHealthyPercentage: most,
        // The provider sends false where nothing is said.
        skipMatching: true,
        ...(role === "origin"
            ? {
                checkpoints: rolling_ts_1.canaryPercents.map((percentage) => ({ percentage })),
                checkpointPauseTime: rolling_ts_1.canaryMinutes,
            }
            : {}),
    }, part.child({ dependsOn: [...after] }));
}
/** How a group spreads over zones and types: as the stack says with one type on demand, else by its own mix, evenly. */
function mixOf(cluster, role, { min }, { zonePolicy }, types) {
    const { spotPercent } = (0, node_group_ts_1.elasticityOf)(cluster, role);
    if (spotPercent === 0 && types.length === 1)
        return { multiAzPolicy: zonePolicy === "priority" ? "PRIORITY" : "BALANCE" };
    return {
        multiAzPolicy: "COMPOSABLE",
        azBalance: true,
        // ESS's word for the order of the overrides. The provider sends them as a set, so that no order can be promised.
        allocationStrategy: "priority",
        spotAllocationStrategy: "lowestPrice",
        capacityOptionsOnDemandBaseCapacity: min,
        capacityOptionsOnDemandPercentageAboveBaseCapacity: 100 - spotPercent,
        capacityOptionsCompensateWithOnDemand: true,
        // A machine in use is not replaced to save money.
        capacityOptionsSpotAutoReplaceOnDemand: false,
        launchTemplateOverrides: types.map((instanceType) => ({ instanceType })),
    };
}
