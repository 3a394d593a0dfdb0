import { gunzipSync } from "node:zlib";
import type { Cloud } from "../../config/types.ts";
import { pack, unpack as unpackUserData } from "../../machine/user-data/pack.ts";
import { forwardFile } from "../../model/operation/forward.ts";
import { alibabaType } from "../alibaba/types.ts";
import { awsType } from "../aws/types.ts";
import { objectTypes } from "./buckets.ts";
import { ofType } from "./links.ts";
import { isUnknown, type Resource } from "./plain.ts";

/** What a machine runs at its first boot. */

export const bootTypes: readonly string[] = [
  awsType.template,
  awsType.instance,
  alibabaType.template,
  alibabaType.instance,
];

function bootData({ props }: Pick<Resource, "props">): string | undefined {
  const value = props["userData"] ?? props["userDataBase64"];
  return typeof value !== "string" || isUnknown(value) ? undefined : value;
}

/** User data as cloud-init reads it, packed or as a plan shows it; undefined without any, or while it isn't known. */
export function bootTextOf(machine: Pick<Resource, "props">): string | undefined {
  const data = bootData(machine);
  return data === undefined ? undefined : unpackUserData(data);
}

const cloudOf = ({ type }: Resource): Cloud => (type.startsWith("aws:") ? "aws" : "alibaba");

/**
 * Before base64: EC2 takes 16 KiB (user guide), ECS 32 KB (user guide, "Instance user data"; its older pages say 16 KB, so
 * the former form's 24 KiB). What the cluster gives its own machines is half of that at most (machine/user-data/pack.ts).
 */
const takenBytes = { aws: 16384, alibaba: 24576 } as const;

export const maxBytesOf = (resource: Resource): number => takenBytes[cloudOf(resource)];

/** What the cloud has to take: the bytes before base64. A plan shows user data as text, which goes out packed. */
export function bootBytesOf(resource: Resource): number {
  const data = bootData(resource) ?? "";
  return Buffer.from(data.startsWith("#") ? pack(data, cloudOf(resource)) : data, "base64").length;
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

/** The files of an agent, each as a text; an object of another kind as it stands. */
export function agentTexts(object: Resource): readonly string[] {
  const files = agentFiles(object);
  const { content } = object.props;
  return files === undefined ? [typeof content === "string" ? content : ""] : Object.values(files);
}

/** By path; undefined for an object of another kind. */
function agentFiles({ props: { content } }: Resource): Readonly<Record<string, string>> | undefined {
  try {
    const { files }: { readonly files?: Readonly<Record<string, readonly string[]>> } = JSON.parse(String(content));
    if (files === undefined) return undefined;
    return Object.fromEntries(Object.entries(files).map(([path, lines]) => [path, lines.join("\n")]));
  } catch {
    return undefined;
  }
}

/** The ports that the machines' agents forward their log to. */
export const forwardPorts = (all: readonly Resource[]): readonly number[] =>
  ofType(all, ...objectTypes).flatMap((object) => {
    const form = agentFiles(object)?.[forwardFile];
    return form === undefined ? [] : [Number(JSON.parse(form).port)];
  });
