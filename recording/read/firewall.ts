import * as alibaba from "../alibaba/firewall.ts";
import { alibabaType } from "../alibaba/types.ts";
import * as aws from "../aws/firewall.ts";
import { awsType } from "../aws/types.ts";
import type { SecurityRule } from "./forms.ts";
import { perStack } from "./links.ts";
import type { Resource } from "./plain.ts";

/** Every rule of a stack's firewalls, those that drop too. */
export const securityRules = perStack((all): readonly SecurityRule[] =>
  all.flatMap((on) => [...aws.securityRules(on), ...alibaba.securityRules(on)]),
);

/** What may pass in one direction. */
export const grantedRules = (all: readonly Resource[], direction: SecurityRule["direction"]): readonly SecurityRule[] =>
  securityRules(all).filter((rule) => rule.isGrant && rule.direction === direction);

export const ingressTypes: readonly string[] = [
  awsType.ingressRule,
  awsType.formerRule,
  awsType.securityGroup,
  alibabaType.securityGroupRule,
];

export const egressTypes: readonly string[] = [
  awsType.egressRule,
  awsType.formerRule,
  awsType.securityGroup,
  alibabaType.securityGroupRule,
];
