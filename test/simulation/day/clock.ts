import type { Period } from "../../../config/types.ts";
import { weekDays } from "../../../model/groups/week-days.ts";
import { dayBegins } from "./audience.ts";

const dayNames: Readonly<Record<string, number>> = { Mon: 0, Tue: 1, Wed: 2, Thu: 3, Fri: 4, Sat: 5, Sun: 6 };

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once: it takes longer to make than to use. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const format = new Intl.DateTimeFormat("en-US", { timeZone, weekday: "short", ...time });
  formats.set(timeZone, format);
  return format;
}

/** Day of the week and minute of the day that a wall clock of a zone shows. */
function wallClock(seconds: number, timeZone: string): { readonly day: number; readonly minute: number } {
  const parts = formatOf(timeZone).formatToParts(new Date(dayBegins + seconds * 1000));
  const part = (type: string): string => parts.find((found) => found.type === type)?.value ?? "";
  return { day: dayNames[part("weekday")] ?? 0, minute: Number(part("hour")) * 60 + Number(part("minute")) };
}

const minuteOf = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
};

/** Whether a period holds at a moment; one that ends at or before its beginning ends on the next day. */
export function holds({ days, from, to, timeZone }: Period, seconds: number): boolean {
  const { day, minute } = wallClock(seconds, timeZone);
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  const beginsOn = (index: number): boolean => days.some((name) => weekDays.indexOf(name) === index);
  if (begin < end) return beginsOn(day) && minute >= begin && minute < end;
  return (beginsOn(day) && minute >= begin) || (beginsOn((day + 6) % 7) && minute < end);
}

/** Machines that a group has at the least at a moment. */
export const leastAt = (min: number, schedule: readonly Period[], seconds: number): number =>
  Math.max(min, ...schedule.filter((period) => holds(period, seconds)).map((period) => period.min));
