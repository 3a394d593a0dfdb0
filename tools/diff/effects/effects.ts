import type { ResourceChange } from "../change.ts";
import { className, type GroupRole, partOf, roleOf } from "../urn.ts";
import { addressEffects } from "./addresses.ts";
import { agentEffects } from "./agent.ts";
import { applicationEffects } from "./applications.ts";
import { cdnEffects } from "./cdn.ts";
import { databaseEffects } from "./database-effects.ts";
import { drillEffects } from "./drill.ts";
import { kindEffects } from "./kind-effects.ts";
import { meaningful, reasons } from "./reasons.ts";
import { scalingEffects } from "./scaling.ts";

/** What a change does to machines that run and to what they stand on, in sentences; none means nothing is touched. */
export function effectsOf(resources: readonly ResourceChange[], now: number = Date.now()): readonly string[] {
  const touched = resources.filter((change) => meaningful(change).length > 0 || change.operation !== "update");
  return [
    ...kindEffects(touched),
    ...(["origin", "edge", "proxy", "turn"] as const).flatMap((role) =>
      groupEffects(
        role,
        touched.filter(({ urn, name }) => roleOf(urn, name) === role),
        now,
      ),
    ),
    ...addressEffects(inPart(touched, "Addresses")),
    ...databaseEffects(inPart(touched, "Database")),
    ...drillEffects(touched),
    ...balancerEffects(inPart(touched, "LoadBalancer"), "load balancers"),
    ...balancerEffects(inPart(touched, "TurnBalancer"), "TURN servers' load balancer"),
    ...secretEffects(inPart(touched, "Secrets")),
    ...agentEffects(inPart(touched, "Agent")),
    ...applicationEffects(inPart(touched, "Agent")),
    ...networkEffects(inPart(touched, "Network")),
    ...cdnEffects(touched),
  ];
}

const inPart = (changes: readonly ResourceChange[], part: string): readonly ResourceChange[] =>
  changes.filter(({ urn }) => partOf(urn) === part);

const plurals: Readonly<Record<GroupRole, string>> = {
  origin: "origins",
  edge: "edges",
  proxy: "proxies",
  turn: "TURN servers",
};

function groupEffects(role: GroupRole, changes: readonly ResourceChange[], now: number): readonly string[] {
  const group = changes.find(({ type }) => /:(Group|ScalingGroup)$/.test(type));
  const template = changes.find(({ type }) => /LaunchTemplate$/.test(type));
  const refresh = changes.find(({ type, operation }) => isRefresh(type) && operation !== "delete");
  if (group?.operation === "create") return [`creates the ${role} group`];
  return [
    ...(group?.operation === "delete" ? [`deletes the ${role} group and all its machines`] : []),
    ...(group?.operation === "replace" ? [`replaces the ${role} group and all its machines`] : []),
    ...(group?.operation === "delete" ? [] : rollEffects(role, { template, group, refresh })),
    ...sizeEffects(role, group),
    ...(group?.operation === "delete" || group?.operation === "replace" ? [] : scalingEffects(role, changes, now)),
  ];
}

/** What a roll is told by: its template, and what begins it. */
interface RollChanges {
  readonly template: ResourceChange | undefined;
  readonly group: ResourceChange | undefined;
  /** A task of its own, where the group has no setting for it. */
  readonly refresh: ResourceChange | undefined;
}

const isRefresh = (type: string): boolean => className(type) === "InstanceRefresh";

function rollEffects(role: GroupRole, { template, group, refresh }: RollChanges): readonly string[] {
  if (template === undefined || template.operation === "create" || template.operation === "delete")
    return refresh === undefined || group?.operation === "replace" ? [] : [idleRefresh(role)];
  const why = reasons(template);
  const least = minimumInService(group, refresh);
  if (least !== undefined) {
    // Proxies and TURN servers have no hook that waits for their connections.
    const drained = role === "proxy" || role === "turn" ? "" : ", and drains each machine first";
    return [`rolls the ${plurals[role]} by instance refresh, with at least ${least} % in service${drained}: ${why}`];
  }
  return [
    `new ${plurals[role]} start from the changed template; running machines stay in service until scaling removes them, oldest first: ${why}`,
  ];
}

const idleRefresh = (role: GroupRole): string =>
  `starts an instance refresh of the ${plurals[role]} without a new template: the update fails unless a machine uses an older template`;

/** Of the machines that run, while a refresh replaces them; nothing where there is none. */
function minimumInService(group: RollChanges["group"], task: RollChanges["refresh"]): string | undefined {
  if (task !== undefined) return String(task.after["minHealthyPercentage"] ?? 80);
  const refresh = group?.after["instanceRefresh"];
  if (refresh === undefined) return undefined;
  const least: unknown = JSON.parse(JSON.stringify(refresh))?.preferences?.minHealthyPercentage;
  return String(least ?? 90);
}

function sizeEffects(role: GroupRole, group: ResourceChange | undefined): readonly string[] {
  if (group === undefined || group.operation !== "update") return [];
  const bounds = ({ minSize, maxSize }: ResourceChange["after"]) =>
    minSize === maxSize ? `${maxSize}` : `${minSize} to ${maxSize}`;
  const [was, is] = [bounds(group.before), bounds(group.after)];
  return was === is ? [] : [`${role} group: ${was} machines -> ${is}`];
}

function balancerEffects(changes: readonly ResourceChange[], what: string): readonly string[] {
  const old = changes.filter(({ operation }) => operation !== "create");
  const balancers = old.filter(({ type }) => /:LoadBalancer$/.test(type));
  const listeners = changes.filter(({ type }) => /:(Listener|ListenerRule|Rule)$/.test(type));
  const targets = old.filter(
    ({ type, operation }) => /:(TargetGroup|ServerGroup)$/.test(type) && operation !== "update",
  );
  const isNew = old.length === 0 && changes.some(({ type }) => /:LoadBalancer$/.test(type));
  return [
    ...(isNew ? [`creates the ${what}`] : []),
    ...balancers.map(({ operation, name }) =>
      operation === "update"
        ? `changes the load balancer ${name}`
        : `${operation}s the load balancer ${name}: its address changes`,
    ),
    ...(listeners.length > 0 && !isNew ? [`changes load balancer listeners: ${names(listeners)}`] : []),
    ...(targets.length > 0 ? [`interrupts connections to the groups behind the load balancer: ${names(targets)}`] : []),
  ];
}

const names = (changes: readonly ResourceChange[]): string => [...new Set(changes.map(({ name }) => name))].join(", ");

function secretEffects(changes: readonly ResourceChange[]): readonly string[] {
  const stores = changes.filter(
    ({ type, operation }) => /:(SecretVersion|SecretParameter|Secret)$/.test(type) && operation !== "create",
  );
  if (stores.length === 0) return [];
  return [`changes secrets that machines read at boot; running machines keep the old values: ${names(stores)}`];
}

function networkEffects(changes: readonly ResourceChange[]): readonly string[] {
  const lost = changes.filter(
    ({ type, operation }) =>
      operation !== "create" && operation !== "update" && /^(Vpc|Network|Subnet|Switch)$/.test(className(type)),
  );
  return lost.length === 0 ? [] : [`removes the network that running machines use: ${names(lost)}`];
}
