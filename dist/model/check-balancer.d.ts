import { type Chosen } from "./check.js";
import { type Fault } from "./fault.js";
export declare function checkBalancer({ balancer, certificate }: Chosen): readonly Fault[];
