import type { ResourceChange } from "../change.ts";
import { className } from "../urn.ts";

/** What a change means for a group's target, forecasts and events; `now` in milliseconds. */
export function scalingEffects(role: string, changes: readonly ResourceChange[], now: number): readonly string[] {
  const all = (key: string) => changes.filter(({ name }) => name.endsWith(`-${role}-${key}`));
  const of = (key: string) => all(key)[0];
  // A step rule has its target in the task that executes it.
  const steps = all("grow").find(({ type }) => className(type) === "Alarm");
  return [
    ...followEffects(of("cpu"), of("load") ?? steps),
    ...forecastEffects(of("predictive")),
    ...eventEffects(changes, now),
  ].map((text) => `${role} group: ${text}`);
}

type Change = ResourceChange | undefined;

function followEffects(cpu: Change, load: Change): readonly string[] {
  if (load?.operation === "create" && cpu?.operation === "delete")
    return [
      "scales on its load (CPU, memory, network and sessions) instead of its CPU; running machines are not affected",
    ];
  if (load?.operation === "delete" && cpu?.operation === "create")
    return ["scales on its CPU instead of its load: memory, network and sessions no longer add machines"];
  const [was, is] = ["before" as const, "after" as const].map((when) => targetOf((cpu ?? load)?.[when]));
  return was === undefined || is === undefined || was === is ? [] : [`target ${was} % -> ${is} %`];
}

function targetOf(fields: ResourceChange["after"] = {}): number | undefined {
  const { targetTrackingConfiguration: tracking, targetValue, threshold } = fields;
  const found = Object(tracking)["targetValue"] ?? targetValue ?? threshold;
  return found === undefined ? undefined : Number(found);
}

/** Alibaba Cloud's forecasts change the group's minimum, which nothing sets back. */
function forecastEffects(rule: Change): readonly string[] {
  if (rule === undefined) return [];
  const [was, is] = [modeOf(rule.before), modeOf(rule.after)];
  if (was === is) return [];
  const left =
    /^alicloud:/.test(rule.type) && was === "scale"
      ? "; the minimum that the last forecast set may remain in effect. Restore the configured minimum with: pulumi up --refresh"
      : "";
  switch (is) {
    case "scale":
      return ["starts machines before the forecast demand arrives"];
    case "forecast":
      return [`forecasts its demand without starting machines${left}`];
    default:
      return [`no longer forecasts its demand${left}`];
  }
}

function modeOf({ predictiveScalingConfiguration: own, predictiveScalingMode }: ResourceChange["after"]) {
  const mode = String(Object(own)["mode"] ?? predictiveScalingMode ?? "");
  if (mode === "") return undefined;
  return /^(ForecastAndScale|PredictAndScale)$/.test(mode) ? "scale" : "forecast";
}

/**
 * The end of an event that is removed while it goes on: the clouds' actions set a minimum and nothing sets it back. The
 * stack's own minimum is the one it knows, so an `up` finds nothing to change without a refresh.
 */
function eventEffects(changes: readonly ResourceChange[], now: number): readonly string[] {
  const removed = changes.filter(({ operation, type }) => operation === "delete" && isAction(type));
  return removed.flatMap((end) => {
    const { key, name } = partsOf(end.name);
    if (key !== "end") return [];
    const begin = removed.find((one) => partsOf(one.name).name === name && partsOf(one.name).key === "begin");
    const restore = "Restore the group's minimum after the update with: pulumi up --refresh";
    if (isWeekly(end)) return [`if the period ${name} is in progress, its minimum remains in effect. ${restore}`];
    const isRunning = startOf(end) > now && (begin === undefined || startOf(begin) <= now);
    return isRunning ? [`the event ${name} is in progress, and its minimum remains in effect. ${restore}`] : [];
  });
}

const isAction = (type: string): boolean => /^(Schedule|ScheduledTask)$/.test(className(type));

/** CLUSTER-ROLE-PERIOD-KEY. */
const partsOf = (text: string) => {
  const [, name = "", key = ""] = /-(?:origin|edge)-(.+)-(begin|end|again-\d+)$/.exec(text) ?? [];
  return { name, key };
};

const isWeekly = ({ before }: ResourceChange): boolean => "recurrence" in before || "recurrenceType" in before;

const startOf = ({ before: { startTime, launchTime } }: ResourceChange): number =>
  Date.parse(String(startTime ?? launchTime));
