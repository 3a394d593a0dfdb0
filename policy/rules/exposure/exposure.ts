import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { listenerTypes } from "../../../recording/read/balancing.ts";
import { ofType, targetOf } from "../../../recording/read/links.ts";
import { isUnknown, same, valueAt } from "../../../recording/read/plain.ts";
import { isAnybody } from "../../../recording/read/ports.ts";
import { type Expectation, expecting, faultsOf, is, isNot, oneOf, orAbsent } from "../../expect.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";
import { closedApplications } from "./applications.ts";
import { privateBuckets } from "./bucket-access.ts";
import { namedEgress, ownGroups, relaysToNodes } from "./egress.ts";
import { ingressRules } from "./ingress-rules.ts";
import { namedReaders, ownAccount } from "./resource-policies.ts";
import { closedAcls, noForwards, noOtherWays, privateRoutes } from "./ways-in.ts";
import { answersTo, webListeners } from "./web.ts";

/** Resources that give a managed database an address of the internet. */
const publicDatabases: Readonly<Record<string, string>> = {
  "alicloud:mongodb/publicNetworkAddress:PublicNetworkAddress": "it assigns a public address to the database",
  "alicloud:mongodb/shardingNetworkPublicAddress:ShardingNetworkPublicAddress":
    "it assigns a public address to the database",
};

const closedList = (path: string): Expectation => ({
  path,
  ok: (value) => value === undefined || !String(value).split(",").some(isAnybody),
  wanted: "the cluster's own ranges",
});

const addressTypes = {
  awsAddress: "aws:ec2/eip:Eip",
  awsAssociation: "aws:ec2/eipAssociation:EipAssociation",
  alibabaAssociation: "alicloud:ecs/eipAssociation:EipAssociation",
} as const;

/** What gives a machine that stands alone, the database's, an address of the internet. */
const noPublicAddress: Rule = {
  id: "database-has-no-public-address",
  concern: "exposure",
  sources: { aws: ["FSBP EC2.9", "CKV_AWS_88"], alibaba: ["Config ecs-instance-no-public-ip"] },
  demands: "A machine outside the scaling groups has no public address",
  remedy: "remove the public address, and connect through the cloud's session service (SSM, Cloud Assistant)",
  looksAt: byCloud([
    awsType.instance,
    alibabaType.instance,
    alibabaType.database,
    ...Object.values(addressTypes),
    ...Object.keys(publicDatabases),
  ]),
  find: (all) => [
    ...ofType(all, ...Object.keys(publicDatabases)).map((on) => ({ on, fault: publicDatabases[on.type] ?? "" })),
    ...ofType(all, alibabaType.database).flatMap((on) =>
      faultsOf(on, [
        orAbsent(is("networkType", "VPC")),
        closedList("securityIpLists[]"),
        closedList("securityIpGroups[].securityIpList"),
      ]),
    ),
    ...ofType(all, awsType.instance, alibabaType.instance).flatMap((on) => ownAddress(all, on)),
    ...ofType(all, ...Object.values(addressTypes)).flatMap((on): readonly Fault[] => {
      const reference = on.props["instanceId"] ?? on.props["instance"];
      const machine = targetOf(all, reference);
      const isMachine = machine?.type === awsType.instance || machine?.type === alibabaType.instance;
      return isMachine ? [{ on, fault: `it assigns a public address to ${machine.name}` }] : [];
    }),
  ],
};

function ownAddress(all: readonly Resource[], on: Resource): readonly Fault[] {
  if (on.type === alibabaType.instance) {
    return faultsOf(on, [orAbsent(is("internetMaxBandwidthOut", 0)), isNot("allocatePublicIp", true)]);
  }
  const own = on.props["associatePublicIpAddress"];
  if (own !== undefined) return faultsOf(on, [is("associatePublicIpAddress", false)]);
  const bySubnet = valueAt(targetOf(all, on.props["subnetId"])?.props, "mapPublicIpOnLaunch");
  return same(bySubnet, true) ? [{ on, fault: "its subnet assigns it a public address" }] : [];
}

const privateSubnets: Rule = {
  id: "subnets-assign-no-public-address",
  concern: "exposure",
  sources: { aws: ["FSBP EC2.15", "CKV_AWS_130"], alibaba: [] },
  demands: "A machine receives a public address only if its template requests one",
  remedy: "set mapPublicIpOnLaunch to false",
  notOn: { alibaba: "vSwitches do not assign public addresses" },
  ...expecting({ [awsType.subnet]: [isNot("mapPublicIpOnLaunch", true)] }),
};

/** The panel's page and the server's own REST: whoever calls `/rest/v2/users/initial` first owns an empty cluster. */
const panelPaths = ["/", "/rest/v2/users/initial"];

const guardedPanel: Rule = {
  id: "panel-only-for-admins",
  concern: "exposure",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "Listeners forward requests for the panel paths (/ and /rest/*) only if they come from the configured address ranges",
  remedy:
    "add a rule before the forwarding rules that rejects requests for / and /rest/* from addresses outside ams:access.adminCidrs",
  looksAt: byCloud(listenerTypes),
  find: (all) =>
    webListeners(all).flatMap((listener): readonly Fault[] => {
      const reachable = panelPaths.filter((path) => answersTo(listener, path).includes("forward"));
      return reachable.length === 0
        ? []
        : [{ on: listener.on, fault: `any client can reach ${reachable.join(" and ")}` }];
    }),
};

/** Alibaba Cloud's balancers refuse what RFC 9112 forbids and have no setting for it. */
const malformedRequests: Rule = {
  id: "malformed-requests-are-refused",
  concern: "exposure",
  sources: { aws: ["FSBP ELB.4", "FSBP ELB.12", "CKV_AWS_131", "CKV_AWS_328"], alibaba: [] },
  demands: "The application load balancer drops invalid headers and prevents request smuggling",
  remedy: "set dropInvalidHeaderFields to true and desyncMitigationMode to defensive or strictest",
  notOn: { alibaba: "Alibaba Cloud's ALB does not have these settings" },
  ...expecting(
    {
      [awsType.balancer]: [
        is("dropInvalidHeaderFields", true),
        orAbsent(oneOf("desyncMitigationMode", ["defensive", "strictest"])),
      ],
    },
    ({ props }) => {
      const kind = props["loadBalancerType"];
      return !isUnknown(kind) && (kind === undefined || kind === "application");
    },
  ),
};

export const exposure: readonly Rule[] = [
  ...ingressRules,
  namedEgress,
  relaysToNodes,
  ownGroups,
  noOtherWays,
  privateRoutes,
  noForwards,
  closedAcls,
  noPublicAddress,
  privateSubnets,
  guardedPanel,
  malformedRequests,
  closedApplications,
  privateBuckets,
  namedReaders,
  ownAccount,
];
