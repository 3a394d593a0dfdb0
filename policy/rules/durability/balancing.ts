import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { ofType } from "../../../recording/read/links.ts";
import { isUnknown, listAt } from "../../../recording/read/plain.ts";
import { atLeast, expecting, faultsOf, is, isNot, isSet, orAbsent } from "../../expect.ts";
import { byCloud, type Fault, type Rule } from "../../rule.ts";

/** How balancers treat the nodes behind them, and groups what their balancer says. */

/** Seconds that a machine may take to boot; the adapters' own budget. */
const bootSeconds = 900;

const attachment = "alicloud:ess/serverGroupAttachment:ServerGroupAttachment";

export const balancerDecidesHealth: Rule = {
  id: "balancer-decides-health",
  concern: "durability",
  sources: { aws: ["FSBP AutoScaling.1", "CKV2_AWS_15"], alibaba: ["Config ess-group-health-check"] },
  demands:
    "A group replaces machines that its load balancer reports as unhealthy, but not before a new machine has had time to boot",
  remedy:
    "enable the load balancer's health check for the group, and set the grace period to the time that a machine needs to boot",
  looksAt: byCloud([awsType.group, alibabaType.group, attachment]),
  find: (all) => [
    ...ofType(all, awsType.group).flatMap((on) =>
      faultsOf(on, [is("healthCheckType", "ELB"), atLeast("healthCheckGracePeriod", bootSeconds)]),
    ),
    ...ofType(all, alibabaType.group).flatMap((on): readonly Fault[] => {
      const kinds = [...listAt(on.props, "healthCheckTypes[]"), ...listAt(on.props, "healthCheckType")];
      if (kinds.some((kind) => isUnknown(kind) || kind === "LOAD_BALANCER")) return [];
      return [{ on, fault: "healthCheckTypes does not include LOAD_BALANCER" }];
    }),
  ],
};

/** AWS's default; less cuts off viewers that a new node would take over. */
const drainSeconds = 300;

export const drained: Rule = {
  id: "targets-drain",
  concern: "durability",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: `A node that is being removed keeps its connections for at least ${drainSeconds} seconds`,
  remedy: "raise ams:balancer.drainSeconds",
  ...expecting({
    [awsType.targetGroup]: [orAbsent(atLeast("deregistrationDelay", drainSeconds))],
    [alibabaType.webTargets]: [
      is("connectionDrainConfig.connectionDrainEnabled", true),
      atLeast("connectionDrainConfig.connectionDrainTimeout", drainSeconds),
    ],
    [alibabaType.streamTargets]: [is("connectionDrainEnabled", true), atLeast("connectionDrainTimeout", drainSeconds)],
  }),
};

export const checked: Rule = {
  id: "targets-are-checked",
  concern: "durability",
  sources: { aws: ["CKV_AWS_261"], alibaba: ["own"] },
  demands: "Load balancer health checks test each node's application, not only its port",
  remedy: "enable an HTTP health check with a path",
  ...expecting({
    [awsType.targetGroup]: [isNot("healthCheck.enabled", false), isSet("healthCheck.path")],
    [alibabaType.webTargets]: [
      is("healthCheckConfig.healthCheckEnabled", true),
      isSet("healthCheckConfig.healthCheckPath"),
    ],
    [alibabaType.streamTargets]: [is("healthCheck.healthCheckEnabled", true), isSet("healthCheck.healthCheckUrl")],
  }),
};

export const crossZone: Rule = {
  id: "balancers-cross-zones",
  concern: "durability",
  sources: { aws: ["CKV_AWS_152"], alibaba: ["own"] },
  demands: "A load balancer distributes traffic across the nodes in all zones",
  remedy: "enable cross-zone load balancing",
  looksAt: byCloud([awsType.balancer, alibabaType.webTargets, alibabaType.streamBalancer]),
  find: (all) => [
    ...ofType(all, awsType.balancer)
      .filter(({ props }) => props["loadBalancerType"] === "network")
      .flatMap((on) => faultsOf(on, [is("enableCrossZoneLoadBalancing", true)])),
    // Both are on by default.
    ...ofType(all, alibabaType.webTargets, alibabaType.streamBalancer).flatMap((on) =>
      faultsOf(on, [isNot("crossZoneEnabled", false)]),
    ),
  ],
};
