import type { Cloud } from "../../../config/types.ts";
import type { StepRule } from "../../../model/groups/load-steps.ts";
import { minimumAt } from "../../../model/groups/minimum.ts";
import { changeOf, targetTracking } from "../../support/service-scaling.ts";
import { dayBegins } from "./audience.ts";
import type { Fleet } from "./settings.ts";

/** What the cloud's monitoring shows of a group for one period. */
export interface Datapoint {
  readonly percent: number;
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

  /** The period's least holds, whatever the figure is. */
  schedule(now: number): void {
    this.#want(Math.max(this.#desired, this.#least(now)), now);
  }

  see({ percent, machines }: Datapoint, now: number): void {
    const { cloud, scaling, metricSeconds, steps } = this.#fleet;
    const { targetPercent: target, surge } = scaling;
    const high = steps?.grow.threshold ?? target;
    const low = steps?.shrink.threshold ?? target * targetTracking.lowShareOfTarget;
    this.#highSeconds = percent > high ? this.#highSeconds + metricSeconds : 0;
    this.#lowSeconds = percent < low ? this.#lowSeconds + metricSeconds : 0;
    const followed = Math.ceil((machines * percent) / target);
    if (this.#highSeconds >= targetTracking.highMinutes * 60)
      this.#grow(steps === undefined ? followed : machines + stepOf(cloud, steps.grow, percent, machines), now);
    if (surge !== undefined && percent > surge.abovePercent)
      this.#grow(machines + changeOf(cloud, machines, surge.addPercent), now);
    if (this.#lowSeconds < targetTracking.lowMinutes * 60) return;
    if (steps === undefined) this.#scaleIn(Math.max(followed, this.#desired - targetTracking.scaleInStep), now);
    else this.#scaleIn(this.#desired + stepOf(cloud, steps.shrink, percent, this.#desired), now);
  }

  #grow(machines: number, now: number): void {
    this.#want(Math.max(this.#desired, machines), now);
  }

  /** The minutes below begin anew after each step: what the last machine served comes to the others first. */
  #scaleIn(machines: number, now: number): void {
    if (now < this.#lastChange + this.#fleet.scaling.cooldownSeconds) return;
    const wanted = Math.max(this.#least(now), machines);
    if (this.#desired <= wanted) return;
    this.#want(wanted, now);
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

/** Machines more or fewer by the step that the figure falls into. */
function stepOf(cloud: Cloud, { threshold, steps }: StepRule, figure: number, machines: number): number {
  const distance = figure - threshold;
  const found = steps.find(
    ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }) => distance >= from && distance < to,
  );
  return found === undefined ? 0 : changeOf(cloud, machines, found.percent);
}
