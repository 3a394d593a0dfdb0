import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { projectFile } from "../../model/project.ts";
import { findEngine } from "../engine.ts";
import { isMet, type Row } from "./row.ts";

const short = (figure: number): string => figure.toPrecision(3).replace(/\.?0+$/, "");

function ratioText({ ratio }: Row): string {
  if (ratio === undefined) return "-";
  const { median, least, most } = ratio;
  return least === most ? short(median) : `${short(median)} (${short(least)} to ${short(most)})`;
}

const metText = (row: Row): string => (row.ratio === undefined ? "not run" : isMet(row) ? "yes" : "no");

/** A Markdown table; docs/speed.md shows a shorter form of it. */
export function table(rows: readonly Row[], rounds: number): string {
  const lines = rows.map((row) => `| ${row.name} | ${ratioText(row)} | ${row.aim} | ${metText(row)} | ${row.note} |`);
  return [
    "| ratio of | median (minimum to maximum) | maximum target | met | figures |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
    "",
    `${rounds} rounds; ${machine()}`,
    "",
  ].join("\n");
}

function machine(): string {
  const dependency = (name: string): string => {
    const text = readFileSync(projectFile(`node_modules/${name}/package.json`), "utf8");
    return `${name} ${JSON.parse(text).version}`;
  };
  const packages = ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/alicloud", "esbuild", "tsx"].map(dependency);
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const engine = `pulumi ${findEngine()?.version ?? "not found"}`;
  return `${cpus().length} x ${cpus()[0]?.model ?? "unknown processor"}, ${memory}; Node ${process.version}, ${[engine, ...packages].join(", ")}.`;
}

export function toJson(rows: readonly Row[]): string {
  const plain = rows.map((row) => ({
    name: row.name,
    ratio: row.ratio?.median ?? null,
    aim: row.aim,
    met: row.ratio === undefined ? null : isMet(row),
  }));
  return `${JSON.stringify(plain)}\n`;
}
