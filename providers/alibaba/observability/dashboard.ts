import { DynamicTagGroup } from "@pulumi/alicloud/cms/dynamicTagGroup.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import type { Part } from "../../part.ts";

/**
 * CloudMonitor's page of the cluster: an application group of all that bears its tag, machines that come later as well,
 * with the charts of each. The provider has no resource for a dashboard of one's own (3.108.0).
 */
export function addDashboard(part: Part, cluster: Cluster, contacts: Output<string>): void {
  new DynamicTagGroup(
    `${cluster.name}-alarms`,
    {
      tagKey: "ams-cluster",
      matchExpresses: [{ tagValue: cluster.name, tagValueMatchFunction: "equals" }],
      matchExpressFilterRelation: "and",
      contactGroupLists: [contacts],
    },
    // A tag's value has one group.
    part.child({ deleteBeforeReplace: true }),
  );
}
