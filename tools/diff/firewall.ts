import { securityRules } from "../../recording/read/firewall.ts";
import { nameOf } from "../../recording/read/links.ts";
import { toResources } from "../../recording/read/plain.ts";
import type { ResourceChange } from "./change.ts";
import type { Fields } from "./planned.ts";

/** One rule that comes or goes. */
export interface FirewallChange {
  readonly action: "opens" | "closes" | "denies" | "no longer denies";
  readonly direction: "in" | "out";
  /** Whose rule it is, such as `origin`. */
  readonly group: string;
  readonly protocol: string;
  /** `22`, `50000-60000` or `all`. */
  readonly ports: string;
  /** The range or group at the other end. */
  readonly peer: string;
  /** Anybody may come in. */
  readonly isWorld: boolean;
}

/** Names of security groups by their ids, as far as a preview tells them. */
export type GroupNames = ReadonlyMap<string, string>;

type Rule = Omit<FirewallChange, "action"> & { readonly isGrant: boolean };

/** What a change opens and closes; rules that are made anew as they were are none. */
export function firewallChanges(
  resources: readonly ResourceChange[],
  names: GroupNames = new Map(),
): readonly FirewallChange[] {
  const gone: Rule[] = [];
  const come: Rule[] = [];
  for (const { type, before, after } of resources) {
    const [was, is] = [ruleOf(type, before, names), ruleOf(type, after, names)];
    if (was !== undefined && is !== undefined && key(was) === key(is)) continue;
    if (was !== undefined) gone.push(was);
    if (is !== undefined) come.push(is);
  }
  const opened = come.filter((rule) => !gone.some((other) => key(other) === key(rule)));
  const closed = gone.filter((rule) => !come.some((other) => key(other) === key(rule)));
  const rows = [
    ...opened.map((rule) => toChange(rule, rule.isGrant ? "opens" : "denies")),
    ...closed.map((rule) => toChange(rule, rule.isGrant ? "closes" : "no longer denies")),
  ];
  return rows.sort((a, b) => Number(b.isWorld) - Number(a.isWorld));
}

const key = (rule: Rule): string => JSON.stringify(rule);

function toChange({ isGrant, ...rule }: Rule, action: FirewallChange["action"]): FirewallChange {
  const isMoreOpen = action === "opens" || action === "no longer denies";
  return { ...rule, action, isWorld: rule.isWorld && isMoreOpen };
}

function ruleOf(type: string, inputs: Fields, names: GroupNames): Rule | undefined {
  const [rule] = securityRules(toResources([{ type, name: "", inputs }])).filter(({ isInline }) => !isInline);
  if (rule === undefined || Object.keys(inputs).length === 0) return undefined;
  const { direction, isGrant, protocol, ports, ranges, prefixLists, groups } = rule;
  const [peer] = [...ranges, ...[...prefixLists, ...groups].map((one) => nameOf(one))];
  const isAll = ports === undefined || (ports[0] === 0 && ports[1] === 65535);
  return {
    ...{ direction, isGrant },
    group: memberOf(rule.group?.split("::").at(-1), names),
    protocol: protocol ?? "?",
    ports: isAll ? "all" : ports[0] === ports[1] ? `${ports[0]}` : ports.join("-"),
    peer: memberOf(peer, names),
    isWorld: direction === "in" && ["0.0.0.0/0", "::/0"].includes(peer ?? ""),
  };
}

/** A range as it stands; a group by the end of its name. */
const memberOf = (name: string | undefined, names: GroupNames): string =>
  name === undefined ? "?" : (names.get(name) ?? name).replace(/^.*-firewall-/, "");
