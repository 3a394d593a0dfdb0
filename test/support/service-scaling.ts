import type { Cloud } from "../../config/types.ts";

/** How the clouds' services follow a group's rules: what the simulation and the evaluator of recorded rules both take for true. */

/**
 * Alarms of target tracking. AWS publishes no share of the target for the low one. On groups of EC2 by CPU it is seen at 70 %:
 * 52.5 of 75 (aws-samples/amazon-chime-sdk-pstn-audio-voice-focus, README.md), 35 of 50, 28 of 40. The 90 % that is often
 * named is Application Auto Scaling's, which EC2 groups don't use. Nobody shows one for a metric of one's own.
 */
export const targetTracking = {
  highMinutes: 3,
  lowMinutes: 15,
  lowShareOfTarget: 0.7,
  /** "Scales in more gradually" (EC2 Auto Scaling user guide): read as one machine at a time. */
  scaleInStep: 1,
} as const;

/** From a fraction of a machine to whole ones. */
const whole: Readonly<Record<Cloud, (machines: number) => number>> = {
  /** Down (EC2 Auto Scaling user guide, "Step and simple scaling policies"). */
  aws: Math.floor,
  /** "Rounded to the nearest integer" (Auto Scaling, "CreateScalingRule"). */
  alibaba: Math.round,
};

/** Machines more or fewer by a percentage of the group; the rules' smallest change is one. */
export const changeOf = (cloud: Cloud, machines: number, percent: number): number =>
  Math.sign(percent) * Math.max(1, whole[cloud]((machines * Math.abs(percent)) / 100));
