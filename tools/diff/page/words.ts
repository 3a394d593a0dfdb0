import { unpackUserData } from "../../../machine/index.ts";
import { Secret, type Unknown, type Value } from "../../../recording/value.ts";
import { showValue } from "../../plan/show.ts";
import type { Operation, PropertyChange, ResourceChange } from "../change.ts";
import type { StackDiff } from "../compare.ts";
import { unifiedDiff } from "../user-data.ts";

/** In the order in which a reviewer wants to see them. */
export const operations: readonly Operation[] = ["replace", "delete", "update", "create"];

export const symbols: Readonly<Record<Operation, string>> = { replace: "±", delete: "-", update: "~", create: "+" };

export const verbs: Readonly<Record<Operation, string>> = {
  replace: "replace",
  delete: "delete",
  update: "update in place",
  create: "create",
};

export type Tally = Readonly<Record<Operation, number>>;

export function tallyOf({ resources }: StackDiff): Tally {
  const count = (operation: Operation) => resources.filter((change) => change.operation === operation).length;
  return { create: count("create"), update: count("update"), replace: count("replace"), delete: count("delete") };
}

/** Updates of which nobody knows whether the provider makes a new resource of them. */
export const isUncertain = ({ operation, changes }: ResourceChange): boolean =>
  operation === "update" && changes.some(({ verdict }) => verdict === "unknown");

/** `1 create, 2 update in place (1 replace?), 0 replace, 0 delete, 110 same`. */
export function tallyText(diff: StackDiff): string {
  const tally = tallyOf(diff);
  const unsure = diff.resources.filter(isUncertain).length;
  return [
    `${tally.create} create`,
    `${tally.update} update in place${unsure === 0 ? "" : ` (${unsure} of these: replace?)`}`,
    `${tally.replace} replace`,
    `${tally.delete} delete`,
    ...(diff.same === undefined ? [] : [`${diff.same} unchanged`]),
  ].join(", ");
}

const longest = 60;

/** A change in a few words, such as `instanceType c5.xlarge -> c5.2xlarge`. */
export function changeText(change: PropertyChange): string {
  const { path, before, after, renewed, verdict, why } = change;
  const mark = {
    update: "",
    replace: " [forces replacement]",
    unknown: ` [replace?${why === undefined ? "" : `: ${why}`}]`,
  };
  if (renewed === true) return `${path} ${shorten(after)} (new value)${mark[verdict]}`;
  if (isLongText(change)) return `${path} ${countText(change)}${mark[verdict]}`;
  if (before instanceof Secret && after instanceof Secret)
    return `${path} [secret] -> different [secret]${mark[verdict]}`;
  return `${path} ${shorten(before)} -> ${shorten(after)}${mark[verdict]}`;
}

/** Nothing, or a value on one line, cut where it gets long. */
function shorten(value: Value | Unknown | undefined): string {
  if (value === undefined) return "not set";
  const text = visible(showValue(value, "\0"));
  if (text === "") return '""';
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** Control and direction characters as their codes: they may come from names and tags, and steer terminals. */
export const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/** A text of several lines, such as a list of faults; all but the first are indented. */
export const visibleLines = (text: string, indent: string): string => text.split("\n").map(visible).join(`\n${indent}`);

/** User data, and the agents' archives. */
const isLongText = ({ path, before, after }: PropertyChange): boolean =>
  /^(userData|content$)/i.test(path) && typeof before === "string" && typeof after === "string";

export interface TextDiff {
  /** Resource and property; several that change alike stand together. */
  readonly title: string;
  readonly text: string;
}

/** The differences of texts that are too long for a line. */
export function textDiffs(resources: readonly ResourceChange[]): readonly TextDiff[] {
  const titles = new Map<string, string[]>();
  for (const { name, changes } of resources) {
    for (const change of changes.filter(isLongText)) {
      const text = diffOf(change);
      titles.set(text, [...(titles.get(text) ?? []), `${name} ${change.path}`]);
    }
  }
  return [...titles].map(([text, names]) => ({ title: names.join(", "), text }));
}

function diffOf({ before, after }: PropertyChange): string {
  const lines = unifiedDiff(unpackUserData(String(before)), unpackUserData(String(after))).split("\n");
  return lines.map((line) => visible(line.replaceAll("\t", "    "))).join("\n");
}

function countText(change: PropertyChange): string {
  const lines = diffOf(change).split("\n");
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  return `+${count("+")} -${count("-")} lines`;
}

/** What stands behind a resource's name: what changes, and what else a reviewer has to know. */
export function detailsOf(change: ResourceChange): readonly string[] {
  const { operation, changes, isRefused, isRetained, renamed } = change;
  const weight = { replace: 0, unknown: 1, update: 2 };
  const sorted = [...changes].sort((a, b) => weight[a.verdict] - weight[b.verdict]);
  return [
    ...(isRefused ? ["protected: the engine rejects this change"] : []),
    ...(isRetained ? ["the resource remains in the cloud, but the stack no longer manages it"] : []),
    ...(renamed === undefined ? [] : [renameText(operation, renamed)]),
    ...sorted.map(changeText),
  ];
}

const renameText = (operation: Operation, other: string): string =>
  operation === "create"
    ? `differs only in name from ${visible(other)}, which is deleted; an alias would keep that resource`
    : `is recreated as ${visible(other)}: renaming a resource deletes it and creates a new one`;
