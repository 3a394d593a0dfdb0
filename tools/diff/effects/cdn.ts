import type { ResourceChange } from "../change.ts";
import { className, partOf } from "../urn.ts";

/** The CDN itself: a distribution of CloudFront, or an accelerated domain. */
const isCdn = ({ urn, type }: ResourceChange): boolean =>
  partOf(urn) === "Cdn" && /^(Distribution|DomainNew)$/.test(className(type));

/** What a change of the CDN means for players. */
export function cdnEffects(changes: readonly ResourceChange[]): readonly string[] {
  const own = changes.filter(({ urn }) => partOf(urn) === "Cdn");
  const made = changes.find(isCdn);
  return [...(made === undefined ? changed(own) : [whole(made)]), ...exclusive(changes)];
}

function whole({ operation }: ResourceChange): string {
  switch (operation) {
    case "create":
      return "creates the CDN: players can use cdnUrl once all points of presence serve it";
    case "delete":
      return "deletes the CDN: players that use cdnUrl receive no response";
    case "replace":
      return "replaces the CDN: its own domain name changes, and its cache is empty";
    default:
      return "updates the CDN at all points of presence without interrupting service";
  }
}

const changed = (own: readonly ResourceChange[]): readonly string[] =>
  own.length === 0
    ? []
    : [`changes the CDN's rules while it remains in service: ${[...new Set(own.map(({ name }) => name))].join(", ")}`];

/** Rules of the balancer that let the CDN alone have playlists and segments. */
function exclusive(changes: readonly ResourceChange[]): readonly string[] {
  const rule = changes.find(({ urn, name }) => partOf(urn) === "LoadBalancer" && name.endsWith("-deny-live"));
  if (rule === undefined || rule.operation === "update") return [];
  return rule.operation === "delete"
    ? ["allows players to load playlists and segments from the load balancer again"]
    : ["HLS and DASH players that use the cluster's own name instead of cdnUrl receive 403"];
}
