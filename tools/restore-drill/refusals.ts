import type { Cluster } from "../../config/types.ts";

const planned = "First deploy the stack with ams:database.restoreDrill: pulumi up";

export const noGroup = ({ name, region }: Cluster): string =>
  `the security group ${name}-firewall-drill does not exist in ${region}. ${planned}`;

export const noMember = ({ name, region }: Cluster): string =>
  `no machine named ${name}-database is running in ${region}, and the drill requires its subnet. ${planned}`;

export const openGroup = (id: string): string =>
  `the drill's security group ${id} has inbound rules. To remove them, deploy the stack again: pulumi up --refresh`;
