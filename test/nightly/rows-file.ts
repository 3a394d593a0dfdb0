import { readFileSync, writeFileSync } from "node:fs";
import type { Cloud } from "../../config/types.ts";
import type { Row } from "./array/rows.ts";
import { factorsOf } from "./factors.ts";

const fileOf = (cloud: Cloud): URL => new URL(`stacks.${cloud}.tsv`, import.meta.url);

/** The rows that each night are brought up: a column for each factor. */
export function readRows(cloud: Cloud): readonly Row[] {
  const [names = [], ...rows] = readFileSync(fileOf(cloud), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  return rows.map((values) => Object.fromEntries(names.map((name, place) => [name, values[place] ?? ""])));
}

export function writeRows(cloud: Cloud, rows: readonly Row[]): void {
  const names = Object.keys(factorsOf(cloud));
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? ""))];
  writeFileSync(fileOf(cloud), lines.map((line) => `${line.join("\t")}\n`).join(""));
}
