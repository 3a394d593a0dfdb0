import * as pulumi from "@pulumi/pulumi";
import { type Cloud } from "../model/cluster.js";
import type { Secrets } from "./contract.js";
import { type Checked } from "./index.js";
/** What a program says of a cluster: nothing is trusted yet. */
export interface RawArgs {
    readonly cloud: Cloud;
    readonly name?: string | undefined;
    readonly region?: string | undefined;
    readonly secrets?: Readonly<Partial<Record<string, pulumi.Input<string>>>> | undefined;
}
/** Arguments without faults, and their secrets. Throws a RunError with every fault, before any resource. */
export declare function checkArgs(name: string, args: RawArgs): {
    readonly checked: Checked;
    readonly secrets: Secrets;
};
