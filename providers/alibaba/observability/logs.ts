import { Project } from "@pulumi/alicloud/log/project.js";
import { Store } from "@pulumi/alicloud/log/store.js";
import { StoreIndex } from "@pulumi/alicloud/log/storeIndex.js";
import type { Output } from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { logProject, logStore, namedTags } from "../../../model/naming.ts";
import type { ClusterComponent } from "../../cluster-component.ts";

/**
 * Where the machines write. All accounts share the names of projects, so that it ends with the account's number, which
 * a machine learns from its metadata; `arn` has it here. Answers with the project's name.
 */
export function addLog(component: ClusterComponent, cluster: Cluster, arn: Output<string>): Output<string> {
  const name = `${cluster.name}-secrets-log`;
  const project = new Project(
    name,
    {
      projectName: arn.apply((text) => `${logProject(cluster)}-${text.split(":")[3] ?? ""}`),
      description: `Logs from the machines in ${cluster.name}`,
      tags: namedTags(cluster, name),
    },
    component.child(),
  );
  const projectName = project.projectName.apply((text) => text ?? "");
  addStore(component, name, { project: projectName, store: logStore, days: cluster.logs.retentionDays });
  return projectName;
}

interface StoreDependencies {
  readonly project: Output<string>;
  readonly store: string;
  readonly days: number;
}

export function addStore(
  component: ClusterComponent,
  name: string,
  { project, store: logstoreName, days }: StoreDependencies,
): Store {
  const store = new Store(
    name,
    {
      projectName: project,
      logstoreName,
      retentionPeriod: days,
      shardCount: 1,
      autoSplit: true,
      maxSplitShardCount: 4,
    },
    component.child(),
  );
  // Without an index nothing can be searched.
  const fullText = { caseSensitive: false, includeChinese: true, token: ", '\";=()[]{}?@&<>/:\n\t\r" };
  new StoreIndex(name, { project, logstore: logstoreName, fullText }, component.child({ dependsOn: [store] }));
  return store;
}
