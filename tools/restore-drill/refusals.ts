import type { Cluster } from "../../config/types.ts";

const planned = "First, deploy the stack with ams:database.restoreDrill set: pulumi up";

export const noGroup = ({ name, region }: Cluster): string =>
  `the security group ${name}-firewall-drill does not exist in ${region}. ${planned}`;

export const noMember = ({ name, region }: Cluster): string =>
  `the drill uses the subnet of the machine ${name}-database, but no machine with this name is running in ${region}. ${planned}`;

export const openGroup = (id: string): string =>
  `the drill's security group ${id} has inbound rules. To remove them, deploy the stack again: pulumi up --refresh`;
