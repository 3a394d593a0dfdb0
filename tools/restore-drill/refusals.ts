import type { Cluster } from "../../config/types.ts";

const planned = "Deploy the stack with ams:database.restoreDrill first: pulumi up";

export const noGroup = ({ name, region }: Cluster): string =>
  `there is no security group ${name}-firewall-drill in ${region}. ${planned}`;

export const noMember = ({ name, region }: Cluster): string =>
  `there is no running machine ${name}-database in ${region}, whose subnet the drill uses. ${planned}`;

export const openGroup = (id: string): string =>
  `the drill's security group ${id} has inbound rules. Remove them by deploying the stack again: pulumi up --refresh`;
