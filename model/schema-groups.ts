import { cidr, clock, flag, isTimeZone, machine, oneOf, text, whole } from "./form-parts.ts";
import { weekDays } from "./node-group.ts";
import * as z from "./zod.ts";

/** The form of the sections that describe machines in groups: origin, edge and balancer. */

const period = z.strictObject({
  name: text(/^[a-z][a-z0-9-]{0,15}$/, "up to 16 lower-case letters, digits and dashes"),
  days: z
    .array(oneOf(...weekDays), { error: `a list of days: ${weekDays.join(", ")}` })
    .min(1, "at least one day")
    .default([...weekDays]),
  from: clock,
  to: clock,
  timeZone: z
    .string({ error: "a time zone such as Europe/Berlin" })
    .refine(isTimeZone, "a time zone's IANA name such as Europe/Berlin")
    .default("UTC"),
  min: whole(1, 1000),
});

const groupKeys = (min: number) => ({
  machine: machine.default("compute-4"),
  min: whole(1, 1000).default(min),
  max: whole(1, 1000).default(10),
  cpuTargetPercent: whole(10, 70).default(60),
  cooldownSeconds: whole(0, 3600).default(300),
  diskGiB: whole(20, 500).default(40),
  surge: z
    .strictObject({ abovePercent: whole(10, 90).default(70), addPercent: whole(10, 200).default(50) })
    .prefault({}),
  schedule: z.array(period, { error: "a list of periods" }).max(10, "at most ten periods").default([]),
  minInServicePercent: whole(50, 100).default(100),
});

const health = z.strictObject({
  intervalSeconds: whole(5, 50).default(10),
  timeoutSeconds: whole(2, 49).default(5),
  healthyThreshold: whole(2, 10).default(2),
  unhealthyThreshold: whole(2, 10).default(2),
});

const balancerKeys = (srt: boolean) => ({
  http: oneOf("redirect", "forward").default("redirect"),
  drainSeconds: whole(10, 900).default(900),
  idleTimeoutSeconds: whole(10, 600).default(600),
  health: health.prefault({}),
  panelStickinessSeconds: whole(1, 86400).default(86400),
  rtmp: flag.default(true),
  srt: flag.default(srt),
});

const proxyKeys = {
  machine: machine.default("compute-2"),
  count: whole(2, 10).default(2),
  connectionsPerSource: whole(10, 65_535).default(5000),
  trustedSources: z.array(cidr, { error: "a list of IPv4 ranges" }).max(60, "at most 60 ranges").default([]),
};

export const origin = z.strictObject(groupKeys(1));

export const edge = z.strictObject({
  ...groupKeys(2),
  spotPercent: whole(0, 100).default(0),
  moreMachines: z.array(machine, { error: "a list of machine sizes" }).max(5, "at most five").default([]),
  warmMachines: whole(0, 100).default(0),
});

export const balancer = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("managed"), ...balancerKeys(true) }),
    z.strictObject({ kind: z.literal("haproxy"), ...proxyKeys, ...balancerKeys(false) }),
    z.strictObject({ kind: z.literal("nginx"), ...proxyKeys, ...balancerKeys(true) }),
  ],
  { error: "a kind: managed, haproxy or nginx" },
);
