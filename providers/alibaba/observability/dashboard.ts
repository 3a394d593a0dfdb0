import { DynamicTagGroup } from "@pulumi/alicloud/cms/dynamicTagGroup.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import type { ClusterComponent } from "../../cluster-component.ts";

/**
 * CloudMonitor's page of the cluster: an application group of all that bears its tag, machines that come later as well,
 * with the charts of each. The provider has no resource for a dashboard of one's own (3.108.0).
 */
export function addDashboard(component: ClusterComponent, cluster: Cluster, contacts: Output<string>): void {
  new DynamicTagGroup(
    `${cluster.name}-alarms`,
    {
      tagKey: "ams-cluster",
      matchExpresses: [{ tagValue: cluster.name, tagValueMatchFunction: "equals" }],
      matchExpressFilterRelation: "and",
      contactGroupLists: [contacts],
    },
    // A tag's value has one group.
    component.child({ deleteBeforeReplace: true }),
  );
}
