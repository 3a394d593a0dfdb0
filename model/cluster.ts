import type { Cluster, NodeGroup } from "../config/types.ts";

/** A group of media machines. AMS itself knows no roles; only the balancer's groups make a node an origin or an edge. */
export type Role = "origin" | "edge";

/** Secret configuration values, by key; they travel beside the model and never inside it. */
export const secretKeys = [
  "licenceKey",
  "certificateKey",
  "panelPassword",
  "databasePassword",
  "databaseUrl",
  "databaseTlsKey",
  "applicationKeys",
  "logHeaders",
] as const;
export type SecretKey = (typeof secretKeys)[number];

/** The groups that run: origin and edge, or one lone machine. */
export function groupsOf(cluster: Cluster): readonly { readonly role: Role; readonly group: NodeGroup }[] {
  if (cluster.mode === "standalone") return [{ role: "origin", group: { ...cluster.origin, min: 1, max: 1 } }];
  return [
    { role: "origin", group: cluster.origin },
    { role: "edge", group: cluster.edge },
  ];
}

export const usesTls = (cluster: Cluster): boolean => cluster.certificate.source !== "none";

/** For switches over unions: a new member that a switch forgets fails to compile here. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
