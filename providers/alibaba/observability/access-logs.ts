import { FlowLog } from "@pulumi/alicloud/vpc/flowLog.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../config/types.ts";
import { namedTags } from "../../../model/naming.ts";
import { proxyOf } from "../../../model/traffic/balancer.ts";
import { ClusterComponent } from "../../cluster-component.ts";
import { inputOf } from "../../shared/handles.ts";
import type { Network } from "../network/network.ts";
import { addStore } from "./logs.ts";

/** A store of the log service, and the project that it is in. */
export interface LogPlace {
  readonly project: pulumi.Output<string>;
  readonly store: pulumi.Output<string>;
}

/** Who called: the application balancer's requests, and what the network's rules turned away. */
export class AccessLogs extends ClusterComponent {
  /** There only with an application balancer: the network balancer has a log in its console alone. */
  readonly requests?: LogPlace;
  readonly #cluster: Cluster;
  readonly #project: pulumi.Output<string>;

  /** `project`: where the machines write; an existing one goes before it. */
  constructor(cluster: Cluster, network: Network, project: pulumi.Output<string>, parent: ClusterComponent) {
    super("Logs", `${cluster.name}-logs`, parent);
    this.#cluster = cluster;
    this.#project = cluster.logs.bucket === undefined ? project : pulumi.output(inputOf(cluster.logs.bucket));
    if (proxyOf(cluster) === undefined) this.requests = this.#addStore("requests");
    if (cluster.network.existing === undefined) this.#addFlowLog(network, this.#addStore("flows"));
    this.registerOutputs();
  }

  #name(key: string): string {
    return `${this.#cluster.name}-logs-${key}`;
  }

  /** Named after the cluster: an existing project may hold those of several. */
  #addStore(key: string): LogPlace {
    const { name, logs } = this.#cluster;
    const store = `${name}-${key}`;
    const made = addStore(this, this.#name(key), { project: this.#project, store, days: logs.retentionDays });
    return { project: this.#project, store: made.logstoreName.apply((text) => text ?? "") };
  }

  /** What was refused: what was let in is as much as the audience, and stands in the balancer's and nodes' own logs. */
  #addFlowLog({ vpcId }: Network, { project, store }: LogPlace): void {
    const name = this.#name("flows");
    new FlowLog(
      name,
      {
        flowLogName: name,
        description: `Rejected traffic in the network of ${this.#cluster.name}`,
        resourceType: "VPC",
        resourceId: vpcId,
        trafficType: "Drop",
        trafficPaths: ["all"],
        projectName: project,
        logStoreName: store,
        tags: namedTags(this.#cluster, name),
      },
      // A network has one flow log: the late delete of a former one would end it.
      this.child({ deleteBeforeReplace: true }),
    );
  }
}
