import { assertNever, type Role } from "../../model/cluster.ts";
import type { Listener, Rule } from "../../model/traffic/listeners.ts";
import type { TargetName } from "../../model/traffic/targets.ts";

/** One listener in a line of text. */
export interface ListenerLine {
  readonly port: string;
  readonly protocol: string;
  readonly action: string;
  /** Group that serves a client on this listener, after any redirect. */
  readonly serves: Role | "panel";
  /** For an arrow: `RTMP 1935`, `SRT 4200/udp`, `443`. */
  readonly short: string;
}

/** All that the network balancer takes goes to the origins. */
const roleOf = (target: TargetName): Role | "panel" => (target === "edge" || target === "panel" ? target : "origin");

const serviceNames: Readonly<Record<string, string>> = { rtmp: "RTMP", rtmps: "RTMPS", srt: "SRT" };

const serviceOf = (target: TargetName): string | undefined =>
  ["origin", "edge", "panel"].includes(target) ? undefined : (serviceNames[target] ?? target);

export function listenerLine(listener: Listener): ListenerLine {
  const { port, protocol, defaultAction } = listener;
  const name = protocol === "udp" ? `${port}/udp` : `${port}`;
  const service = defaultAction.kind === "forward" ? serviceOf(defaultAction.to) : undefined;
  return {
    port: `${port}`,
    protocol,
    action: actionText(listener),
    serves: servedBy(listener),
    short: service === undefined ? name : `${service} ${name}`,
  };
}

function actionText({ defaultAction, rules }: Listener): string {
  switch (defaultAction.kind) {
    case "redirect":
      return `redirects to ${defaultAction.port}`;
    case "deny":
      return rules.length > 0 ? "panel, admin ranges only" : "panel, blocked for all addresses";
    case "forward": {
      const service = serviceOf(defaultAction.to);
      const target = roleOf(defaultAction.to);
      const text = service === undefined ? target : `${service} to ${target}`;
      return [text, ...exceptions(rules, defaultAction.to)].join("; ");
    }
    default:
      return assertNever(defaultAction);
  }
}

/** Targets of the rules that differ from the default; the panel's paths are shown with its own listener. */
function exceptions(rules: readonly Rule[], usual: TargetName): readonly string[] {
  const others = rules.flatMap(({ action }) =>
    action.kind === "forward" && action.to !== usual && action.to !== "panel" ? [action.to] : [],
  );
  return [...new Set(others)].map((target) => `${target} by path or query`);
}

/** A redirect keeps to its pair of ports: 80 and 443 publish, 5080 and 5443 play. */
function servedBy({ defaultAction, port }: Listener): Role | "panel" {
  if (defaultAction.kind === "forward") return roleOf(defaultAction.to);
  if (defaultAction.kind === "deny") return "panel";
  return port === 80 ? "origin" : "edge";
}
