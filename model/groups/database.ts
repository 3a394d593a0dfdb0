import type { Cluster, OwnDatabase } from "../../config/types.ts";

/** The database, if it runs on machines of our own. */
export function ownDatabase(cluster: Cluster): OwnDatabase | undefined {
  const { database } = cluster;
  return database.kind === "instance" || database.kind === "replica-set" ? database : undefined;
}

/** What is asked of rehearsed restores, where they are wanted. */
export const restoreDrill = (cluster: Cluster): OwnDatabase["restoreDrill"] => ownDatabase(cluster)?.restoreDrill;

/** Machines that the database runs on: none where somebody else runs it. */
export function databaseMembers(cluster: Cluster): number {
  const own = ownDatabase(cluster);
  if (own === undefined) return 0;
  return own.kind === "replica-set" ? 3 : 1;
}
