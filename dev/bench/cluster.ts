import type { RawConfig } from "../../config/raw.ts";
import { projectFolder } from "../../model/project.ts";
import { record } from "../../recording/record.ts";
import { readStack } from "../../tools/stack-file/read.ts";
import { empty, outputsOf } from "./empty-cluster.ts";
import { ratiosOf, spreadOf } from "./rounds.ts";
import type { Options, Row } from "./row.ts";

const aimMs = 10;
const clouds = ["aws", "alibaba"] as const;

/** CPU of the process, its collector's threads with it. */
async function cpuMs(times: number, run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e3 / times;
}

/** As many resources as a stack file can ask for: all zones, a member in each place, many ranges at the panel. */
function large({ values, ...rest }: RawConfig): RawConfig {
  const group = (value: unknown): object => (typeof value === "object" && value !== null ? value : {});
  const adminCidrs = Array.from({ length: 40 }, (_, index) => `198.51.100.${index}/32`);
  const network = { ...group(values["network"]), zones: ["a", "b", "c", "d", "e", "f"], nat: "per-zone" };
  const database = { ...group(values["database"]), kind: "replica-set" };
  return { ...rest, values: { ...values, network, database, access: { adminCidrs } } };
}

/** One more cluster in a process that has rendered some before. */
export async function cluster({ rounds, full }: Options): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const cloud of clouds) rows.push(...(await rowsOf(cloud, rounds, full ? 1_000 : 100)));
  return rows;
}

async function rowsOf(cloud: (typeof clouds)[number], rounds: number, many: number): Promise<readonly Row[]> {
  const raw = readStack(projectFolder, cloud);
  const more = large(raw);
  const outputs = outputsOf(await record(raw));
  const count = outputs.length;
  const moreCount = (await record(more)).resources.length;
  await cpuMs(5, () => record(raw));
  const one: number[] = [];
  const bare: number[] = [];
  const perResource: number[] = [];
  const perResourceOfMany: number[] = [];
  for (let round = 0; round < rounds; round++) {
    one.push(await cpuMs(10, () => record(raw)));
    bare.push(await cpuMs(10, () => empty(outputs)));
    perResource.push(one.slice(-1).map((ms) => ms / count)[0] ?? Number.NaN);
    perResourceOfMany.push((await cpuMs(5, () => record(more))) / moreCount);
  }
  const tenth = many / 10;
  const parts: number[] = [];
  for (let part = 0; part < 10; part++) parts.push(await cpuMs(tenth, () => record(raw)));
  const ms = (figures: readonly number[]): string => spreadOf(figures).median.toFixed(1);
  const us = (figures: readonly number[]): string => `${(spreadOf(figures).median * 1e3).toFixed(0)} us`;
  const first = ms(parts.slice(0, 1));
  return [
    {
      name: `one more ${cloud} cluster / ${aimMs} ms of CPU`,
      ratio: spreadOf(one.map((figure) => figure / aimMs)),
      aim: 1,
      note: `${ms(one)} ms for ${count} resources; 10 ms would be ${us([aimMs / count])} each`,
    },
    {
      name: `one more ${cloud} cluster / the same number of empty resources`,
      ratio: ratiosOf(one, bare),
      aim: 2,
      note: `${ms(one)} ms / ${ms(bare)} ms`,
    },
    {
      name: `the last tenth of ${many} ${cloud} clusters / the first`,
      ratio: ratiosOf(parts.slice(-1), parts.slice(0, 1)),
      aim: 1.2,
      note: `${ms(parts.slice(-1))} ms / ${first} ms each`,
    },
    {
      name: `CPU per resource, ${moreCount} in an ${cloud} stack / ${count}`,
      ratio: ratiosOf(perResourceOfMany, perResource),
      aim: 1.2,
      note: `${us(perResourceOfMany)} / ${us(perResource)}`,
    },
  ];
}
