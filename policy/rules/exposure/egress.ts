import { mediaPorts } from "../../../model/traffic/turn.ts";
import { alibabaType } from "../../../recording/alibaba/types.ts";
import { forwardPorts } from "../../../recording/read/boot-text.ts";
import { egressTypes, grantedRules } from "../../../recording/read/firewall.ts";
import { groupOf, groupPaths, groupsOf, membersOf } from "../../../recording/read/groups.ts";
import { keyOf, linkOf, ofType } from "../../../recording/read/links.ts";
import { isMachineOrGroupTemplate } from "../../../recording/read/machines.ts";
import { type Found, isUnknown, show } from "../../../recording/read/plain.ts";
import { isAnybody } from "../../../recording/read/ports.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";

/** Packages and cloud APIs, and time: what a machine that serves no media asks the internet for. */
const asked = [80, 443, 123];

export const namedEgress: Rule = {
  id: "egress-is-named",
  concern: "exposure",
  sources: { aws: ["CKV_AWS_382", "own"], alibaba: ["own"] },
  demands:
    "Only media nodes have unrestricted outbound access. Load balancers can reach only their targets. Databases, proxies and TURN servers can reach only ports 80, 443 and 123, and the port to which they forward their logs",
  remedy: "limit the rule to the security group and port that the machine needs to reach",
  looksAt: byCloud(egressTypes),
  find: (all) => {
    const members = membersOf(all);
    const named = [...asked, ...forwardPorts(all)];
    return grantedRules(all, "out").flatMap(({ on, group, ports, ranges }): readonly Fault[] => {
      if (group === undefined || groupOf(all, group) === undefined || !ranges.some(isAnybody)) return [];
      const guarded = members.of(group);
      if (guarded.length === 0 || guarded.includes("node") || ports === undefined) return [];
      const isAsked = !guarded.includes("balancer") && ports[0] === ports[1] && named.includes(ports[0]);
      return isAsked ? [] : [{ on, fault: `it allows ${guarded.join(" and ")} to send to any address` }];
    });
  },
};

/** What a TURN server itself asks over UDP: time and names. */
const ownUdp = [123, 53];

export const relaysToNodes: Rule = {
  id: "turn-relays-to-nodes-only",
  concern: "exposure",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: `TURN servers relay client traffic, so they can send UDP only to the nodes' media ports (${mediaPorts.join("-")}), time servers and DNS servers`,
  remedy: "limit the rule to the nodes' security group and media ports",
  looksAt: byCloud(egressTypes),
  find: (all) => {
    const members = membersOf(all);
    const isNode = (group: Found): boolean => {
      const link = linkOf(group);
      return link === undefined || members.of(link).includes("node");
    };
    return grantedRules(all, "out")
      .filter(({ group, protocol }) => {
        const isTurn = group !== undefined && members.of(group).includes("turn");
        return isTurn && (protocol === "udp" || protocol === "all");
      })
      .filter(({ ports = [0, 65535], ranges, groups }) => {
        const isOwn = ports[0] === ports[1] && ownUdp.includes(ports[0]) && groups.length === 0;
        const isMedia = ports[0] >= mediaPorts[0] && ports[1] <= mediaPorts[1];
        return !isOwn && (ranges.length > 0 || !isMedia || !groups.every(isNode));
      })
      .map(({ on }) => ({
        on,
        fault: "it allows TURN servers to relay to destinations other than the nodes' media ports",
      }));
  },
};

export const ownGroups: Rule = {
  id: "security-groups-are-the-stacks",
  concern: "exposure",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "Load balancers, machines and managed databases use only the stack's own security groups. A resource without a group accepts all traffic, and the rules of other groups are unknown",
  remedy: "assign only the stack's own security groups",
  looksAt: byCloud([...Object.keys(groupPaths), alibabaType.webBalancer, alibabaType.balancerGroup]),
  find: (all) => [
    ...ofType(all, ...Object.keys(groupPaths)).flatMap((on): readonly Fault[] => {
      const groups = groupsOf(on);
      // A machine with a template of its own names its groups itself.
      if (groups.length === 0 && !isMachineOrGroupTemplate(on, all)) return [];
      if (groups.length === 0) return [{ on, fault: "it has no security group" }];
      const other = groups.find((group) => !isUnknown(group) && !isOwn(all, group));
      return other === undefined
        ? []
        : [{ on, fault: `it uses ${show(other)}, which is not one of the stack's security groups` }];
    }),
    ...ofType(all, alibabaType.balancerGroup)
      .filter(({ props: { securityGroupId: group } }) => !isUnknown(group) && !isOwn(all, group))
      .map((on) => ({
        on,
        fault: `it attaches ${show(on.props["securityGroupId"])}, which does not belong to the stack`,
      })),
    ...ofType(all, alibabaType.webBalancer)
      .filter((on) => !ofType(all, alibabaType.balancerGroup).some(({ props }) => isFor(on, props["loadBalancerId"])))
      .map((on) => ({ on, fault: "it has no security group" })),
  ],
};

/** What refers to something that can't be told yet may refer to any. */
const isFor = (on: Resource, reference: Found): boolean => {
  const link = linkOf(reference);
  return link === undefined || link === keyOf(on) || (isUnknown(reference) && !link.startsWith("alicloud:alb/"));
};

const isOwn = (all: readonly Resource[], group: Found): boolean => {
  const link = linkOf(group);
  return link !== undefined && groupOf(all, link) !== undefined;
};
