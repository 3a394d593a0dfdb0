import { weekDays } from "../../model/groups/week-days.ts";
import { dayLike } from "../day.ts";
import { clock, flag, isTimeZone, machine, oneOf, text, whole } from "../parts.ts";
import * as z from "../zod.ts";

const period = z.strictObject({
  name: text(/^[a-z][a-z0-9-]{0,15}$/, "up to 16 lower-case letters, digits and dashes, such as evening").describe(
    "Name of the period, such as `evening`. Each period in a group needs its own name.",
  ),
  days: z
    .array(oneOf(...weekDays), { error: `a list of days: ${weekDays.join(", ")}` })
    .min(1, "at least one day")
    .default([...weekDays])
    .meta({ description: "Days on which the period begins.", source: "every day" }),
  date: dayLike("a date such as 2026-12-24").optional().meta({
    description:
      "Date of a one-time event. The period occurs only on this date, and additional machines start early enough to be ready when it begins. This key cannot be combined with `days`.",
    source: "none: the period repeats every week",
  }),
  from: clock.describe('Start time, in the time zone specified by `timeZone`, e.g. "18:00".'),
  to: clock.describe(
    "End time, in the time zone specified by `timeZone`. If this time is not later than `from`, the period ends on the next day.",
  ),
  timeZone: z
    .string({ error: "a time zone such as Europe/Berlin" })
    .refine(isTimeZone, "an IANA time zone name such as Europe/Berlin")
    .default("UTC")
    .describe("IANA time zone, such as Europe/Berlin."),
  min: whole(1, 1000).describe("Minimum group size during the period."),
});

const surge = z
  .strictObject({
    abovePercent: whole(10, 90)
      .default(70)
      .describe(
        "One-minute average CPU usage, in percent, above which the group grows immediately if `follow` is `cpu`. AMS rejects new clients at 75 % CPU usage.",
      ),
    aboveLoadPercent: whole(10, 150)
      .default(90)
      .describe(
        "One-minute average load, in percent, above which the group grows immediately if `follow` is `load`. A machine is full at 100 %.",
      ),
    addPercent: whole(10, 200)
      .default(50)
      .describe("Number of machines to add when the surge threshold is exceeded, as a percentage of the group size."),
  })
  .prefault({});

const carries = z
  .strictObject({
    viewers: whole(1, 100_000).optional().meta({
      description: "Number of viewers, across all protocols, at which a machine is full.",
      source: "none: viewers count towards the load only through the CPU, memory and bandwidth that they use",
    }),
    publishers: whole(1, 10_000).optional().meta({
      description:
        "Number of published streams at which a machine is full. Set this key for machines with a GPU, because no metric shows how heavily the GPU encoder is used.",
      source: "none: streams count towards the load only through the CPU, memory and bandwidth that they use",
    }),
    egressMbps: whole(1, 400_000).optional().meta({
      description: "Outbound traffic, in Mbps, at which a machine is full.",
      source: "the instance type's bandwidth; see docs/capacity.md",
    }),
    ingressMbps: whole(1, 400_000).optional().meta({
      description: "Inbound traffic, in Mbps, at which a machine is full.",
      source: "the instance type's bandwidth; see docs/capacity.md",
    }),
  })
  .prefault({});

const groupKeys = (min: number) => ({
  machine: machine.default("compute-4").meta({
    description: "Machine size.",
    source: "equivalent to the c5.xlarge in Ant Media's AWS guide and the ecs.c6e.xlarge in its Alibaba Cloud guide",
  }),
  min: whole(1, 1000)
    .default(min)
    .meta({ description: "Minimum group size.", source: "from Ant Media's CloudFormation template" }),
  max: whole(1, 1000).default(10).meta({ description: "Maximum group size.", source: "from Ant Media's AWS guide" }),
  follow: oneOf("cpu", "load").default("cpu").meta({
    description:
      "Metric that determines the group size. `cpu`: the average CPU usage. `load`: the average load, which also takes memory, network traffic and sessions into account.",
    source: "from Ant Media's AWS guide; new stack files set `load`",
  }),
  cpuTargetPercent: whole(10, 70).default(60).meta({
    description:
      "Target average CPU usage, in percent, if `follow` is `cpu`. AMS rejects new clients at 75 % CPU usage.",
    source: "from Ant Media's AWS guide",
  }),
  loadTargetPercent: whole(10, 95).default(80).meta({
    description: "Target average load, in percent, if `follow` is `load`. A machine is full at 100 %.",
    source: "equivalent to 60 % CPU usage, because AMS rejects new clients at 75 %",
  }),
  carries: carries.describe(
    "Capacity of each machine in the group. A machine that reaches one of these values is full: its load is 100 %.",
  ),
  cooldownSeconds: whole(0, 3600).default(300).meta({
    description: "Number of seconds between scaling steps, which is also the warm-up time of a new machine.",
    source: "from Ant Media's Alibaba Cloud guide",
  }),
  diskGiB: whole(20, 500).default(40).meta({
    description: "Size of the encrypted system disk, in GiB.",
    source: "from Ant Media's Alibaba Cloud guide",
  }),
  surge,
  schedule: z
    .array(period, { error: "a list of periods" })
    .max(10, "at most ten periods")
    .default([])
    .describe("Periods with a higher minimum group size: weekly periods, or events on a single date."),
  predictive: oneOf("off", "forecast", "scale").default("off").meta({
    description:
      "Predictive scaling, for an audience that follows a daily or weekly pattern. `forecast`: only creates forecasts. `scale`: also starts machines before they are needed. On Alibaba Cloud, forecasts are based only on CPU usage, so this key requires `follow: cpu`.",
    source: "no forecasts",
  }),
  minInServicePercent: whole(50, 100).default(100).meta({
    description: "Minimum percentage of healthy machines in the group during a rolling upgrade.",
    source: "each new machine starts before an old one stops",
  }),
});

export const origin = z
  .strictObject({
    ...groupKeys(1),
    fixedAddresses: flag
      .default(false)
      .describe(
        "Assigns a fixed set of public addresses to the origins, so that other networks can allow them through their firewalls. The stack output `originAddresses` lists these addresses.",
      ),
  })
  .describe("Origin group: the machines that receive and transcode streams from publishers.");

export const edge = z
  .strictObject({
    ...groupKeys(2),
    spotPercent: whole(0, 100)
      .default(0)
      .describe(
        "Percentage of spot instances among the machines that the group runs in addition to its minimum (`min`).",
      ),
    moreMachines: z
      .array(machine, { error: "a list of machine sizes" })
      .max(5, "at most five machine sizes")
      .default([])
      .describe(
        "Alternative machine sizes, used when the cloud has no capacity for `machine`. Each size must have the same number of vCPUs as `machine`.",
      ),
    warmMachines: whole(0, 100)
      .default(0)
      .describe("Number of stopped machines that are kept ready to start. AWS only."),
  })
  .describe("Edge group: the machines that serve viewers.");
