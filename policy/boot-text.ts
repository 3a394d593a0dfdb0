import { gunzipSync } from "node:zlib";
import type { Resource } from "./rule.ts";
import { alibabaType, awsType } from "./types.ts";
import { isUnknown } from "./value.ts";

/** What a machine runs at its first boot. */

/** EC2's limit before base64 (user guide, "Run commands when you launch an instance"); ECS takes more, and the text is one. */
export const maxBytes = 16384;

export const bootTypes: readonly string[] = [
  awsType.template,
  awsType.instance,
  alibabaType.template,
  alibabaType.instance,
];

/** User data as the machine gets it; undefined without any, or while it isn't known. */
export function bootTextOf({ props }: Resource): string | undefined {
  const value = props["userData"] ?? props["userDataBase64"];
  if (typeof value !== "string" || isUnknown(value)) return undefined;
  const isClear = value.startsWith("#");
  return isClear ? value : Buffer.from(value, "base64").toString("utf8");
}

/** The text and, spread out, the compressed files that it carries. */
export function spreadOut(text: string): readonly string[] {
  const packed = [...text.matchAll(/\bH4sI[A-Za-z0-9+/\s]+={0,2}/g)].map(([found]) => found.replace(/\s/g, ""));
  return [text, ...packed.flatMap(unpack)];
}

function unpack(packed: string): readonly string[] {
  try {
    return [gunzipSync(Buffer.from(packed, "base64"), { maxOutputLength: 2 ** 20 }).toString("utf8")];
  } catch {
    // Looks like gzip and is none: it has been searched as it stands.
    return [];
  }
}
