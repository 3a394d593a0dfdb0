import type { ResourceChange } from "../change.ts";
import { className, partOf } from "../urn.ts";

/** What it means that a balancer of one kind takes the place of another. */
export function kindEffects(changes: readonly ResourceChange[]): readonly string[] {
  const proxies = changes.filter(
    ({ urn, type }) => partOf(urn) === "ProxyGroup" && /^(Group|ScalingGroup)$/.test(className(type)),
  );
  const toProxies = proxies.some(({ operation }) => operation === "create");
  const fromProxies = proxies.some(({ operation }) => operation === "delete");
  const others = changes.filter(({ urn, operation }) => partOf(urn) === "LoadBalancer" && operation !== "create");
  if ((!toProxies && !fromProxies) || others.length === 0) return [];
  const listens = (operation: string): boolean =>
    changes.some(
      (change) => change.operation === operation && isSrt(operation === "create" ? change.after : change.before),
    );
  const hasCertificate = changes.some(
    ({ type, operation }) => /^aws:acm\/certificate:/.test(type) && operation === "delete",
  );
  return [
    `replaces the load balancer with a different kind: all clients must reconnect to new addresses`,
    ...(listens("delete") && !listens("create") ? ["SRT ingest is no longer available"] : []),
    ...(toProxies && hasCertificate
      ? ["Let's Encrypt issues the certificate, and the ACM certificate is deleted"]
      : []),
  ];
}

const srtPort = 4200;

const isSrt = (state: ResourceChange["before"]): boolean =>
  Number(state["port"] ?? state["listenerPort"] ?? state["fromPort"]) === srtPort;
