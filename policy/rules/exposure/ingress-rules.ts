import { isCidr, isPrivate } from "../../../model/network/ranges.ts";
import { exporterPort } from "../../../model/operation/exporter.ts";
import { statsPort } from "../../../model/traffic/balancer.ts";
import { panelPort } from "../../../model/traffic/listeners.ts";
import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { grantedRules, ingressTypes } from "../../../recording/read/firewall.ts";
import type { SecurityRule } from "../../../recording/read/forms.ts";
import { groupOf, membersOf } from "../../../recording/read/groups.ts";
import { isResolved, linkOf, ofType, targetOf } from "../../../recording/read/links.ts";
import { balancerSubnets } from "../../../recording/read/machines.ts";
import { isUnknown, show, valueAt } from "../../../recording/read/plain.ts";
import { isAnybody } from "../../../recording/read/ports.ts";
import { byCloud, type Fault, type Rule } from "../../rule.ts";
import {
  fromAnybody,
  isAllowed,
  mayBe,
  membersGuarded,
  type Open,
  opennessOf,
  tcp,
  webRtc,
  words,
} from "./openness.ts";

const ingressLooksAt = byCloud(ingressTypes);

const closedToAnybody: Rule = {
  id: "no-open-ingress",
  concern: "exposure",
  sources: {
    aws: ["FSBP EC2.18", "FSBP EC2.19", "CIS AWS 5.2", "CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "CKV_AWS_277", "own"],
    alibaba: [
      "Config sg-public-access-check",
      "Config ecs-security-group-risky-ports-check-with-protocol",
      "CKV_ALI_2",
      "CKV_ALI_3",
    ],
  },
  demands:
    "Only the published ports of load balancers, proxies and TURN servers, and the nodes' media ports, are open to the internet",
  remedy: "allow only the address ranges that need access, or use a published port",
  looksAt: ingressLooksAt,
  find: (all) => {
    const [open, members] = [opennessOf(all), membersOf(all)];
    return fromAnybody(all)
      .filter((ingress) => !isAllowed(open, members, ingress))
      .map((ingress) => ({ on: ingress.on, fault: `${words(ingress)} is open to ${ingress.ranges.join(", ")}` }));
  },
};

const served: Rule = {
  id: "open-ports-are-served",
  concern: "exposure",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "Each port that is open to the internet has a listener. The media ports are an exception, because WebRTC clients connect directly to the nodes",
  remedy: "close the port, or enable its listener",
  looksAt: ingressLooksAt,
  find: (all) => {
    const listeners = ofType(all, awsType.listener, alibabaType.webListener, alibabaType.streamListener);
    const ports = listeners.map(({ props }) => props["port"] ?? props["listenerPort"]);
    if (ports.some(isUnknown)) return [];
    const [open, members] = [opennessOf(all), membersOf(all)];
    const isServed = ({ ports: ends }: SecurityRule): boolean =>
      ends === undefined || ports.some((port) => Number(port) === ends[0]);
    return fromAnybody(all)
      .filter((ingress) => isAllowed(open, members, ingress) && !mayBe(ingress, webRtc) && !isServed(ingress))
      .map((ingress) => ({
        on: ingress.on,
        fault: `${words(ingress)} is open to the internet, and no listener uses it`,
      }));
  },
};

/** Metrics have no password and no encryption: private networks alone get them. */
const isScrape = (ingress: SecurityRule): boolean =>
  mayBe(ingress, tcp(exporterPort)) && ingress.groups.length === 0 && ingress.ranges.every(isPrivateRange);

const isPrivateRange = (range: string): boolean => isCidr(range) && isPrivate(range);

const databaseFromNodes: Rule = {
  id: "database-only-from-nodes",
  concern: "exposure",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "Apart from SSH from administrators and metrics requests from private networks, the database accepts traffic only from the security groups of the nodes and of the database itself",
  remedy: "allow the nodes' security group instead",
  looksAt: ingressLooksAt,
  find: (all) => {
    const members = membersOf(all);
    const nameOf = (value: SecurityRule["groups"][number]): string => targetOf(all, value)?.name ?? show(value);
    const isOther = (value: SecurityRule["groups"][number]): boolean => {
      const link = linkOf(value);
      if (link === undefined || !isResolved(all, value)) return false;
      const of = members.of(link);
      if (of.length > 0) return !of.includes("node") && !of.includes("database");
      return members.complete || groupOf(all, link) === undefined;
    };
    return grantedRules(all, "in")
      .filter((ingress) => membersGuarded(members, ingress).includes("database") && !mayBe(ingress, tcp(22)))
      .filter((ingress) => !isScrape(ingress))
      .filter(({ ranges, groups }) => ranges.some((range) => !isAnybody(range)) || groups.some(isOther))
      .map((ingress) => ({
        on: ingress.on,
        fault: `the database accepts traffic on ${words(ingress)} from ${[...ingress.ranges, ...ingress.groups.map(nameOf)].join(", ")}`,
      }));
  },
};

/** Panel and statistics, for the ranges of administrators. */
const administered: readonly Open[] = [panelPort, statsPort].map(tcp);

const nodesFromCluster: Rule = {
  id: "node-ports-only-from-cluster",
  concern: "exposure",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "Ports accept traffic only from the cluster's security groups or the load balancers' subnets. The exceptions are media ports, SSH, metrics for private networks, and the published ports of proxies and TURN servers",
  remedy: "allow one of the cluster's security groups or the load balancers' subnets instead of the address range",
  looksAt: ingressLooksAt,
  find: (all) => {
    const subnets = balancerSubnets(all);
    if (subnets.some((subnet) => targetOf(all, subnet) === undefined)) return [];
    const [open, members] = [opennessOf(all), membersOf(all)];
    const isOpen = (ingress: SecurityRule): boolean =>
      membersGuarded(members, ingress).every((member) => {
        const ports = { ...open, proxy: [...open.proxy, ...administered] }[member];
        return member === "balancer" || member === "database" || ports.some((allowed) => mayBe(ingress, allowed));
      });
    const known = subnets.map((subnet) => valueAt(targetOf(all, subnet)?.props, "cidrBlock"));
    if (known.some(isUnknown)) return [];
    return grantedRules(all, "in")
      .filter((ingress) => !mayBe(ingress, tcp(22)) && !isScrape(ingress) && !isOpen(ingress))
      .filter(({ ranges }) => ranges.some((range) => !isAnybody(range) && !known.includes(range)))
      .map((ingress) => ({
        on: ingress.on,
        fault: `the machines accept traffic on ${words(ingress)} from ${ingress.ranges.join(", ")}`,
      }));
  },
};

const noImplicitAccess: Rule = {
  id: "no-implicit-access",
  concern: "exposure",
  sources: { aws: ["FSBP EC2.2", "CIS AWS 5.4", "CKV2_AWS_12"], alibaba: ["own"] },
  demands:
    "No traffic is allowed by default: the VPC's default security group has no rules, and members of a security group cannot connect to each other",
  remedy: "add a DefaultSecurityGroup resource without rules (AWS), or set innerAccessPolicy to Drop (Alibaba Cloud)",
  looksAt: byCloud(["aws:ec2/vpc:Vpc", awsType.defaultGroup, alibabaType.securityGroup]),
  find: (all) => [
    ...ofType(all, awsType.defaultGroup).flatMap((on): readonly Fault[] => {
      const rules = [on.props["ingress"], on.props["egress"]].filter((list) => Array.isArray(list) && list.length > 0);
      return rules.length === 0 ? [] : [{ on, fault: "the default security group has rules" }];
    }),
    ...ofType(all, "aws:ec2/vpc:Vpc").flatMap((on): readonly Fault[] => {
      const groups = ofType(all, awsType.defaultGroup).map(({ props }) => props["vpcId"]);
      const isAdopted = groups.some((vpc) => targetOf(all, vpc) === on || !isResolved(all, vpc));
      return isAdopted ? [] : [{ on, fault: "its default security group still has its initial rules" }];
    }),
    ...ofType(all, alibabaType.securityGroup).flatMap((on): readonly Fault[] => {
      const inner = on.props["innerAccessPolicy"];
      return isUnknown(inner) || inner === "Drop" ? [] : [{ on, fault: `innerAccessPolicy is ${show(inner)}` }];
    }),
  ],
};

export const ingressRules: readonly Rule[] = [
  closedToAnybody,
  served,
  databaseFromNodes,
  nodesFromCluster,
  noImplicitAccess,
];
