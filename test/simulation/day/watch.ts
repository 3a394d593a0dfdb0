import type { Agenda } from "./agenda.ts";
import { assumptions } from "./assumptions.ts";
import { every } from "./every.ts";
import type { Group } from "./group.ts";

/** How often the figure is looked at within a datapoint. */
const samples = 4;

/** The cloud's monitoring of a group: averages over the machines that are warm, seen a little later. */
export function watch(group: Group, agenda: Agenda): void {
  const { metricSeconds, scaling } = group.fleet;
  let seen: { readonly figure: number; readonly machines: number }[] = [];
  every(agenda, metricSeconds / samples, () => {
    const serving = group.members.filter((node) => node.servesFor(0, agenda.now));
    const warm = serving.filter((node) => node.servesFor(scaling.cooldownSeconds, agenda.now));
    const counted = warm.length === 0 ? serving : warm;
    if (counted.length > 0) {
      seen.push({ figure: mean(counted.map(({ figure }) => figure)), machines: counted.length });
    }
    const isWhole = Math.round(agenda.now) % metricSeconds === 0;
    const last = seen.at(-1);
    if (!isWhole || last === undefined) return;
    const datapoint = { percent: mean(seen.map(({ figure }) => figure)), machines: last.machines };
    seen = [];
    agenda.after(assumptions.metricDelaySeconds, () => group.scaling.see(datapoint, agenda.now));
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
