import { type Chosen } from "./check.js";
import { type Fault } from "./fault.js";
export declare function checkNetwork({ network }: Chosen): readonly Fault[];
