import { assertNever, type Role } from "../../../model/cluster.ts";
import type { Agenda } from "./agenda.ts";
import type { Door } from "./door.ts";
import type { Group } from "./group.ts";
import type { Node } from "./node.ts";
import type { Mishap } from "./scenarios.ts";
import type { Settings } from "./settings.ts";
import { beginUpgrade } from "./upgrade.ts";

/** What a mishap can get at. */
export interface Stage {
  readonly agenda: Agenda;
  readonly groups: Readonly<Record<Role, Group>>;
  readonly door: Door;
  readonly lostZones: Set<string>;
  readonly settings: Settings;
}

/** How often an upgrade looks whether it can go on. */
const stepSeconds = 15;

export function strike(mishap: Mishap, stage: Stage): void {
  const { agenda, groups } = stage;
  switch (mishap.kind) {
    case "hang":
      hang(groups[mishap.role], stage);
      break;
    case "zone-loss":
      loseZone(mishap, stage);
      break;
    case "spot-interruption":
      interrupt(groups.edge, stage.settings, agenda.now);
      break;
    case "upgrade":
      upgrade(stage);
      break;
    default:
      assertNever(mishap);
  }
}

function interrupt(group: Group, { spotNoticeSeconds }: Settings, now: number): void {
  for (const node of group.members.filter(({ made }) => made.spot)) {
    group.leave(node, "spot", now, spotNoticeSeconds);
  }
}

function upgrade({ agenda, groups, settings }: Stage): void {
  const course = beginUpgrade(settings.upgrade, groups);
  const go = (): void => {
    if (!course.step(agenda.now)) agenda.after(stepSeconds, go);
  };
  go();
}

/** The node that has served longest. */
function hang({ members }: Group, stage: Stage): void {
  const [first] = members.filter((node) => node.servesFor(0, stage.agenda.now));
  if (first !== undefined) die(first, "hung", stage);
}

function loseZone({ zone: index, seconds }: Mishap & { readonly kind: "zone-loss" }, stage: Stage): void {
  const { agenda, groups, lostZones, settings } = stage;
  const zones = [...new Set([...settings.fleets.origin.zones, ...settings.fleets.edge.zones])].sort();
  const zone = zones[index];
  if (zone === undefined) return;
  lostZones.add(zone);
  agenda.after(seconds, () => lostZones.delete(zone));
  for (const node of Object.values(groups).flatMap(({ nodes }) => nodes)) {
    if (node.made.zone === zone && node.endedAt === undefined) die(node, "gone", stage);
  }
}

function die(node: Node, how: "hung" | "gone", { agenda, door }: Stage): void {
  node.death = { at: agenda.now, how };
  door.cut(node, "application", "death");
  door.cut(node, "network", "death");
}
