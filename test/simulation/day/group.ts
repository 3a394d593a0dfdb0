import type { Role } from "../../../model/cluster.ts";
import { assumptions } from "./assumptions.ts";
import { type LeaveCause, type Leaving, Node } from "./node.ts";
import { Scaling } from "./scaling.ts";
import type { Carrier, Fleet, Settings } from "./settings.ts";

/** What a group was seen to have, for the checks that no step breaks its limits. */
export interface Extent {
  readonly mostMembers: number;
  readonly leastDesired: number;
  readonly mostDesired: number;
}

/** How often groups look at their nodes. */
export const controlSeconds = 15;

/** What ends visits on a leaving node: all that a carrier brought, or some that are asked to reconnect. */
export interface Endings {
  cut(node: Node, carrier: Carrier, cause: LeaveCause): void;
  move(node: Node, count: number, cause: LeaveCause): void;
}

const carriers = ["application", "network"] as const satisfies readonly Carrier[];

/** A group of nodes: makes and lets go as many as are wanted, and replaces what it holds for dead. */
export class Group {
  readonly role: Role;
  readonly nodes: Node[] = [];
  readonly scaling: Scaling;
  /** Set for a rolling upgrade: machines more than desired. */
  extra = 0;
  /** Machines of an older version are the old ones. */
  version = 0;
  /** The whole group is off, whatever scaling wants. */
  isOff = false;
  readonly #settings: Settings;
  readonly #lostZones: ReadonlySet<string>;
  readonly #endings: Endings;
  /** When each place of the warm pool has a machine that is ready to start. */
  readonly #warm: number[];
  /** Machines that were made for the pool. */
  #prepared: number;
  #extent: Extent;
  #leastServing = 1;

  constructor(role: Role, settings: Settings, lostZones: ReadonlySet<string>, endings: Endings) {
    this.role = role;
    this.#settings = settings;
    this.#lostZones = lostZones;
    this.#endings = endings;
    this.scaling = new Scaling(this.fleet, 0);
    this.#warm = Array.from({ length: this.fleet.warmMachines }, () => 0);
    this.#prepared = this.fleet.warmMachines;
    const { desired } = this.scaling;
    this.#extent = { mostMembers: 0, leastDesired: desired, mostDesired: desired };
  }

  get fleet(): Fleet {
    return this.#settings.fleets[this.role];
  }

  get members(): readonly Node[] {
    return this.nodes.filter(({ isMember }) => isMember);
  }

  /** Members of a version before the newest. */
  get old(): readonly Node[] {
    return this.members.filter(({ made }) => made.version < this.version);
  }

  get extent(): Extent {
    return this.#extent;
  }

  /** The least share of the wanted machines that served when an upgrade let one go. */
  get leastServing(): number {
    return this.#leastServing;
  }

  /** Machines at work from the first moment on. */
  begin(): void {
    for (let index = 0; index < this.scaling.desired; index++) this.#launch(0, 0);
  }

  /** Health, leaving nodes, and as many machines as are wanted. */
  control(now: number): void {
    this.scaling.schedule(now);
    for (const node of this.nodes) {
      if (this.#isHeldForDead(node, now)) node.endedAt = now;
      this.#letGo(node, now);
    }
    this.#reconcile(now);
    this.#measure();
  }

  /** Takes a node out of the balancer; it stays for its clients as long as the settings say, or less. */
  leave(node: Node, cause: LeaveCause, now: number, mostSeconds = Number.POSITIVE_INFINITY): void {
    const { application, network } = this.#settings.leaveSeconds;
    const seconds = { application: Math.min(application, mostSeconds), network: Math.min(network, mostSeconds) };
    node.leaving = { at: now, cause, seconds };
    if (cause === "upgrade") this.#leastServing = Math.min(this.#leastServing, this.#servingShare(now));
  }

  /** Whoever serves, of those who are wanted. */
  #servingShare(now: number): number {
    const serving = this.members.filter((node) => node.death === undefined && node.servesFor(0, now));
    return serving.length / this.scaling.desired;
  }

  /** The pool's machines are paid for as machines while they boot to be stopped. */
  machineSeconds(until: number): number {
    const prepared = this.#prepared * assumptions.bootSeconds;
    return prepared + this.nodes.reduce((sum, { made, endedAt }) => sum + (endedAt ?? until) - made.launchedAt, 0);
  }

  /** How long dead nodes were members. */
  deadSeconds(until: number): number {
    return this.nodes.reduce((sum, { death, leaving, endedAt }) => {
      const end = Math.min(leaving?.at ?? until, endedAt ?? until);
      return death === undefined ? sum : sum + Math.max(0, end - death.at);
    }, 0);
  }

  #isHeldForDead({ death, endedAt }: Node, now: number): boolean {
    if (death === undefined || endedAt !== undefined) return false;
    if (this.#settings.replaces === "unanswering") return now >= death.at + this.#settings.outSeconds.application;
    return death.how === "gone" && now >= death.at + assumptions.goneSeconds;
  }

  #letGo(node: Node, now: number): void {
    const { leaving } = node;
    if (leaving === undefined || node.endedAt !== undefined) return;
    for (const carrier of carriers) {
      if (now >= leaving.at + leaving.seconds[carrier]) this.#endings.cut(node, carrier, leaving.cause);
    }
    this.#askToReconnect(node, leaving, now);
    if (node.visits.size === 0) node.endedAt = now;
  }

  /** As machine/agent/media/reconnects.py does it: a few at a time, while another node can take them. */
  #askToReconnect(node: Node, { at, cause }: Leaving, now: number): void {
    const { moveSeconds } = this.#settings;
    if (moveSeconds === undefined || this.role === "edge") return;
    const { lastSeconds, lastShare } = assumptions.move;
    const left = at + moveSeconds - now;
    if (left <= 0 || left > Math.min(lastSeconds, moveSeconds * lastShare)) return;
    if (!this.members.some((one) => one.death === undefined && one.servesFor(0, now))) return;
    const turns = Math.max(Math.floor(left / controlSeconds) - 1, 1);
    this.#endings.move(node, Math.ceil(node.visits.size / turns), cause);
  }

  #reconcile(now: number): void {
    const { members } = this;
    const wanted = this.isOff ? 0 : this.scaling.desired + this.extra;
    for (let missing = wanted - members.length; missing > 0; missing--) this.#launch(now);
    const surplus = members.length - wanted;
    const cause = this.isOff ? "upgrade" : "scale-in";
    for (const node of this.#victims(members, Math.max(0, surplus))) this.leave(node, cause, now);
  }

  /** AWS's default order, as far as it matters here: the zone with the most machines, there the oldest. */
  #victims(members: readonly Node[], count: number): readonly Node[] {
    const left = [...members];
    return Array.from({ length: count }).flatMap(() => {
      const perZone = (zone: string): number => left.filter(({ made }) => made.zone === zone).length;
      const [first] = [...left].sort(
        (a, b) =>
          a.made.version - b.made.version || perZone(b.made.zone) - perZone(a.made.zone) || a.made.id - b.made.id,
      );
      if (first === undefined) return [];
      left.splice(left.indexOf(first), 1);
      return [first];
    });
  }

  #launch(now: number, afterSeconds?: number): void {
    const zone = this.#zoneWithRoom();
    if (zone === undefined) return;
    this.nodes.push(
      new Node({
        ...{ id: this.nodes.length, role: this.role, fleet: this.fleet, zone, version: this.version, launchedAt: now },
        spot: this.#isSpot(),
        servesAt: now + (afterSeconds ?? this.#bootSeconds(now) + this.#settings.admitSeconds),
      }),
    );
  }

  #zoneWithRoom(): string | undefined {
    const inZone = (zone: string): number => this.members.filter(({ made }) => made.zone === zone).length;
    const [first, ...others] = this.fleet.zones.filter((zone) => !this.#lostZones.has(zone));
    if (first === undefined || this.fleet.filling === "in-order") return first;
    return [first, ...others].sort((a, b) => inZone(a) - inZone(b))[0];
  }

  /** A share of the machines above the least. */
  #isSpot(): boolean {
    const above = this.members.length - this.fleet.min;
    const spots = (count: number): number => Math.floor((count * this.fleet.spotPercent) / 100);
    return above >= 0 && spots(above + 1) > spots(above);
  }

  /** A machine that is taken from the pool is made anew there. */
  #bootSeconds(now: number): number {
    const place = this.#warm.findIndex((readyAt) => readyAt <= now);
    if (place < 0) return assumptions.bootSeconds;
    this.#warm[place] = now + assumptions.bootSeconds;
    this.#prepared += 1;
    return assumptions.warmBootSeconds;
  }

  #measure(): void {
    const { desired } = this.scaling;
    const { mostMembers, leastDesired, mostDesired } = this.#extent;
    this.#extent = {
      mostMembers: Math.max(mostMembers, this.members.length - this.extra),
      leastDesired: Math.min(leastDesired, desired),
      mostDesired: Math.max(mostDesired, desired),
    };
  }
}
