import { nearestName } from "../../model/nearest-name.ts";
import { type Fault, hasSecret, shownStep } from "../fault.ts";
import type * as z from "../zod.ts";
import {
  assignCommand,
  inOrder,
  leavesOf,
  mostCommands,
  pemCommand,
  removeCommand,
  removeOf,
  removePath,
  setPath,
} from "./command.ts";
import { isOptional } from "./shape.ts";

/** A key that is not there, with the nearest that is; a small value moves to that with one command. */
export function unknownKey(
  parent: string,
  key: string,
  value: unknown,
  keys: readonly string[],
  unused?: string,
): Fault {
  const path = shownStep(parent, key);
  const listed = keys.length === 0 ? "no other keys" : keys.join(", ");
  if (unused !== undefined) return { path, got: unused, allowed: listed, fix: removePath(path) };
  const nearest = nearestName(key, keys);
  if (nearest === undefined) return { path, got: "an unknown key", allowed: listed, fix: removePath(path) };
  const [right, leaves] = [shownStep(parent, nearest), leavesOf(path, value)];
  const isSmall = leaves.length > 0 && leaves.length <= 4 && leaves.every(([at, leaf]) => isShown(at, leaf));
  const move = inOrder(assignCommand(right, value), removeCommand(path));
  return {
    path,
    got: "an unknown key",
    allowed: `${listed}; the closest match is ${right}`,
    fix: isSmall ? `Rename it with: ${move}` : removePath(path),
    meant: right,
  };
}

const isShown = (path: string, value: unknown): boolean => {
  const text = String(value);
  return text.length <= 80 && !text.includes("\n") && !hasSecret(value, path);
};

/** A number in quotes, or a text without the quotes that YAML needs. */
export function quotesOf(schema: z.ZodType, got: unknown): string {
  if (typeof got === "string" && /^-?\d+(\.\d+)?$/.test(got))
    return holds(schema, Number(got)) ? ", without quotes" : "";
  if (typeof got === "string" && /^(true|false)$/.test(got))
    return holds(schema, got === "true") ? ", without quotes" : "";
  return (typeof got === "number" || typeof got === "boolean") && holds(schema, String(got)) ? ", in quotes" : "";
}

const holds = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

/** What puts a value in place of the one that came. */
export function fixOf(path: string, schema: z.ZodType, got: unknown, value: unknown): string {
  const file = schema.meta()?.["file"];
  if (typeof file === "string") return `Set it with: ${pemCommand(path, file)}`;
  if (value === undefined) return removePath(path);
  if (Array.isArray(got) && Array.isArray(value)) return shorter(path, got, value);
  const isGroup = typeof value === "object" && value !== null;
  if (isGroup && got !== undefined) {
    if (isOptional(schema) && !Array.isArray(value)) return removePath(path);
    return newList(path, value);
  }
  return setPath(path, value);
}

/** What came is replaced as a whole: `pulumi config set` takes no index into a text. */
function newList(path: string, value: object): string {
  const isLong = leavesOf(path, value).length > mostCommands;
  return isLong ? removePath(path) : `Set it with: ${inOrder(removeCommand(path), assignCommand(path, value))}`;
}

/** A list with values that are one too many, or one twice. */
function shorter(path: string, got: readonly unknown[], value: readonly unknown[]): string {
  const kept = [...value];
  const surplus = got.flatMap((part, index) => {
    const at = kept.indexOf(part);
    if (at < 0) return [index];
    kept.splice(at, 1);
    return [];
  });
  if (kept.length > 0) return newList(path, value);
  return removeOf(
    path,
    surplus.reverse().map((index) => `${path}[${index}]`),
  );
}
