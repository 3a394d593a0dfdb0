import type { Role } from "../../../model/cluster.ts";
import { clock, hour, type Programme } from "./audience.ts";

/** Something that happens to the machines. */
export type Mishap =
  | { readonly at: number; readonly kind: "hang"; readonly role: Role }
  | { readonly at: number; readonly kind: "zone-loss"; readonly zone: number; readonly seconds: number }
  | { readonly at: number; readonly kind: "spot-interruption" }
  | { readonly at: number; readonly kind: "upgrade" };

export interface Scenario {
  readonly name: string;
  readonly what: string;
  readonly programme: Programme;
  readonly mishaps: readonly Mishap[];
}

const scenario = (
  name: string,
  what: string,
  mishaps: readonly Mishap[] = [],
  programme: Programme = {},
): Scenario => ({ name, what, mishaps, programme });

/** Each is the same day with one thing more. */
export const scenarios = {
  day: scenario(
    "day",
    "the audience varies between 60 viewers and 6 publishers at 4:00, and 700 viewers and 60 publishers at 20:00",
  ),
  surge: scenario("surge", "at 18:00, 2,000 more viewers arrive within 3 minutes and stay for an hour", [], {
    rush: { at: clock(18), seconds: 180, viewers: 2000, staySeconds: hour },
  }),
  lull: scenario(
    "lull",
    "from 21:00 to 24:00, only a tenth of the usual number of clients arrive, so the groups scale in",
    [],
    {
      lull: { from: clock(21), to: clock(24), share: 0.1 },
    },
  ),
  hang: scenario(
    "hang",
    "AMS stops responding on one origin and one edge at 19:00, while the machines continue to run",
    [
      { at: clock(19), kind: "hang", role: "origin" },
      { at: clock(19), kind: "hang", role: "edge" },
    ],
  ),
  "first-zone": scenario("first zone lost", "the zone that contains the vendor's origins is down from 19:00 to 21:00", [
    { at: clock(19), kind: "zone-loss", zone: 0, seconds: 2 * hour },
  ]),
  "second-zone": scenario("second zone lost", "the zone that contains the vendor's edges is down from 19:00 to 21:00", [
    { at: clock(19), kind: "zone-loss", zone: 1, seconds: 2 * hour },
  ]),
  upgrade: scenario("upgrade", "a new image is rolled out at noon", [{ at: clock(12), kind: "upgrade" }]),
  spot: scenario("spot", "at 20:00, the cloud sends interruption notices to all spot machines and then reclaims them", [
    { at: clock(20), kind: "spot-interruption" },
  ]),
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof scenarios;
