import type { Role } from "../../../model/cluster.ts";
import { loadOf } from "../../../model/groups/load.ts";
import { usageOf } from "./assumptions.ts";
import type { Visitor } from "./audience.ts";
import type { Carrier, Fleet } from "./settings.ts";

/** One connection, from its first try to its end; who was cut and comes back makes another one. */
export interface Visit {
  readonly visitor: Visitor;
  readonly triedAt: number;
  readonly staySeconds: number;
  /** When the one before it was ended by a node that asked to reconnect. */
  readonly movedAt: number | undefined;
  /** Known once it is let in. */
  leavesAt: number;
  node: Node | undefined;
}

interface Made {
  readonly id: number;
  readonly role: Role;
  readonly fleet: Pick<Fleet, "vcpus" | "bitrateKbps" | "carries" | "scaling">;
  readonly zone: string;
  readonly spot: boolean;
  readonly version: number;
  readonly launchedAt: number;
  readonly servesAt: number;
}

/** How a node stopped: AMS doesn't answer any more, or the whole machine is gone. */
type Death = { readonly at: number; readonly how: "hung" | "gone" };

/** Why a node leaves; whom it still serves at the end is cut for that. */
export type LeaveCause = "scale-in" | "upgrade" | "spot";

/** A node on its way out, with how long its clients have, by what brought them. */
export interface Leaving {
  readonly at: number;
  readonly cause: LeaveCause;
  readonly seconds: Readonly<Record<Carrier, number>>;
}

export class Node {
  readonly made: Made;
  readonly visits = new Set<Visit>();
  death: Death | undefined;
  leaving: Leaving | undefined;
  endedAt: number | undefined;

  constructor(made: Made) {
    this.made = made;
  }

  /** The figure that its group follows, in percent. */
  get figure(): number {
    const { role, fleet } = this.made;
    if (this.death !== undefined) return 0;
    const usage = usageOf(role, fleet, this.visits.size);
    return fleet.scaling.follows === "cpu" ? usage.cpu : (loadOf(usage, fleet.carries)?.percent ?? 0);
  }

  get mbpsOfEach(): number {
    return this.made.fleet.bitrateKbps / 1000;
  }

  /** AMS refuses by CPU. Of one client more than the network carries, all would get less than their stream. */
  get isFull(): boolean {
    const { role, fleet } = this.made;
    const { cpu, egress = 0, ingress = 0 } = usageOf(role, fleet, this.visits.size);
    const { carries } = fleet;
    const isOver = (mbps: number, limit = Number.POSITIVE_INFINITY): boolean =>
      mbps > 0 && mbps + this.mbpsOfEach > limit;
    return cpu >= (carries.cpu ?? 100) || isOver(egress, carries.egress) || isOver(ingress, carries.ingress);
  }

  /** The group still counts on it. */
  get isMember(): boolean {
    return this.endedAt === undefined && this.leaving === undefined;
  }

  /** It takes part, as far as the group knows. */
  servesFor(seconds: number, now: number): boolean {
    return this.isMember && now >= this.made.servesAt + seconds;
  }

  /** The balancer sends clients here: a dead one too, until the checks have failed. */
  isInTurn(outSeconds: number, now: number): boolean {
    return this.servesFor(0, now) && (this.death === undefined || now < this.death.at + outSeconds);
  }
}
