import type { Role } from "../../../model/cluster.ts";
import type { Agenda } from "./agenda.ts";
import { assumptions } from "./assumptions.ts";
import type { Kind, Visitor } from "./audience.ts";
import type { Group } from "./group.ts";
import type { Node, Visit } from "./node.ts";
import type { Carrier, Settings } from "./settings.ts";
import type { CutCause, Tally } from "./tally.ts";

const roleOf: Readonly<Record<Kind, Role>> = { publisher: "origin", viewer: "edge" };

/** The balancers and AMS's own refusal: who gets in where, and how each visit ends. */
export class Door {
  readonly #agenda: Agenda;
  readonly #tally: Tally;
  readonly #outSeconds: Settings["outSeconds"];
  readonly #sharedMbps: number;
  #groups: Readonly<Partial<Record<Role, Group>>> = {};

  constructor(agenda: Agenda, tally: Tally, { outSeconds, sharedMbps }: Settings) {
    this.#agenda = agenda;
    this.#tally = tally;
    this.#outSeconds = outSeconds;
    this.#sharedMbps = sharedMbps ?? Number.POSITIVE_INFINITY;
  }

  opensTo(groups: Readonly<Record<Role, Group>>): void {
    this.#groups = groups;
  }

  arrive(visitor: Visitor): void {
    this.#tally.begins(visitor.kind, "arrived");
    this.#begin(visitor, visitor.staySeconds, undefined);
  }

  /** Ends the visits on a node that a carrier brought; who wanted to stay comes back. */
  cut(node: Node, carrier: Carrier, cause: CutCause): void {
    for (const visit of [...node.visits]) {
      if (visit.visitor.carrier === carrier) this.#end(node, visit, cause);
    }
  }

  /** Ends so many of a node's visits, before its own end would. */
  move(node: Node, count: number, cause: CutCause): void {
    for (const visit of [...node.visits].slice(0, count)) {
      this.#tally.moves(visit.visitor.kind);
      this.#end(node, visit, cause, this.#agenda.now);
    }
  }

  #end(node: Node, visit: Visit, cause: CutCause, movedAt?: number): void {
    node.visits.delete(visit);
    visit.node = undefined;
    this.#tally.cuts(visit.visitor.kind, cause);
    this.#comeBack(visit, movedAt);
  }

  /** At a time of its own within the limit, so that not all come at once. */
  #comeBack({ visitor, leavesAt }: Visit, movedAt: number | undefined): void {
    const pause = ((visitor.id % 10) + 1) * (assumptions.returnSeconds / 10);
    const back = this.#agenda.now + pause;
    const staySeconds = leavesAt - back;
    if (staySeconds <= 0) return;
    this.#agenda.at(back, () => {
      this.#tally.begins(visitor.kind, "returned");
      this.#begin(visitor, staySeconds, movedAt);
    });
  }

  #begin(visitor: Visitor, staySeconds: number, movedAt: number | undefined): void {
    this.#try({ visitor, triedAt: this.#agenda.now, staySeconds, movedAt, leavesAt: 0, node: undefined });
  }

  #try(visit: Visit): void {
    const { visitor, triedAt, staySeconds } = visit;
    const node = this.#choose(visitor);
    if (node !== undefined && node.death === undefined && !node.isFull && this.#hasRoom(visitor.kind, node)) {
      this.#enter(visit, node, staySeconds);
    } else if (this.#agenda.now - triedAt + assumptions.retrySeconds > assumptions.patienceSeconds) {
      this.#tally.ends(visitor.kind, "refused");
    } else {
      this.#agenda.after(assumptions.retrySeconds, () => this.#try(visit));
    }
  }

  /** Of the bandwidth that all edges share; what publishers send in counts in the other direction. */
  #hasRoom(kind: Kind, node: Node): boolean {
    return kind === "publisher" || this.#sentMbps + node.mbpsOfEach <= this.#sharedMbps;
  }

  get #sentMbps(): number {
    const edges = this.#groups.edge?.nodes ?? [];
    return edges.reduce((sum, { visits, mbpsOfEach }) => sum + visits.size * mbpsOfEach, 0);
  }

  #enter(visit: Visit, node: Node, staySeconds: number): void {
    visit.node = node;
    visit.leavesAt = this.#agenda.now + staySeconds;
    node.visits.add(visit);
    this.#tally.sends(this.#sentMbps);
    if (visit.movedAt !== undefined) this.#tally.resumes(visit.visitor.kind, this.#agenda.now - visit.movedAt);
    this.#agenda.at(visit.leavesAt, () => {
      if (visit.node === undefined) return;
      visit.node.visits.delete(visit);
      visit.node = undefined;
      this.#tally.ends(visit.visitor.kind, "left");
    });
  }

  /** The application balancer asks the node with the fewest connections, the network balancer one by the flow. */
  #choose({ kind, carrier, id }: Visitor): Node | undefined {
    const inTurn = this.#groups[roleOf[kind]]?.nodes.filter((node) =>
      node.isInTurn(this.#outSeconds[carrier], this.#agenda.now),
    );
    if (inTurn === undefined || inTurn.length === 0) return undefined;
    if (carrier === "network") return inTurn[(Math.imul(id, 2654435761) >>> 0) % inTurn.length];
    return inTurn.reduce((least, node) => (node.visits.size < least.visits.size ? node : least));
  }
}
