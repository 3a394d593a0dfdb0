"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.cronOf = exports.endOf = exports.beginOf = void 0;
exports.firstSince = firstSince;
exports.offsetsOf = offsetsOf;
exports.overlap = overlap;
const dayNumbers = { sun: 0, mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6 };
const minutesOfDay = 24 * 60;
const minutesOfWeek = 7 * minutesOfDay;
const toMinutes = (clock) => {
    const [hour = 0, minute = 0] = clock.split(":").map(Number);
    return hour * 60 + minute;
};
/** Minutes since Sunday's midnight, on each of its days; may be negative or lie in the week after. */
const minutesOf = (days, minutes) => days.map((day) => dayNumbers[day] * minutesOfDay + minutes);
function toMoment(minutes) {
    const week = minutes.map((minute) => ((minute % minutesOfWeek) + minutesOfWeek) % minutesOfWeek);
    const [first = 0] = week;
    const days = week.map((minute) => Math.floor(minute / minutesOfDay)).sort((a, b) => a - b);
    return { minute: first % 60, hour: Math.floor((first % minutesOfDay) / 60), days };
}
/** A time before the beginning is on the next day. */
const endMinutes = ({ from, to }) => toMinutes(to) > toMinutes(from) ? toMinutes(to) : toMinutes(to) + minutesOfDay;
/** In a zone that is `offsetMinutes` east of UTC, seen from UTC; 0 leaves the wall-clock time as it is. */
const beginOf = (period, offsetMinutes = 0) => toMoment(minutesOf(period.days, toMinutes(period.from) - offsetMinutes));
exports.beginOf = beginOf;
const endOf = (period, offsetMinutes = 0) => toMoment(minutesOf(period.days, endMinutes(period) - offsetMinutes));
exports.endOf = endOf;
/** In a crontab's words. */
const cronOf = ({ minute, hour, days }) => `${minute} ${hour} * * ${days.length === 7 ? "*" : days.join(",")}`;
exports.cronOf = cronOf;
/** The first such moment on or after a day, in UTC: 2026-12-01T18:00Z. */
function firstSince(day, { minute, hour, days }) {
    const start = Date.parse(`${day}T00:00:00Z`) / 60_000;
    const candidates = Array.from({ length: 7 }, (_, index) => new Date((start + index * minutesOfDay) * 60_000));
    const found = candidates.find((date) => days.includes(date.getUTCDay()));
    if (found === undefined)
        throw new Error("a period has at least one day");
    const pad = (value) => String(value).padStart(2, "0");
    return `${found.toISOString().slice(0, 10)}T${pad(hour)}:${pad(minute)}Z`;
}
/** Any year would do: what counts is whether a zone's offset changes within one. */
const sampleYear = 2026;
/** A zone's distinct offsets from UTC over a year, in minutes: one without daylight saving time, two with it. */
function offsetsOf(timeZone) {
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
function spans(period, offset) {
    const begins = minutesOf(period.days, toMinutes(period.from) - offset);
    const length = endMinutes(period) - toMinutes(period.from);
    return begins.map((begin) => [begin, begin + length]);
}
/** Whether one begins before the other has ended, or in the same minute: both would then set the group's minimum. */
function overlap(one, other) {
    const offsets = (period) => (one.timeZone === other.timeZone ? [0] : offsetsOf(period.timeZone));
    return offsets(one).some((first) => offsets(other).some((second) => spans(one, first).some(([begin, end]) => spans(other, second).some(([otherBegin, otherEnd]) => [-2, -1, 0, 1, 2].some((week) => {
        const shift = week * minutesOfWeek;
        return begin <= otherEnd + shift && otherBegin + shift <= end;
    })))));
}
