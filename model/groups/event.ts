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

/**
 * An action that the cloud has not run yet when the next `up` begins is deleted with it. AWS may run one up to two minutes
 * late ("Scheduled scaling", considerations), so an event's end is kept for longer: without it the minimum stays raised.
 */
const graceMinutes = 5;

/**
 * Those that are still to come. One whose time is over is no resource any more: AWS removes it from the group, for the
 * provider's deletion nothing is then left to do, and both clouds refuse to make it again. It may be of an event that was
 * declared too late, so nothing but an end is rendered with a time in the past.
 */
export const ahead = (actions: readonly Action[], now: number): readonly Action[] =>
  actions.filter((action) => action.at + (isEnd(action) ? graceMinutes * minute : 0) > now);

const isEnd = ({ name, period }: Action): boolean => name === `${period}-end`;

/** Before an event, for its new machines to serve when it begins; see `bootSeconds`. */
export const bootMinutes = (startMinutes: number, setupMinutes: number): number =>
  Math.max(15, startMinutes) + setupMinutes;

export const isOver = (event: Event, now: number): boolean => spanOf(event, 0).end <= now;

/** In UTC, with seconds as AWS wants it: 2026-12-24T18:00:00Z. */
export const utcOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
