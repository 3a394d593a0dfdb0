import type { Standing } from "./store.ts";
import type { Values } from "./wire.ts";

/** Alibaba Cloud's Internet Shared Bandwidth, as far as what joins it reads differently from then on. */

const packageType = "alicloud:vpc/commonBandwithPackage:CommonBandwithPackage";
const joining = /^alicloud:(vpc|alb|nlb)\/.*ommonBand\w*Attachment:/;

/**
 * What making an attachment changes of others, as their next Read says it. An address has the package's bandwidth and billing
 * (Internet Shared Bandwidth, "Associate EIPs"), and whether its API says so or keeps its own is not known: the worse is taken.
 * A balancer names the package, which its provider takes for its own property (resource_alicloud_alb_load_balancer.go@81c43b6,
 * line 397; nlb: line 410).
 */
export function joined(type: string, inputs: Values, standing: readonly Standing[]): readonly Standing[] {
  if (!joining.test(type)) return [];
  const { bandwidthPackageId = null, instanceId, loadBalancerId } = inputs;
  const shared = standing.find((one) => one.type === packageType && one.id === bandwidthPackageId);
  const { bandwidth = null } = shared?.inputs ?? {};
  return standing
    .filter(({ id }) => id === instanceId || id === loadBalancerId)
    .map((one) => {
      const read =
        one.id === loadBalancerId ? { bandwidthPackageId } : { bandwidth, internetChargeType: "PayByBandwidth" };
      return { ...one, outputs: { ...one.outputs, ...read } };
    });
}

/** An address is in one package at a time, and a package that has some does not end (DeleteCommonBandwidthPackage). */
export function refusedJoin(type: string, inputs: Values, standing: readonly Standing[]): string | undefined {
  if (!joining.test(type)) return undefined;
  const key = "instanceId" in inputs ? "instanceId" : "loadBalancerId";
  const other = standing.find((one) => joining.test(one.type) && one.inputs[key] === inputs[key]);
  return other === undefined ? undefined : `OperationFailed: ${String(inputs[key])} is in ${other.id}`;
}
