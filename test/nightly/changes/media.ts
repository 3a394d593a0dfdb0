import type { Cloud } from "../../../config/types.ts";
import { dayFromNow } from "../../support/days.ts";
import { existing } from "../../support/existing.ts";
import { selfSigned } from "../../support/self-signed.ts";
import { type Change, nothingRolls } from "./change.ts";

const edgeGroup = /^update (Scaling)?Group \S+-edge$/;
/** A period's end goes back to the minimum, and the alarm counts it. */
const edgeMinimum =
  /^update ((Scaling)?Group \S+-edge|Schedule(dTask)? \S+-edge-evening-end|(Metric)?Alarm \S+-too-few-nodes)$/;
/** What a group follows is in its rules, and in what triggers them: no machine rolls. */
const edgeRules =
  /^(create|update|delete) (Policy|ScalingRule|(Metric)?Alarm) \S+-edge-(cpu|surge|load|load-surge|grow|shrink)$/;
/** On Alibaba Cloud the alarms look at what their templates' machines are. */
const edgesRoll =
  /^(create|update) (LaunchTemplate|EcsLaunchTemplate|Group|ScalingGroup|Alarm|MetricAlarm) \S+-edge\S*$/;
const uploadedOnce = (): Pick<Change, "set" | "secrets"> => {
  const { pem, key } = selfSigned();
  return { set: { "ams:certificate.pem": pem }, secrets: { "ams:certificateKey": key } };
};

/** Of the groups of media machines, what these read, and the certificate. */
export function mediaChanges(cloud: Cloud): readonly Change[] {
  const { image, certificate } = existing[cloud];
  const first = uploadedOnce();
  return [
    { runbook: "runbooks.md#scale", does: "room for a peak", set: { "ams:edge.max": "20" }, touches: edgeGroup },
    { runbook: "runbooks.md#scale", does: "more at all times", set: { "ams:edge.min": "4" }, touches: edgeMinimum },
    { runbook: "operations.md#load", does: "back to CPU", set: { "ams:edge.follow": "cpu" }, touches: edgeRules },
    { runbook: "operations.md#load", does: "the load again", set: { "ams:edge.follow": "load" }, touches: edgeRules },
    {
      runbook: "runbooks.md#scale",
      does: "more on evenings",
      set: {
        "ams:edge.schedule[0].name": "evening",
        "ams:edge.schedule[0].from": "18:00",
        "ams:edge.schedule[0].to": "23:00",
        "ams:edge.schedule[0].min": "8",
        ...(cloud === "alibaba"
          ? { "ams:alibaba.schedule.from": "2026-12-01", "ams:alibaba.schedule.until": "2027-11-30" }
          : {}),
      },
      touches: /^create (Schedule|ScheduledTask) \S+-edge-evening-(begin|end)$/,
    },
    {
      runbook: "runbooks.md#scale",
      does: "more for an event within an evening",
      set: {
        "ams:edge.schedule[1].name": "show",
        "ams:edge.schedule[1].date": dayFromNow(30),
        "ams:edge.schedule[1].from": "20:00",
        "ams:edge.schedule[1].to": "21:00",
        "ams:edge.schedule[1].min": "12",
      },
      touches: /^create (Schedule|ScheduledTask) \S+-edge-show-(begin|end)$/,
    },
    {
      runbook: "runbooks.md#scale",
      does: "the event when it is over",
      set: { "ams:edge.schedule[1].date": dayFromNow(-2) },
      touches: /^delete (Schedule|ScheduledTask) \S+-edge-show-(begin|end)$/,
    },
    {
      runbook: "runbooks.md#scale",
      does: "larger machines",
      set: { "ams:edge.machine": "compute-8" },
      touches: edgesRoll,
      has: /^update (Ecs)?LaunchTemplate \S+-edge$/,
    },
    {
      runbook: "runbooks.md#upgrade",
      does: "a release of AMS",
      set: { [`ams:${cloud}.images.media`]: image, "ams:media.version": "3.1.0" },
      has: /^update (Ecs)?LaunchTemplate \S+-origin$/,
    },
    {
      runbook: "operations.md#upgrading",
      does: "a roll by two updates: twice what runs",
      on: "alibaba",
      set: { "ams:edge.min": "8" },
      targets: "**::ams-alibaba-edge*",
      touches: edgeMinimum,
    },
    {
      runbook: "operations.md#upgrading",
      does: "a roll by two updates: and back",
      on: "alibaba",
      set: { "ams:edge.min": "4" },
      touches: edgeMinimum,
    },
    {
      runbook: "runbooks.md#rotate-secrets",
      does: "the database's password",
      secrets: { "ams:databasePassword": "Rotated123456789" },
      touches: nothingRolls,
      has: /Secret/,
    },
    {
      runbook: "runbooks.md#rotate-secrets",
      does: "a licence key in the marketplace's place",
      set: { "ams:media.licence": "key" },
      secrets: { "ams:licenceKey": "AMS0123456789abcdef" },
    },
    {
      runbook: "runbooks.md#rotate-secrets",
      does: "another licence key",
      secrets: { "ams:licenceKey": "AMSfedcba9876543210" },
      touches: nothingRolls,
      has: /Secret/,
    },
    {
      runbook: "runbooks.md#roll-the-machines-by-hand",
      does: "new administrators' ranges",
      set: { "ams:access.adminCidrs[0]": "203.0.113.0/24" },
    },
    {
      runbook: "runbooks.md#rotate-the-certificate",
      does: "an uploaded certificate for the first time",
      rm: cloud === "alibaba" ? ["ams:certificate.id"] : [],
      ...first,
      set: { "ams:certificate.source": "uploaded", ...first.set },
      touches: nothingRolls,
    },
    {
      runbook: "runbooks.md#rotate-the-certificate",
      does: "the next uploaded one",
      ...uploadedOnce(),
      touches: nothingRolls,
    },
    {
      runbook: "runbooks.md#rotate-the-certificate",
      does: "an existing one",
      rm: ["ams:certificate.pem", "ams:certificateKey"],
      set: { "ams:certificate.source": "existing", "ams:certificate.id": certificate },
      touches: nothingRolls,
    },
    {
      runbook: "runbooks.md#rotate-the-certificate",
      does: "another existing one",
      set: { "ams:certificate.id": certificate.replace("0123", "9123").replace("1234", "9234") },
      touches: /^update (Listener |(Metric)?Alarm \S+-certificate$)/,
    },
  ];
}
