import type { Cluster } from "./cluster.js";
import { type Flow, type Member } from "./firewall.js";
import type { Handle } from "./handle.js";
/** One rule of one security group: a flow seen from one of its ends, for one range. */
export interface Grant {
    /** Part of the logical name, e.g. `internet-balancer-tcp-443-in`; with the range where a peer has several. */
    readonly key: string;
    readonly direction: "in" | "out";
    /** The group that the rule belongs to. */
    readonly of: Member;
    readonly peer: {
        readonly kind: "range";
        readonly cidr: string;
    } | {
        readonly kind: "member";
        readonly member: Member;
    }
    /** A security group that is there already. */
     | {
        readonly kind: "group";
        readonly id: Handle;
    };
    readonly flow: Flow;
    /** Which of the member's security groups has the rule; further ones take what the first has no room for. */
    readonly group: number;
}
/** Every rule of every security group. A group that may call everybody (`all` to the internet) gets no narrower way out. */
export declare function grants(cluster: Cluster): readonly Grant[];
