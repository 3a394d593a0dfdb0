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
      return "creates the CDN: players can use cdnUrl once the CDN is deployed to all points of presence";
    case "delete":
      return "deletes the CDN: players that use cdnUrl receive no response";
    case "replace":
      return "replaces the CDN: its own domain name changes, and its cache is lost";
    default:
      return "updates the CDN at all points of presence without interrupting service";
  }
}

const changed = (own: readonly ResourceChange[]): readonly string[] =>
  own.length === 0
    ? []
    : [`changes the CDN's rules while it remains in service: ${[...new Set(own.map(({ name }) => name))].join(", ")}`];

/** The value of the header by which every kind of balancer knows the CDN, which alone gets playlists and segments. */
function exclusive(changes: readonly ResourceChange[]): readonly string[] {
  const key = changes.find(({ urn, name }) => partOf(urn) === "Secrets" && name.endsWith("-secrets-cdn"));
  switch (key?.operation) {
    case "create":
      return ["HLS and DASH players that use the cluster's own name instead of cdnUrl receive 403"];
    case "delete":
      return ["allows players to load playlists and segments from the load balancer again"];
    case "replace":
      return [
        "replaces the value of the CDN's header: players receive 403 until the CDN and the load balancer both use the new value",
      ];
    default:
      return [];
  }
}
