import type { Period } from "../../config/types.ts";
import { type Event, holds, isEvent, minimumAt, minute, spanOf, weeklyOf } from "./minimum.ts";

/** Sets a group's minimum once. */
export interface Action {
  /** Unique within the group, and the same for as long as its event stays in the configuration. */
  readonly name: string;
  readonly period: string;
  readonly at: number;
  readonly min: number;
}

/**
 * What a group's events set, in the order of time. The actions of weekly periods set their own minimum, whatever else holds:
 * a minute after each of them, within an event, the event sets its minimum again. At one moment there is one action alone,
 * as AWS demands (PutScheduledUpdateGroupAction).
 */
export function actionsOf(schedule: readonly Period[], min: number, leadMinutes: number): readonly Action[] {
  const found = new Map<number, Omit<Action, "at" | "min">>();
  const weekly = weeklyOf(schedule);
  for (const event of schedule.filter(isEvent)) {
    const { begin, end } = spanOf(event, leadMinutes);
    const changes = changesOf(weekly, begin, end);
    const again = changes.map((at) => at + minute).filter((at) => at < end);
    const add = (at: number, key: string): void => {
      if (!found.has(at)) found.set(at, { name: `${event.name}-${key}`, period: event.name });
    };
    if (!changes.includes(begin)) add(begin, "begin");
    for (const [index, at] of again.entries()) add(at, `again-${index + 1}`);
    if (!changes.includes(end)) add(end, "end");
  }
  const list = [...found].map(([at, names]) => ({ ...names, at, min: minimumAt(min, schedule, at, leadMinutes) }));
  return list.sort((one, other) => one.at - other.at);
}

/** Minutes at which a weekly period begins or ends. */
function changesOf(weekly: readonly Period[], from: number, to: number): readonly number[] {
  if (weekly.length === 0) return [];
  const held = (at: number): string => weekly.map((period) => holds(period, at, 0)).join();
  const minutes = Array.from({ length: (to - from) / minute + 1 }, (_, index) => from + index * minute);
  return minutes.filter((at) => held(at) !== held(at - minute));
}

/** AWS may run an action up to two minutes late ("Scheduled scaling", considerations): until then it is not taken away. */
const graceMinutes = 5;

/**
 * Those that are still to come. One whose time is over is no resource any more: AWS removes it from the group and refuses
 * to make it again, as a refreshed stack would try.
 */
export const ahead = (actions: readonly Action[], now: number): readonly Action[] =>
  actions.filter(({ at }) => at + graceMinutes * minute > now);

export const isOver = (event: Event, now: number): boolean => spanOf(event, 0).end <= now;

/** In UTC, with seconds as AWS wants it: 2026-12-24T18:00:00Z. */
export const utcOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
