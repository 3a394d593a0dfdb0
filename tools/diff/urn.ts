/** Service and class of a type token: `aws:ec2/vpc:Vpc` is ec2.Vpc, a part is its own name. */
export function shortType(type: string): string {
  const [cloud = "", module = "", name = type] = type.split(":");
  if (cloud === "antmedia") return name;
  const [service] = module.split("/");
  return `${service === "index" ? cloud : service}.${name}`;
}

export const className = (type: string): string => type.split(":").at(-1) ?? type;

/** Kind of the part that a resource belongs to, such as `NodeGroup`; empty outside of the cluster. */
export function partOf(urn: string): string {
  const types = (urn.split("::")[2] ?? "").split("$").filter((type) => type.startsWith("antmedia:cluster:"));
  return types.at(-1)?.split(":")[2] ?? "";
}

export type GroupRole = "origin" | "edge" | "proxy" | "turn";

/** The group of machines that a resource belongs to. */
export function roleOf(urn: string, name: string): GroupRole | undefined {
  if (partOf(urn) === "ProxyGroup") return "proxy";
  if (partOf(urn) === "TurnGroup") return "turn";
  if (partOf(urn) !== "NodeGroup") return undefined;
  const [, role] = /-(origin|edge)(?:-|$)/.exec(name) ?? [];
  return role === "origin" || role === "edge" ? role : undefined;
}
