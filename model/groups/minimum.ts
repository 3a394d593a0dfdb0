import type { Period } from "../../config/types.ts";
import { weekDays } from "./week-days.ts";

/** The smallest size that a group's schedule asks for at a moment: what scheduled actions set, and what the simulation plays. */

/** A period of one date. */
export type Event = Period & { readonly date: string };

export const isEvent = (period: Period): period is Event => period.date !== undefined;

/** Periods that come each week. */
export const weeklyOf = (schedule: readonly Period[]): readonly Period[] => schedule.filter((one) => !isEvent(one));

export const minute = 60_000;

const minuteOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once: it takes longer to make than to use. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const day = { year: "numeric", month: "2-digit", day: "2-digit", weekday: "short" } as const;
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const format = new Intl.DateTimeFormat("en-US", { timeZone, ...day, ...time });
  formats.set(timeZone, format);
  return format;
}

const dayNames: Readonly<Record<string, number>> = { Mon: 0, Tue: 1, Wed: 2, Thu: 3, Fri: 4, Sat: 5, Sun: 6 };

/** What the calendar and the clock on a wall of a zone show. */
function wall(at: number, timeZone: string) {
  const parts = formatOf(timeZone).formatToParts(at);
  const part = (type: string): string => parts.find((found) => found.type === type)?.value ?? "";
  const number = (type: string): number => Number(part(type));
  return {
    day: dayNames[part("weekday")] ?? 0,
    minute: number("hour") * 60 + number("minute"),
    asUtc: Date.UTC(number("year"), number("month") - 1, number("day"), number("hour"), number("minute")),
  };
}

/** The moment at which a wall clock of a zone shows a time; one that daylight saving time skips is as late as it would be without. */
function momentOf(date: string, clock: string, timeZone: string): number {
  const shown = Date.parse(`${date}T${clock}:00Z`);
  const first = shown - (wall(shown, timeZone).asUtc - shown);
  return first - (wall(first, timeZone).asUtc - shown);
}

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 24 * 60 * minute).toISOString().slice(0, 10);

/** From when an event's machines have to be ordered, so that they serve when it begins, until its end; in milliseconds. */
export function spanOf({ date, from, to, timeZone }: Event, leadMinutes: number) {
  const lastDay = minuteOf(to) > minuteOf(from) ? date : dayAfter(date);
  return { begin: momentOf(date, from, timeZone) - leadMinutes * minute, end: momentOf(lastDay, to, timeZone) };
}

/** Whether a period holds at a moment; one that ends at or before its beginning ends on the next day. */
export function holds(period: Period, at: number, leadMinutes: number): boolean {
  if (isEvent(period)) {
    const { begin, end } = spanOf(period, leadMinutes);
    return at >= begin && at < end;
  }
  const { days, from, to, timeZone } = period;
  const now = wall(at, timeZone);
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  const beginsOn = (index: number): boolean => days.some((name) => weekDays.indexOf(name) === index);
  if (begin < end) return beginsOn(now.day) && now.minute >= begin && now.minute < end;
  return (beginsOn(now.day) && now.minute >= begin) || (beginsOn((now.day + 6) % 7) && now.minute < end);
}

/** Machines that a group has at the least at a moment. */
export const minimumAt = (min: number, schedule: readonly Period[], at: number, leadMinutes: number): number =>
  Math.max(min, ...schedule.filter((period) => holds(period, at, leadMinutes)).map((period) => period.min));
