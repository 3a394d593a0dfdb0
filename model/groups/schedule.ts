import type { Period } from "../../config/types.ts";
import type { WeekDay } from "./week-days.ts";

/** When periods begin and end, as the clouds' schedulers want to hear it. */

/** A time of the week: days are counted from Sunday as 0, as in a crontab. */
export interface Moment {
  readonly minute: number;
  readonly hour: number;
  readonly days: readonly number[];
}

const dayNumbers: Readonly<Record<WeekDay, number>> = { sun: 0, mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6 };

const minutesOfDay = 24 * 60;
const minutesOfWeek = 7 * minutesOfDay;

const toMinutes = (clock: string): number => {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
};

/** Minutes since Sunday's midnight, on each of its days; may be negative or lie in the week after. */
const minutesOf = (days: readonly WeekDay[], minutes: number): readonly number[] =>
  days.map((day) => dayNumbers[day] * minutesOfDay + minutes);

function toMoment(minutes: readonly number[]): Moment {
  const week = minutes.map((minute) => ((minute % minutesOfWeek) + minutesOfWeek) % minutesOfWeek);
  const [first = 0] = week;
  const days = week.map((minute) => Math.floor(minute / minutesOfDay)).sort((a, b) => a - b);
  return { minute: first % 60, hour: Math.floor((first % minutesOfDay) / 60), days };
}

/** A time before the beginning is on the next day. */
const endMinutes = ({ from, to }: Period): number =>
  toMinutes(to) > toMinutes(from) ? toMinutes(to) : toMinutes(to) + minutesOfDay;

/** In a zone that is `offsetMinutes` east of UTC, seen from UTC; 0 leaves the wall-clock time as it is. */
export const beginOf = (period: Period, offsetMinutes = 0): Moment =>
  toMoment(minutesOf(period.days, toMinutes(period.from) - offsetMinutes));

export const endOf = (period: Period, offsetMinutes = 0): Moment =>
  toMoment(minutesOf(period.days, endMinutes(period) - offsetMinutes));

/** In a crontab's words. */
export const cronOf = ({ minute, hour, days }: Moment): string =>
  `${minute} ${hour} * * ${days.length === 7 ? "*" : days.join(",")}`;

/** The first such moment on or after a day, in UTC: 2026-12-01T18:00Z. */
export function firstSince(day: string, { minute, hour, days }: Moment): string {
  const start = Date.parse(`${day}T00:00:00Z`) / 60_000;
  const candidates = Array.from({ length: 7 }, (_, index) => new Date((start + index * minutesOfDay) * 60_000));
  const found = candidates.find((date) => days.includes(date.getUTCDay()));
  if (found === undefined) throw new Error("the period has no days");
  const pad = (value: number): string => String(value).padStart(2, "0");
  return `${found.toISOString().slice(0, 10)}T${pad(hour)}:${pad(minute)}Z`;
}

/** Any year would do: what counts is whether a zone's offset changes within one. */
const sampleYear = 2026;

/** A zone's distinct offsets from UTC over a year, in minutes: one without daylight saving time, two with it. */
export function offsetsOf(timeZone: string): readonly number[] {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const offsets = Array.from({ length: 12 }, (_, month) => {
    const parts = format.formatToParts(new Date(Date.UTC(sampleYear, month, 1)));
    const text = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
    const [, sign = "+", hours = "0", minutes = "0"] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(text) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  });
  return [...new Set(offsets)];
}

/** Its beginnings and ends in minutes of the week, in UTC. */
function spans(period: Period, offset: number): readonly (readonly [number, number])[] {
  const begins = minutesOf(period.days, toMinutes(period.from) - offset);
  const length = endMinutes(period) - toMinutes(period.from);
  return begins.map((begin) => [begin, begin + length]);
}

/** Whether one begins before the other has ended, or in the same minute: both would then set the group's minimum. */
export function overlap(one: Period, other: Period): boolean {
  const offsets = (period: Period) => (one.timeZone === other.timeZone ? [0] : offsetsOf(period.timeZone));
  return offsets(one).some((first) =>
    offsets(other).some((second) =>
      spans(one, first).some(([begin, end]) =>
        spans(other, second).some(([otherBegin, otherEnd]) =>
          [-2, -1, 0, 1, 2].some((week) => {
            const shift = week * minutesOfWeek;
            return begin <= otherEnd + shift && otherBegin + shift <= end;
          }),
        ),
      ),
    ),
  );
}
