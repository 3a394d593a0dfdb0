import type { ResourceChange } from "../change.ts";
import { meaningful, reasons } from "./reasons.ts";

/** What a change does to the machines, volumes and services that hold the cluster's state. */
export function databaseEffects(changes: readonly ResourceChange[]): readonly string[] {
  return changes.flatMap((change) => {
    const { type } = change;
    if (/^(aws:docdb\/cluster|alicloud:mongodb\/instance):/.test(type)) return [serviceEffect(change)];
    if (/^(aws:ec2|alicloud:ecs)\/instance:/.test(type)) return [machineEffect(change)];
    if (/:(Volume|EcsDisk)$/.test(type)) return change.operation === "create" ? [] : [volumeEffect(change)];
    if (/:LaunchTemplate$/.test(type) && change.operation === "update")
      return ["the running database machine keeps its previous launch template"];
    return [];
  });
}

function serviceEffect(change: ResourceChange): string {
  const { operation, name } = change;
  if (operation === "create") return `creates the managed database ${name}, which is empty`;
  if (operation === "update") return `changes the managed database ${name}: ${reasons(change)}`;
  return `${operation}s the managed database ${name}${afterwards(change)}`;
}

function machineEffect(change: ResourceChange): string {
  const { operation, name } = change;
  if (operation === "create") return `creates the database machine ${name}`;
  if (operation === "delete") return `deletes the database machine ${name}`;
  if (operation === "replace")
    return `replaces the database machine ${name}: cluster state is unavailable until the new machine is ready`;
  const verb = meaningful(change).includes("instanceType") ? "stops and starts" : "changes";
  return `${verb} the database machine ${name}: ${reasons(change)}`;
}

function volumeEffect(change: ResourceChange): string {
  const { operation, name } = change;
  if (operation === "update") return `changes the database volume ${name}: ${reasons(change)}`;
  return `${operation}s the database volume ${name}${afterwards(change)}`;
}

/** What is left of the data: the resource itself, the snapshot that AWS takes of a volume or a service that goes, or nothing. */
function afterwards({ isRetained, before }: ResourceChange): string {
  if (isRetained) return ": it remains in the cloud with its data, but the stack no longer manages it";
  const isSaved = before["finalSnapshot"] === true || before["skipFinalSnapshot"] === false;
  return isSaved ? ": a final snapshot preserves its data" : ", WITH ITS DATA";
}
