import type { ResourceChange } from "../change.ts";
import { className } from "../urn.ts";

/** What a change of restore drills means; no machine of a drill is the stack's. */
export function drillEffects(changes: readonly ResourceChange[]): readonly string[] {
  const named = (ending: string) => changes.find(({ name }) => name.endsWith(ending));
  const [group, alarm] = [named("-firewall-drill"), named("-alarms-restore-drill")];
  const isGroup = group !== undefined && className(group.type) === "SecurityGroup";
  if (isGroup && group.operation === "create") return ["enables restore drills and their alarm, restore-drill"];
  if (isGroup && group.operation === "delete")
    return ["disables restore drills. Before the update, delete any machines left behind by an interrupted drill"];
  return alarm?.operation === "update" ? ["changes the conditions of the alarm restore-drill"] : [];
}
