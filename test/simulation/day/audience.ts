import { exponential, logNormal, logNormalMean, type Random, randomFrom } from "./random.ts";
import type { Carrier } from "./settings.ts";

export type Kind = "publisher" | "viewer";

/** Somebody who comes, whatever the settings are: each settings get the same people. */
export interface Visitor {
  readonly id: number;
  readonly kind: Kind;
  readonly carrier: Carrier;
  readonly arrivesAt: number;
  /** How long this one wants to stay. */
  readonly staySeconds: number;
}

export const hour = 3600;
export const daySeconds = 24 * hour;
/** The day begins when the fewest are there; a Wednesday. */
export const dayBegins = Date.parse("2026-01-14T04:00:00Z");

/** Seconds from the day's beginning to a time of the clock, in UTC. */
export const clock = (hours: number, minutes = 0): number => (((hours + 20) % 24) * 60 + minutes) * 60;

/** How many are there at the same time at the least and at the most of a day, and how long they stay. */
interface Crowd {
  readonly least: number;
  readonly most: number;
  readonly medianMinutes: number;
  /** Of the logarithm. */
  readonly spread: number;
  readonly longestMinutes: number;
  readonly carriers: readonly Carrier[];
}

/** Guesses: no source gives lengths of sessions. Half of the publishers come by RTMP. */
export const crowds: Readonly<Record<Kind, Crowd>> = {
  viewer: {
    least: 60,
    most: 700,
    medianMinutes: 15,
    spread: 1,
    longestMinutes: 480,
    carriers: ["application"],
  },
  publisher: {
    least: 6,
    most: 60,
    medianMinutes: 45,
    spread: 0.8,
    longestMinutes: 480,
    carriers: ["application", "network"],
  },
};

/** Viewers who come together, as when a stream is announced: evenly within a time. */
export interface Rush {
  readonly at: number;
  readonly seconds: number;
  readonly viewers: number;
  readonly staySeconds: number;
}

/** Arrivals become fewer for a time. */
export interface Lull {
  readonly from: number;
  readonly to: number;
  /** Share of the usual arrivals. */
  readonly share: number;
}

export interface Programme {
  readonly rush?: Rush;
  readonly lull?: Lull;
  /** No stay is longer than this. @default the crowd's own */
  readonly longestMinutes?: number;
}

const peakHour = 20;

/** Share between the least and the most: one peak in the evening. */
const shapeAt = (seconds: number): number => {
  const hours = ((seconds / hour + 4 - peakHour) / 24) * 2 * Math.PI;
  return ((1 + Math.cos(hours)) / 2) ** 2;
};

/** Another seed is another day of the same kind. */
export function audience(programme: Programme, seed: number): readonly Visitor[] {
  const random = randomFrom(seed);
  const people = [...crowd("viewer", programme, random), ...crowd("publisher", programme, random), ...rush(programme)];
  people.sort((a, b) => a.arrivesAt - b.arrivesAt);
  for (const [id, person] of people.entries()) person.id = id;
  return people;
}

type Person = { -readonly [Key in keyof Visitor]: Visitor[Key] };

/** Arrivals at the rate that keeps as many there as the curve says; those that the curve leaves out are thinned. */
function crowd(kind: Kind, { lull, longestMinutes }: Programme, random: Random): readonly Person[] {
  const { least, most, medianMinutes, spread, carriers, ...limits } = crowds[kind];
  const highest = most / (logNormalMean(medianMinutes, spread) * 60);
  const longest = Math.min(longestMinutes ?? limits.longestMinutes, limits.longestMinutes) * 60;
  const people: Person[] = [];
  for (let at = exponential(random, highest); at < daySeconds; at += exponential(random, highest)) {
    const quiet = lull !== undefined && at >= lull.from && at < lull.to ? lull.share : 1;
    const share = ((least + (most - least) * shapeAt(at)) / most) * quiet;
    const [stays, place, keep] = [logNormal(random, medianMinutes * 60, spread), random(), random()];
    if (keep >= share) continue;
    const carrier = carriers[Math.floor(place * carriers.length)] ?? "application";
    people.push({ id: 0, kind, carrier, arrivesAt: at, staySeconds: Math.min(stays, longest) });
  }
  return people;
}

const rush = ({ rush: together }: Programme): readonly Person[] =>
  together === undefined
    ? []
    : Array.from({ length: together.viewers }, (_, index) => ({
        id: 0,
        kind: "viewer",
        carrier: "application",
        arrivesAt: together.at + (together.seconds * index) / together.viewers,
        staySeconds: together.staySeconds,
      }));
