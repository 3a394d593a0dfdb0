import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import type { Cluster } from "../../../config/types.ts";
import { logGroup, namedTags } from "../../../model/naming.ts";
import type { ClusterComponent } from "../../cluster-component.ts";
import { ownKey } from "../../shared/existing.ts";

/** Where the machines write, a stream for each. */
export function addLog(component: ClusterComponent, cluster: Cluster): LogGroup {
  const name = `${cluster.name}-secrets-log`;
  return new LogGroup(
    name,
    {
      // Fixed: the machines know it before anything tells them.
      name: logGroup(cluster),
      retentionInDays: cluster.logs.retentionDays,
      ...ownKey(cluster),
      tags: namedTags(cluster, name),
    },
    component.child(),
  );
}
