import * as pulumi from "@pulumi/pulumi";
import { checkForm } from "../../config/form.ts";
import type { Cluster } from "../../config/types.ts";
import { assertNever, groupsOf, type Role, usesTls } from "../../model/cluster.ts";
import type { MachineUse } from "../../model/groups/machine-use.ts";
import { databaseEndpoint, secretName } from "../../model/naming.ts";
import { proxyOf } from "../../model/traffic/balancer.ts";
import type { ClusterComponent } from "../cluster-component.ts";
import type { Adapter, Secrets as GivenSecrets } from "../contract.ts";
import { warningsOf } from "../shared/account-quotas.ts";
import { addresses } from "../shared/addresses.ts";
import type { ManagedAddress } from "../shared/generated.ts";
import type { Outputs } from "../stack-outputs.ts";
import { Certificate } from "./balancing/certificate.ts";
import { type Balancer, LoadBalancer } from "./balancing/load-balancer.ts";
import type { BalancerPlace } from "./balancing/network-balancer.ts";
import { ProxyLoadBalancer } from "./balancing/proxy-load-balancer.ts";
import { TurnBalancer } from "./balancing/turn-balancer.ts";
import { Cdn } from "./cdn/cdn.ts";
import { checkCluster } from "./check-cluster.ts";
import { FixedGroup } from "./compute/fixed-group.ts";
import { machineType } from "./compute/instance-types.ts";
import { typeFacts } from "./compute/known-types.ts";
import { mediaImages, NodeGroup } from "./compute/node-group.ts";
import { Database, type DatabaseDependencies } from "./database/database.ts";
import { ManagedDatabase } from "./database/managed-database.ts";
import { Secrets } from "./identity/secrets.ts";
import { AddressPool, poolsOf } from "./network/address-pool.ts";
import { Dns } from "./network/dns.ts";
import { Firewall } from "./network/firewall.ts";
import { Network } from "./network/network.ts";
import { AccessLogs } from "./observability/access-logs.ts";
import { Alarms } from "./observability/alarms.ts";
import { type Settings, schema } from "./schema.ts";
import { checkSettings } from "./settings.ts";
import { AgentBucket } from "./storage/agent-bucket.ts";
import { Storage } from "./storage/storage.ts";

// Each resource's own module is imported: an SDK's index makes Node load all of its hundreds (188 files for ec2 alone).

export const adapter: Adapter = {
  prepare: (block, cluster) => {
    const { data: settings, faults: form } = checkForm("aws", schema, block ?? {});
    const faults = [
      ...form,
      ...(cluster === undefined ? [] : checkCluster(cluster)),
      ...(cluster === undefined || settings === undefined ? [] : checkSettings(settings, cluster)),
    ];
    if (faults.length > 0 || cluster === undefined || settings === undefined) return { faults };
    const typeOf = (use: MachineUse) => machineType(cluster, settings, use);
    const warnings = warningsOf(cluster, typeFacts, settings.quotas, typeOf, { pools: poolsOf(cluster) });
    return { faults, warnings, render: (secrets, root) => render(cluster, settings, secrets, root) };
  },
};

function render(cluster: Cluster, settings: Settings, given: GivenSecrets, root: ClusterComponent): Outputs {
  const { domain } = cluster;
  const network = new Network(cluster, root);
  const firewall = new Firewall(cluster, network, root);
  const secrets = new Secrets(cluster, settings, given, root);
  const agent = new AgentBucket(cluster, network, secrets.account, root);
  const database = addDatabase(cluster, settings, { network, firewall, secrets, agent }, root);
  const storage =
    cluster.recordings.store === "bucket" ? new Storage(cluster, settings, secrets.account, root) : undefined;
  secrets.storeMedia({ managed: database.managed, recordings: storage?.recordings });
  const logs = new AccessLogs(cluster, network, secrets.account, root);
  const entrance = { network, firewall, secrets, agent, logs };
  const turnBalancer = cluster.turn === undefined ? undefined : new TurnBalancer(cluster, entrance, root);
  const { balancer, certificate, proxies } = addEntrance(cluster, settings, given, { ...entrance, turnBalancer }, root);
  const turn = addTurn(cluster, settings, { ...entrance, turnBalancer }, root);
  const cdn =
    cluster.cdn === undefined ? undefined : new Cdn(cluster, cluster.cdn, settings, { logs, secrets, storage }, root);
  const dns =
    domain === undefined
      ? undefined
      : new Dns(
          cluster,
          domain,
          settings,
          { web: balancer.web, stream: balancer.stream, turn: turnBalancer?.balancer },
          root,
        );
  const images = mediaImages(cluster, settings, root);
  const pools = poolsOf(cluster).length === 0 ? undefined : new AddressPool(cluster, root);
  const dependencies = {
    ...{ network, firewall, secrets, agent, balancer },
    ...{ database: database.component, addresses: pools },
  };
  const groups = new Map<Role, NodeGroup>();
  for (const one of groupsOf(cluster)) {
    const own = { ...dependencies, imageId: images[one.role] };
    groups.set(one.role, new NodeGroup(one, cluster, settings, own, root));
  }
  new Alarms(cluster, { groups, balancer, certificate }, root);
  const edge = groups.get("edge");
  return {
    ...addresses(cluster, balancer.web.dnsName, balancer.stream?.dnsName),
    cdnUrl: cdn?.url ?? "",
    panelUser: cluster.media.panelUser,
    panelSecret: secretName(cluster, "media"),
    originAddresses: pools?.ipsOf("origin") ?? [],
    databaseEndpoint: database.endpoint,
    dnsRecordsToAdd: pulumi
      .all([dns?.recordsToAdd ?? [], certificate?.recordsToAdd ?? [], cdn?.recordsToAdd ?? []])
      .apply((records) => records.flat()),
    originGroup: groups.get("origin")?.group.name ?? "",
    edgeGroup: edge?.group.name ?? "",
    balancerGroup: proxies?.group.name ?? "",
    imageIds: pulumi.output({
      ...images,
      ...(edge === undefined ? { edge: "" } : {}),
      database: database.imageId,
      proxy: proxies?.imageId ?? "",
      turn: turn?.imageId ?? "",
    }),
  };
}

interface EntranceDependencies extends DatabaseDependencies, BalancerPlace {
  readonly turnBalancer: TurnBalancer | undefined;
}

interface Entrance {
  readonly balancer: Balancer;
  /** Of ACM; proxies have one of their own. */
  readonly certificate?: Certificate | undefined;
  readonly proxies?: FixedGroup;
}

/** AWS's own balancers, or its network balancer with proxies behind it. */
function addEntrance(
  cluster: Cluster,
  settings: Settings,
  given: GivenSecrets,
  dependencies: EntranceDependencies,
  root: ClusterComponent,
): Entrance {
  const proxy = proxyOf(cluster);
  if (proxy === undefined) {
    const certificate = usesTls(cluster) ? new Certificate(cluster, settings, given, root) : undefined;
    const { cdnKey } = dependencies.secrets.credentials;
    return { balancer: new LoadBalancer(cluster, { ...dependencies, certificate, cdnKey }, root), certificate };
  }
  const proxyBalancer = new ProxyLoadBalancer(cluster, dependencies, root);
  const targetGroupArns = [...proxyBalancer.proxies, ...(dependencies.turnBalancer?.proxies ?? [])];
  return {
    balancer: proxyBalancer,
    proxies: new FixedGroup(
      cluster,
      { role: "proxy", count: proxy.count },
      settings,
      { ...dependencies, targetGroupArns },
      root,
    ),
  };
}

/** TURN servers behind a network balancer of their own. */
function addTurn(
  cluster: Cluster,
  settings: Settings,
  { turnBalancer, ...dependencies }: EntranceDependencies,
  root: ClusterComponent,
): FixedGroup | undefined {
  const { turn } = cluster;
  if (turn === undefined || turnBalancer === undefined) return undefined;
  const own = { ...dependencies, targetGroupArns: turnBalancer.targetGroupArns };
  return new FixedGroup(cluster, { role: "turn", count: turn.count }, settings, own, root);
}

/** What the other parts and the outputs need to know of a database, whoever runs it. */
interface DatabaseFacts {
  readonly component?: ClusterComponent;
  readonly endpoint: pulumi.Input<string>;
  readonly imageId: pulumi.Input<string>;
  /** There only where AWS runs it. */
  readonly managed?: ManagedAddress;
}

function addDatabase(
  cluster: Cluster,
  settings: Settings,
  dependencies: DatabaseDependencies,
  root: ClusterComponent,
): DatabaseFacts {
  const { database } = cluster;
  switch (database.kind) {
    case "instance":
    case "replica-set": {
      const component = new Database(cluster, database, settings, dependencies, root);
      return { component, endpoint: databaseEndpoint(cluster), imageId: component.imageId };
    }
    case "managed": {
      const component = new ManagedDatabase(cluster, database, settings, dependencies, root);
      return { component, endpoint: component.endpoint, imageId: "", managed: component.address };
    }
    case "external":
    case "none":
      return { endpoint: database.kind, imageId: "" };
    default:
      return assertNever(database);
  }
}
