import { type Cluster } from "../../model/cluster.js";
import { type Machine } from "./render.js";
/** HAProxy or Nginx, with a program beside it that follows the groups, the health and the certificate. */
export declare function proxyMachine(cluster: Cluster): Machine;
