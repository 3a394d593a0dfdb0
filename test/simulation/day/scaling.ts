import { minimumAt } from "../../../model/groups/minimum.ts";
import { assumptions } from "./assumptions.ts";
import { dayBegins } from "./audience.ts";
import type { Fleet } from "./settings.ts";

/** What the cloud's monitoring shows of a group for one period. */
export interface Datapoint {
  readonly cpuPercent: number;
  /** Machines that the average is of. */
  readonly machines: number;
}

/** How many machines a group wants: scheduled least, target tracking, and a step for a surge, as EC2 Auto Scaling does it. */
export class Scaling {
  readonly #fleet: Fleet;
  #desired: number;
  #highSeconds = 0;
  #lowSeconds = 0;
  #lastChange = Number.NEGATIVE_INFINITY;
  #scaleIns = 0;

  constructor(fleet: Fleet, now: number) {
    this.#fleet = fleet;
    this.#desired = this.#least(now);
  }

  get desired(): number {
    return this.#desired;
  }

  get scaleIns(): number {
    return this.#scaleIns;
  }

  /** The period's least holds, whatever the CPU is. */
  schedule(now: number): void {
    this.#want(Math.max(this.#desired, this.#least(now)), now);
  }

  see({ cpuPercent, machines }: Datapoint, now: number): void {
    const { cpuTargetPercent: target, metricSeconds, surge } = this.#fleet;
    this.#highSeconds = cpuPercent > target ? this.#highSeconds + metricSeconds : 0;
    this.#lowSeconds = cpuPercent < target * assumptions.lowShareOfTarget ? this.#lowSeconds + metricSeconds : 0;
    const followed = Math.ceil((machines * cpuPercent) / target);
    if (this.#highSeconds >= assumptions.highMinutes * 60) this.#want(Math.max(this.#desired, followed), now);
    if (surge !== undefined && cpuPercent > surge.abovePercent) {
      // A percentage of machines that is no whole number is rounded down, but not to none (AWS's guide).
      const more = Math.max(1, Math.floor((machines * surge.addPercent) / 100));
      this.#want(Math.max(this.#desired, machines + more), now);
    }
    if (this.#lowSeconds >= assumptions.lowMinutes * 60) this.#scaleIn(followed, now);
  }

  /** The minutes below begin anew after each step: what the last machine served comes to the others first. */
  #scaleIn(followed: number, now: number): void {
    if (now < this.#lastChange + this.#fleet.warmUpSeconds) return;
    const least = Math.max(this.#least(now), followed);
    if (this.#desired <= least) return;
    this.#want(Math.max(least, this.#desired - assumptions.scaleInStep), now);
    this.#lowSeconds = 0;
  }

  #least(now: number): number {
    const { min, schedule, leadMinutes } = this.#fleet;
    return minimumAt(min, schedule, dayBegins + now * 1000, leadMinutes);
  }

  #want(machines: number, now: number): void {
    const wanted = Math.min(this.#fleet.max, machines);
    if (wanted === this.#desired) return;
    if (wanted < this.#desired) this.#scaleIns += 1;
    this.#desired = wanted;
    this.#lastChange = now;
  }
}
