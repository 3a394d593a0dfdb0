import type { Cluster } from "../../model/cluster.js";
import { type Publisher } from "../../model/metrics.js";
/** What a machine's metrics are called and belong to; the program has the values alone. */
export declare function metricFacts(cluster: Cluster, publisher: Publisher): {
    source: string;
    namespace: string;
    periodSeconds: number;
    units: {
        [k: string]: "Percent" | "Milliseconds" | "Seconds" | "Count";
    };
    dimensions: {
        [k: string]: Readonly<Record<string, string>>;
    };
    ofCluster: ("MemoryPercent" | "DatabaseQueryMilliseconds" | "Publishers" | "Viewers" | "RefusedClients" | "ClusterMember" | "SilentMembers" | "ApplicationsNotReady" | "Draining" | "LiveNodes" | "DeadNodes" | "OldestHeartbeatSeconds" | "StreamImbalancePercent" | "DataVolumeUsedPercent" | "ReplicationLagSeconds" | "MembersDown" | "RefusedConnections")[];
};
