import { objectTypes } from "../../../recording/read/buckets.ts";
import { isFields, textAt } from "../../../recording/read/plain.ts";
import { byCloud, type Resource, type Rule } from "../../rule.ts";

/** The mode of a document of AMS's applications (model/applications/document.ts); undefined for another object. */
function modeOf({ props }: Resource): unknown {
  if (!/^applications\/[0-9a-f]{64}\.json$/.test(textAt(props, "key") ?? "")) return undefined;
  try {
    const document: unknown = JSON.parse(textAt(props, "content") ?? "");
    return isFields(document) ? document["mode"] : undefined;
  } catch {
    // Not known before the update.
    return undefined;
  }
}

export const closedApplications: Rule = {
  id: "unnamed-applications-are-closed",
  concern: "exposure",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: "AMS applications that are not listed in ams:applications accept neither publishers nor players",
  remedy: "set ams:applicationsMode to enforce",
  looksAt: byCloud(objectTypes),
  find: (all) =>
    all
      .filter((on) => objectTypes.includes(on.type) && modeOf(on) === "report")
      .map((on) => ({ on, fault: "ams:applicationsMode is report, so applications that are not listed stay open" })),
};
