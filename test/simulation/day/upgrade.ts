import type { Role } from "../../../model/cluster.ts";
import type { Group } from "./group.ts";
import type { Upgrade } from "./settings.ts";

export interface Course {
  /** A step of the upgrade. True when all is done. */
  step(now: number): boolean;
}

export function beginUpgrade(upgrade: Upgrade, groups: Readonly<Record<Role, Group>>): Course {
  return upgrade.kind === "rolling" ? new Rolling(upgrade, groups) : new AllOff(Object.values(groups));
}

/** One group after the other, within it one zone after the other: an old machine leaves when enough others serve. */
class Rolling implements Course {
  readonly #upgrade: Upgrade & { readonly kind: "rolling" };
  readonly #waiting: Group[];

  constructor(upgrade: Upgrade & { readonly kind: "rolling" }, groups: Readonly<Record<Role, Group>>) {
    this.#upgrade = upgrade;
    this.#waiting = upgrade.order.map((role) => groups[role]);
    for (const group of this.#waiting) group.version += 1;
  }

  step(now: number): boolean {
    const [group] = this.#waiting;
    if (group === undefined) return true;
    if (this.#roll(group, now)) this.#waiting.shift();
    return this.#waiting.length === 0;
  }

  #roll(group: Group, now: number): boolean {
    const { desired } = group.scaling;
    const old = [...group.old].sort((a, b) => a.made.zone.localeCompare(b.made.zone) || a.made.id - b.made.id);
    group.extra = Math.min(this.#upgrade.extra(desired, group.role), old.length);
    const settled = group.members.filter(
      (node) => node.death === undefined && isSettled(node, this.#upgrade, group, now),
    );
    const spare = settled.length - this.#upgrade.keep(desired, group.role);
    for (const node of old.slice(0, Math.max(0, spare))) group.leave(node, "upgrade", now);
    return old.length === 0;
  }
}

const isSettled = (
  node: Group["nodes"][number],
  { settleSeconds }: Upgrade & { readonly kind: "rolling" },
  group: Group,
  now: number,
) => node.servesFor(node.made.version === group.version ? settleSeconds[group.role] : 0, now);

/** Both groups to zero, then back to as many as there were. */
class AllOff implements Course {
  readonly #groups: readonly Group[];

  constructor(groups: readonly Group[]) {
    this.#groups = groups;
    for (const group of groups) {
      group.isOff = true;
      group.version += 1;
    }
  }

  step(): boolean {
    const isEmpty = this.#groups.every(({ nodes }) => nodes.every(({ endedAt }) => endedAt !== undefined));
    if (isEmpty) for (const group of this.#groups) group.isOff = false;
    return isEmpty;
  }
}
