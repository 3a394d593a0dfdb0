import { isUnknown, valueAt } from "../../../recording/read/plain.ts";
import type { Resource } from "../../rule.ts";

/**
 * Accounts within texts. The stack's own is a lookup's answer: empty or in braces while nobody knows it, and `{account}`
 * once the pack knows it. An account in figures is then somebody else's.
 */

/** The account of an ARN or of one of Alibaba Cloud's resource names, if it is in figures. */
export const accountIn = (text: string): string | undefined =>
  /^(?:arn:[\w-]+|acs):[^:]*:[^:]*:(\d{8,16}):/.exec(text)?.[1] ?? /^(\d{8,16})$/.exec(text)?.[1];

/** Where types name the key that they encrypt with. */
const keyPaths = [
  "kmsKeyId",
  "kmsMasterKeyId",
  "encryptionKey",
  "cloudDiskEncryptionKey",
  "rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId",
];

/** Keys that the stack's resources are encrypted with; the owner's may be of an account of its own. */
const keysOf = (all: readonly Resource[]): readonly unknown[] =>
  all.flatMap(({ props }) => keyPaths.map((path) => valueAt(props, path))).filter((key) => !isUnknown(key));

/** The account that a resource's name names, where it is another than the stack's. */
export function otherAccount(text: string, all: readonly Resource[]): string | undefined {
  const account = accountIn(text);
  return account === undefined || keysOf(all).includes(text) ? undefined : account;
}
