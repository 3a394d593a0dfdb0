import type { Period } from "./node-group.js";
/** When periods begin and end, as the clouds' schedulers want to hear it. */
/** A time of the week: days are counted from Sunday as 0, as in a crontab. */
export interface Moment {
    readonly minute: number;
    readonly hour: number;
    readonly days: readonly number[];
}
/** In a zone that is `offsetMinutes` east of UTC, seen from UTC; 0 leaves the wall-clock time as it is. */
export declare const beginOf: (period: Period, offsetMinutes?: number) => Moment;
export declare const endOf: (period: Period, offsetMinutes?: number) => Moment;
/** In a crontab's words. */
export declare const cronOf: ({ minute, hour, days }: Moment) => string;
/** The first such moment on or after a day, in UTC: 2026-12-01T18:00Z. */
export declare function firstSince(day: string, { minute, hour, days }: Moment): string;
/** A zone's distinct offsets from UTC over a year, in minutes: one without daylight saving time, two with it. */
export declare function offsetsOf(timeZone: string): readonly number[];
/** Whether one begins before the other has ended, or in the same minute: both would then set the group's minimum. */
export declare function overlap(one: Period, other: Period): boolean;
