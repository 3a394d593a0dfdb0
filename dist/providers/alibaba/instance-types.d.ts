import type { ProxyBalancer } from "../../model/balancer.js";
import type { Cluster, MachineSize, Role } from "../../model/cluster.js";
import { type ManagedDatabase, type OwnDatabase } from "../../model/database.js";
import { type Fault } from "../../model/fault.js";
import type { Settings } from "./settings.js";
/** x86 families with a fixed ratio of memory: c6e 1:2 (the old Alibaba guide of AMS), g6e 1:4; gn6i carries a T4. */
export declare const types: Readonly<Record<MachineSize, string>>;
export declare const groupType: (cluster: Cluster, { instanceTypes }: Settings, role: Role) => string;
export declare const proxyType: ({ machine }: ProxyBalancer, { instanceTypes }: Settings) => string;
export declare const databaseType: ({ machine }: OwnDatabase, { instanceTypes }: Settings) => string;
export declare function managedType({ machine }: ManagedDatabase, { instanceTypes }: Settings): string;
/**
 * Whether ECS gives the type disks of its host, which are lost with it (ECS, "Overview of instance families"): families
 * with local SSDs (ecs.i*) and for big data (ecs.d*), some of GPUs. The ending of ecs.d1ne and ecs.sn2ne says network.
 */
export declare function hasLocalDisks(type: string): boolean;
/** The images are built for x86. */
export declare function checkTypes({ instanceTypes }: Settings): readonly Fault[];
/** ECS and ApsaraDB call their machines differently, and elsewhere nothing reads the type. */
export declare function checkDatabaseType({ instanceTypes: { database: type } }: Settings, cluster: Cluster): readonly Fault[];
