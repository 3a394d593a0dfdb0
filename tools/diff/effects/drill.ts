import type { ResourceChange } from "../change.ts";
import { className } from "../urn.ts";

/** What a change of restore drills means; no machine of a drill is the stack's. */
export function drillEffects(changes: readonly ResourceChange[]): readonly string[] {
  const named = (ending: string) => changes.find(({ name }) => name.endsWith(ending));
  const [group, alarm] = [named("-firewall-drill"), named("-alarms-restore-drill")];
  const isGroup = group !== undefined && className(group.type) === "SecurityGroup";
  if (isGroup && group.operation === "create") return ["allows restore drills and their alarm, restore-drill"];
  if (isGroup && group.operation === "delete")
    return ["no longer allows restore drills. Remove machines that an interrupted drill left before the update"];
  return alarm?.operation === "update" ? ["changes when the alarm restore-drill is raised"] : [];
}
