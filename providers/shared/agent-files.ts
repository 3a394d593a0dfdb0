import * as pulumi from "@pulumi/pulumi";
import { RandomUuid7 } from "@pulumi/random/randomUuid7.js";
import type { Cluster } from "../../config/types.ts";
import { archiveKey, archives } from "../../machine/index.ts";
import { applicationsPointer, storedDocument } from "../../model/applications/document.ts";
import type { ClusterComponent } from "../cluster-component.ts";

/** An object of the bucket that the machines fetch their agent from. */
export interface BucketFile {
  /** End of the logical name. */
  readonly name: string;
  readonly key: string;
  readonly content: pulumi.Input<string>;
}

export const archiveFiles = (cluster: Cluster): readonly BucketFile[] =>
  [...archives(cluster)].map(([name, archive]) => ({ name, key: archiveKey(archive), content: archive.text }));

/**
 * What the media machines bring AMS's applications to, and the pointer that names it. Both are there in each stack, so that
 * applications can be added later without new machines. The version is a UUID of version 7, which begins with the time
 * (RFC 9562): another document has a higher one, also when it is one that there was before.
 */
export function applicationFiles(
  component: ClusterComponent,
  cluster: Cluster,
): { readonly document: BucketFile; readonly pointer: BucketFile } {
  const { key, text, sha256 } = storedDocument(cluster);
  const version = new RandomUuid7(`${cluster.name}-agent-applications`, { keepers: { sha256 } }, component.child());
  const content = pulumi.jsonStringify({ version: version.result, key, sha256 });
  return {
    document: { name: "applications", key, content: text },
    pointer: { name: "applications-pointer", key: applicationsPointer, content },
  };
}
