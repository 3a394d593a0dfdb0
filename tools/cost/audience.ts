import type { Audience } from "../../config/types.ts";
import { always, type CostedStack, monthHours, type Usage } from "./usage.ts";

/**
 * What one capacity unit of an hour carries: a gigabyte, and so many connections. AWS: Elastic Load Balancing pricing
 * (an LCU of an application balancer, an NLCU for TCP); Alibaba Cloud: billing rules of ALB and NLB.
 */
const unitConnections: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  aws: { "application-balancer-unit": 3000, "network-balancer-unit": 100_000 },
  alibaba: { "application-balancer-unit": 3000, "network-balancer-unit": 10_000 },
};

/** Hours of a month in which the whole audience is there. */
const hoursOf = (hoursPerDay: number): number => (hoursPerDay * monthHours) / 24;

/** `5000 viewers at 1500 kbps, 40 publishers, 4 hours a day`. */
export function peopleText({ viewers, bitrateKbps, publishers, hoursPerDay }: Audience): string {
  const hours = hoursPerDay === undefined ? "hours not set" : `${hoursPerDay} hours per day`;
  return `${viewers} viewers at ${bitrateKbps} kbps, ${publishers} publishers, ${hours}`;
}

/** Gigabytes of an hour, decimal. */
export const gbAnHour = (streams: number, kbps: number): number => (streams * kbps * 3600) / 8 / 1e6;

export const viewersGbAnHour = ({ viewers, bitrateKbps }: Audience): number => gbAnHour(viewers, bitrateKbps);

/**
 * Fills in how much a declared audience uses. Media goes from the machines' own public addresses to the viewers; the
 * application balancer has a WebSocket for each client, the network balancer what is published by RTMP and SRT. The NAT
 * gateway has nothing of it: behind it stands the database alone.
 */
export function audienceUsage({ audience, cloud }: CostedStack, usage: readonly Usage[]): readonly Usage[] {
  const { hoursPerDay } = audience ?? {};
  if (audience === undefined || hoursPerDay === undefined) return usage;
  const hours = hoursOf(hoursPerDay);
  const isManaged = usage.some(({ item }) => item === "application-balancer");
  const clients = audience.viewers + audience.publishers;
  const fill = (use: Usage, amount: number, basis: string, isEstimate = false): Usage => ({
    ...use,
    amounts: always(amount),
    basis,
    ...(isEstimate ? { isEstimate } : {}),
  });
  return usage.map((use): Usage => {
    if (use.amounts !== undefined) return use;
    if (use.item === "traffic") {
      return fill(use, viewersGbAnHour(audience) * hours, "for the expected audience");
    }
    if (use.item === "nat-data") return fill(use, 0, "no audience traffic");
    const connections = unitConnections[cloud]?.[use.item];
    if (connections === undefined) return use;
    const isStream = use.item === "network-balancer-unit";
    const gb = isStream ? gbAnHour(audience.publishers, audience.bitrateKbps) : 0;
    const open = isStream && isManaged ? audience.publishers : clients;
    const basis = isStream ? "assuming that all publishers use RTMP or SRT" : "one connection per client";
    return fill(use, Math.max(gb, open / connections) * hours, basis, true);
  });
}
