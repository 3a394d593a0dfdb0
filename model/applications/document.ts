import { createHash } from "node:crypto";
import type { Cluster } from "../../config/types.ts";
import { closed, type Wanted, wantedOf } from "./settings.ts";

/** What the media machines bring AMS's applications to. Secrets are in it by name alone. */
export interface ApplicationsDocument {
  /** `off`: the stack says nothing of applications. */
  readonly mode: "off" | Cluster["applicationsMode"];
  readonly applications: Readonly<Record<string, Wanted>>;
  /** For an application that the document does not name. */
  readonly closed: Wanted;
}

/** Key of the pointer in the agent's bucket: version, key and digest of the document that counts. */
export const applicationsPointer = "applications/current.json";

export const applicationsDocument = ({ applications = {}, applicationsMode }: Cluster): ApplicationsDocument => ({
  mode: Object.keys(applications).length === 0 ? "off" : applicationsMode,
  applications: Object.fromEntries(
    Object.entries(applications).map(([name, application]) => [name, wantedOf(application)]),
  ),
  closed,
});

export interface StoredDocument {
  readonly text: string;
  readonly sha256: string;
  readonly key: string;
}

/** The document as the bucket has it: an object of its own for each content. */
export function storedDocument(cluster: Cluster): StoredDocument {
  const text = `${JSON.stringify(applicationsDocument(cluster), undefined, 1)}\n`;
  const sha256 = createHash("sha256").update(text).digest("hex");
  return { text, sha256, key: `applications/${sha256}.json` };
}

/** What machines read at most (machine/agent/bootstrap: an answer's end is far above). */
export const maxDocumentBytes = 262_144;
