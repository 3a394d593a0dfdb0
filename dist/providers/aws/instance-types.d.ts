import type { ProxyBalancer } from "../../model/balancer.js";
import type { Cluster, MachineSize, Role } from "../../model/cluster.js";
import type { ManagedDatabase, OwnDatabase } from "../../model/database.js";
import type { Settings } from "./settings.js";
/**
 * EC2 type of each machine size. c5 and not a newer generation: it is what the marketplace listing and the vendor's
 * CloudFormation allow, and what the capacity figures were measured on (antmedia-aws-autoscale-template.yaml; its list
 * has no c6i, c7i or Graviton). All are x86_64 and Nitro.
 */
export declare const instanceTypes: Readonly<Record<MachineSize, string>>;
export declare function managedType({ machine }: ManagedDatabase, settings: Settings): string;
export declare function groupType(cluster: Cluster, settings: Settings, role: Role): string;
export declare function proxyType({ machine }: ProxyBalancer, settings: Settings): string;
/**
 * Whether EC2 gives the type disks of its host, which a stop empties (EC2 user guide, "Instance store temporary block
 * storage"; instance type explorer): a `d` among the letters after the generation (m5d, c5ad, r6idn, g4dn), or a family
 * that has them without saying so.
 */
export declare function hasLocalDisks(type: string): boolean;
export declare function databaseType({ machine }: OwnDatabase, settings: Settings): string;
