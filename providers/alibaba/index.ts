import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../config/types.ts";
import { assertNever, groupsOf, type Role, usesTls } from "../../model/cluster.ts";
import { ownDatabase } from "../../model/groups/database.ts";
import type { MachineUse } from "../../model/groups/machine-use.ts";
import { databaseEndpoint, secretName } from "../../model/naming.ts";
import { hasFixedAddresses } from "../../model/network/address-pool.ts";
import { proxyOf } from "../../model/traffic/balancer.ts";
import type { ClusterComponent } from "../cluster-component.ts";
import type { Adapter, Secrets as GivenSecrets } from "../contract.ts";
import { warningsOf } from "../shared/account-quotas.ts";
import { addresses } from "../shared/addresses.ts";
import type { ManagedAddress } from "../shared/generated.ts";
import { inputOf } from "../shared/handles.ts";
import type { Outputs } from "../stack-outputs.ts";
import { Certificate } from "./balancing/certificate.ts";
import { type Balancer, type BalancerDependencies, LoadBalancer } from "./balancing/load-balancer.ts";
import { ProxyLoadBalancer } from "./balancing/proxy-load-balancer.ts";
import { TurnBalancer } from "./balancing/turn-balancer.ts";
import { Cdn } from "./cdn/cdn.ts";
import { FixedGroup } from "./compute/fixed-group.ts";
import { machineType } from "./compute/instance-types.ts";
import { typeFacts } from "./compute/known-types.ts";
import { mediaImage, NodeGroup } from "./compute/node-group.ts";
import { Database, type DatabaseDependencies } from "./database/database.ts";
import { ManagedDatabase } from "./database/managed-database.ts";
import { Secrets } from "./identity/secrets.ts";
import { AddressPool, poolsOf } from "./network/address-pool.ts";
import { Dns } from "./network/dns.ts";
import { Firewall } from "./network/firewall.ts";
import { Network } from "./network/network.ts";
import { AccessLogs } from "./observability/access-logs.ts";
import { Alarms } from "./observability/alarms.ts";
import type { Settings } from "./schema.ts";
import { checkSettings } from "./settings.ts";
import { AgentBucket } from "./storage/agent-bucket.ts";
import { Storage } from "./storage/storage.ts";

export const adapter: Adapter = {
  prepare(block, cluster, texts = {}) {
    const { faults, settings } = checkSettings(block, cluster, texts);
    if (settings === undefined || cluster === undefined) return { faults };
    const typeOf = (use: MachineUse) => machineType(cluster, settings, use);
    const shared = { pools: poolsOf(cluster, settings), sharedMbps: settings.sharedBandwidthMbps };
    const warnings = warningsOf(cluster, typeFacts, settings.quotas, typeOf, shared);
    return { faults, warnings, render: (given, root) => render(cluster, settings, given, root) };
  },
};

function render(cluster: Cluster, settings: Settings, given: GivenSecrets, root: ClusterComponent): Outputs {
  const { domain } = cluster;
  const network = new Network(cluster, root);
  const firewall = new Firewall(cluster, network, root);
  const secrets = new Secrets(cluster, settings, given, root);
  const { arn } = secrets.roleOf("origin");
  const agent = new AgentBucket(cluster, arn, root);
  const hasPools = settings.sharedBandwidthMbps !== undefined || poolsOf(cluster, settings).length > 0;
  const pools = hasPools ? new AddressPool(cluster, settings, secrets, root) : undefined;
  const dependencies = { network, firewall, secrets, agent, packageId: pools?.packageId };
  const database = addDatabase(cluster, settings, dependencies, root);
  const storage = cluster.recordings.store === "bucket" ? new Storage(cluster, arn, root) : undefined;
  const secret = secrets.storeMedia({ managed: database.managed, recordings: storage?.recordings });
  const logs = new AccessLogs(cluster, network, secrets.logProject, root);
  const turnBalancer = cluster.turn === undefined ? undefined : new TurnBalancer(cluster, dependencies, root);
  const turn = turnBalancer?.host;
  const { balancer, proxies } = addEntrance(cluster, settings, given, { ...dependencies, logs, turnBalancer }, root);
  addTurn(cluster, settings, { ...dependencies, turnBalancer }, root);
  const groups = new Map<Role, NodeGroup>();
  for (const one of groupsOf(cluster)) {
    const own = { ...dependencies, balancer, addresses: pools, after: [secret, ...database.ready] };
    groups.set(one.role, new NodeGroup(one, cluster, settings, own, root));
  }
  if (settings.upgrade === "instance-refresh") refreshAll(groups);
  const dns =
    domain === undefined
      ? undefined
      : new Dns(cluster, domain, { web: balancer.webHost, stream: balancer.streamHost, turn }, root);
  const { cdnKey } = secrets.credentials;
  const cdn = cluster.cdn === undefined ? undefined : new Cdn(cluster, cluster.cdn, cdnKey, root);
  new Alarms(cluster, { groups, balancer, arn }, root);
  return {
    ...addresses(cluster, balancer.webHost, balancer.streamHost),
    cdnUrl: cdn?.url ?? "",
    panelUser: cluster.media.panelUser,
    panelSecret: secretName(cluster, "media"),
    originAddresses: hasFixedAddresses(cluster, "origin") ? (pools?.ipsOf("origin") ?? []) : [],
    databaseEndpoint: database.endpoint,
    dnsRecordsToAdd: pulumi.all([dns?.recordsToAdd ?? [], cdn?.recordsToAdd ?? []]).apply((records) => records.flat()),
    originGroup: groups.get("origin")?.groupName ?? "",
    edgeGroup: groups.get("edge")?.groupName ?? "",
    balancerGroup: proxies?.groupName ?? "",
    imageIds: {
      origin: mediaImage(cluster, settings, "origin"),
      edge: groups.has("edge") ? mediaImage(cluster, settings, "edge") : "",
      database: ownDatabase(cluster) === undefined ? "" : inputOf(settings.images.database),
      proxy: proxies === undefined ? "" : inputOf(settings.images.proxy),
      turn: turn === undefined ? "" : inputOf(settings.images.proxy),
    },
  };
}

/** The edges' refresh begins before the origins'; neither waits for the other one's end. */
function refreshAll(groups: ReadonlyMap<Role, NodeGroup>): void {
  const edge = groups.get("edge")?.refresh([]);
  groups.get("origin")?.refresh(edge === undefined ? [] : [edge]);
}

interface OfTurn {
  readonly turnBalancer: TurnBalancer | undefined;
}

interface Entrance {
  readonly balancer: Balancer;
  readonly proxies?: FixedGroup;
}

/** The cloud's own balancers, or its network balancer with proxies behind it, which have a certificate of their own. */
function addEntrance(
  cluster: Cluster,
  settings: Settings,
  given: GivenSecrets,
  dependencies: DatabaseDependencies & Pick<BalancerDependencies, "packageId" | "logs"> & OfTurn,
  root: ClusterComponent,
): Entrance {
  const proxy = proxyOf(cluster);
  if (proxy === undefined) {
    const certificate = usesTls(cluster) ? new Certificate(cluster, given, root) : undefined;
    const { cdnKey } = dependencies.secrets.credentials;
    return { balancer: new LoadBalancer(cluster, { ...dependencies, certificate, cdnKey }, root) };
  }
  const proxyBalancer = new ProxyLoadBalancer(cluster, dependencies, root);
  const { proxies, ready: listeners } = proxyBalancer;
  const { turnBalancer } = dependencies;
  const joins = [
    ...proxies.map(({ listener, id }) => ({ name: listener.target, serverGroupId: id, port: listener.port })),
    ...(turnBalancer?.proxies ?? []),
  ];
  return {
    balancer: proxyBalancer,
    proxies: new FixedGroup(
      cluster,
      { role: "proxy", count: proxy.count },
      settings,
      { ...dependencies, joins, listeners },
      root,
    ),
  };
}

/** TURN servers behind a network balancer of their own. */
function addTurn(
  cluster: Cluster,
  settings: Settings,
  { turnBalancer, ...dependencies }: DatabaseDependencies & OfTurn,
  root: ClusterComponent,
): void {
  const { turn } = cluster;
  if (turn === undefined || turnBalancer === undefined) return;
  const { joins, ready: listeners } = turnBalancer;
  new FixedGroup(cluster, { role: "turn", count: turn.count }, settings, { ...dependencies, joins, listeners }, root);
}

/** What the other parts and the outputs need to know of a database, whoever runs it. */
interface DatabaseFacts {
  /** What media machines wait for. */
  readonly ready: readonly pulumi.Resource[];
  readonly endpoint: pulumi.Input<string>;
  /** There only where the cloud runs it. */
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
      const { ready } = new Database(cluster, database, settings, dependencies, root);
      return { ready, endpoint: databaseEndpoint(cluster) };
    }
    case "managed": {
      const { ready, endpoint, address } = new ManagedDatabase(cluster, database, settings, dependencies, root);
      return { ready, endpoint, managed: address };
    }
    case "external":
    case "none":
      return { ready: [], endpoint: database.kind };
    default:
      return assertNever(database);
  }
}
