import * as fc from "fast-check";
import type { Period } from "../../config/types.ts";
import { type MachineSize, machineSizes, vcpusOf } from "../../model/groups/machine-size.ts";
import { weekDays } from "../../model/groups/week-days.ts";
import { withoutGpu } from "./databases.ts";

/** Groups of machines, and what their operation has, as a stack file would say it: what both clouds honour. */

const whole = (min: number, max: number) => fc.integer({ min, max });

const clock = fc
  .tuple(whole(0, 23), whole(0, 59))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);

/** Alibaba Cloud takes only zones without daylight saving time. */
const fixedZone = fc.constantFrom("UTC", "Asia/Shanghai", "Asia/Kolkata", "America/Phoenix");

type Shape = Pick<Period, "name" | "days" | "from" | "to">;

/** On Monday to Wednesday and on Friday: even in other zones and past midnight the two don't meet. */
const shapes: fc.Arbitrary<readonly Shape[]> = fc
  .record({
    one: fc.subarray([...weekDays].slice(0, 3), { minLength: 1 }),
    times: fc.uniqueArray(clock, { minLength: 4, maxLength: 4 }),
    count: whole(0, 2),
  })
  .map(({ one, times: [a = "00:00", b = "01:00", c = "02:00", d = "03:00"], count }) => {
    const first: Shape = { name: "a-work-day-in-16", days: one, from: a < b ? a : b, to: a < b ? b : a };
    const second: Shape = { name: "late", days: ["fri"], from: c > d ? c : d, to: c > d ? d : c };
    return [first, second].slice(0, count);
  });

function group(machines: readonly MachineSize[]) {
  return fc
    .record({
      machine: fc.constantFrom(...machines),
      sizes: fc.tuple(whole(1, 500), whole(1, 500), whole(1, 500)),
      cpuTargetPercent: whole(10, 70),
      cooldownSeconds: whole(0, 3600),
      diskGiB: whole(20, 500),
      follow: fc.constantFrom("cpu", "load"),
      loadTargetPercent: whole(10, 90),
      carries: fc.record({ viewers: whole(1, 1000), egressMbps: whole(1, 1000) }, { requiredKeys: [] }),
      surge: fc.record({
        abovePercent: whole(70, 90),
        aboveLoadPercent: whole(90, 150),
        addPercent: whole(10, 200),
      }),
      periods: shapes,
      timeZone: fixedZone,
      predictive: fc.constantFrom("off", "forecast"),
    })
    .map(({ sizes, periods, timeZone, ...rest }) => {
      const [min = 1, inPeriods = 1, max = 1] = [...sizes].sort((a, b) => a - b);
      // Alibaba Cloud predicts no figure of one's own.
      const predictive = rest.follow === "load" ? "off" : rest.predictive;
      return {
        ...rest,
        predictive,
        min,
        max,
        schedule: periods.map((period) => ({ ...period, timeZone, min: inPeriods })),
      };
    });
}

export const originGroup = group(machineSizes);

/** Sizes that may stand in for a machine. */
const alike = (machine: MachineSize): readonly MachineSize[] =>
  withoutGpu.filter((size) => size !== machine && vcpusOf(size) === vcpusOf(machine));

export const edgeGroup = fc
  .record({ base: group(withoutGpu), spotPercent: fc.constantFrom(0, 0, 50, 100), more: fc.boolean() })
  .map(({ base, spotPercent, more }) => ({
    ...base,
    spotPercent,
    moreMachines: more ? alike(base.machine) : [],
  }));

export const operation = fc.record({
  drain: fc.record({ maxMinutes: whole(1, 360) }),
  alarms: fc.record({
    emails: fc.subarray(["ops@example.com", "night@example.com"]),
    webhooks: fc.subarray(["https://hooks.example.com/ams"]),
  }),
  monitoring: fc.record({ scrapeCidrs: fc.subarray(["10.20.0.0/24", "192.168.7.9/32"]) }),
  logs: fc.record(
    {
      retentionDays: fc.constantFrom(1, 30, 365, 1827),
      forward: fc.constantFrom(
        { protocol: "syslog", host: "logs.example.com", port: 16514 },
        { protocol: "syslog", host: "10.20.0.9", tls: false },
        { protocol: "otlp", host: "203.0.113.9", port: 443 },
      ),
    },
    { requiredKeys: ["retentionDays"] },
  ),
  recordings: fc.record({ store: fc.constantFrom("none", "bucket") }),
});

/** The days of `ams:alibaba.schedule`, which periods need there. */
export const scheduled = { schedule: { from: "2026-12-01", until: "2027-11-30" } };

/** The zone policies and ways of upgrade that go together on Alibaba Cloud, and what refreshes of both clouds keep. */
export const upgrade = fc.record({
  way: fc.constantFrom(
    { zonePolicy: "balanced", upgrade: "manual" } as const,
    { zonePolicy: "priority", upgrade: "manual" } as const,
    { zonePolicy: "priority", upgrade: "instance-refresh" } as const,
  ),
  minInServicePercent: whole(50, 100),
});

type Upgrade = typeof upgrade extends fc.Arbitrary<infer T> ? T : never;

/** Groups without what their way of upgrade can't do. */
export function upgradedGroups(origin: object, edge: object, { way, minInServicePercent }: Upgrade): object {
  const kept = way.upgrade === "instance-refresh" ? { minInServicePercent } : {};
  const single = way.zonePolicy === "priority" ? { spotPercent: 0, moreMachines: [] } : {};
  return { origin: { ...origin, ...kept }, edge: { ...edge, ...kept, ...single } };
}
