import * as z from "zod";
import { CommandError } from "../../cli/faults.ts";
import type { Price } from "../price-book.ts";
import { monthHours } from "../usage.ts";
import { type Answer, checked, type Found } from "./found.ts";

/** Runs Alibaba Cloud's command line tool with the operator's own profile; gives what it printed. */
export type Run = (words: readonly string[]) => string;

const page = "https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeprice";

/** Size at which a disk is asked for; its price is by the GiB. */
const diskGiB = 100;

/** An answer of ECS DescribePrice, by its documentation; not seen live. */
const answerForm = z.object({
  PriceInfo: z.object({
    Price: z.object({
      Currency: z.string(),
      OriginalPrice: z.number().optional(),
      DetailInfos: z
        .object({ DetailInfo: z.array(z.object({ Resource: z.string(), OriginalPrice: z.number().optional() })) })
        .optional(),
    }),
  }),
});

/** Asks ECS for the region's list prices of machines and disks. Its other services' prices stand on pages alone. */
export function askAlibaba(items: readonly string[], region: string, run: Run, today: string): Found {
  const asked = items.flatMap((item) => questionOf(item) ?? []);
  const answers = asked.map((question) => askFor(question, region, run, today));
  const unasked = items.filter((item) => questionOf(item) === undefined);
  return { ...checked(answers), unasked };
}

interface Question {
  readonly item: string;
  readonly words: readonly string[];
  readonly resource: string;
  readonly toPrice: (hourly: number) => Pick<Price, "usd" | "per">;
}

function questionOf(item: string): Question | undefined {
  const [kind, of = ""] = item.split("/");
  if (kind === "machine") {
    const words = ["--ResourceType", "instance", "--InstanceType", of, "--SystemDisk.Category", "cloud_essd"];
    return { item, words, resource: "instanceType", toPrice: (usd) => ({ usd, per: "hour" }) };
  }
  const [, category, level] = /^disk\/(cloud_essd)-(PL\d)$/.exec(item) ?? [];
  if (category === undefined || level === undefined) return undefined;
  const disk = {
    "DataDisk.1.Category": category,
    "DataDisk.1.PerformanceLevel": level,
    "DataDisk.1.Size": `${diskGiB}`,
  };
  const words = ["--ResourceType", "disk", ...Object.entries(disk).flatMap(([key, value]) => [`--${key}`, value])];
  const usd = (hourly: number): number => Math.round(((hourly * monthHours) / diskGiB) * 1e6) / 1e6;
  return { item, words, resource: "dataDisk", toPrice: (hourly) => ({ usd: usd(hourly), per: "GiB-month" }) };
}

function askFor({ item, words, resource, toPrice }: Question, region: string, run: Run, date: string): Answer {
  const raw = toJson(run(["ecs", "DescribePrice", "--RegionId", region, ...words, "--PriceUnit", "Hour"]));
  const fault = (text: string): Answer => ({
    item,
    raw,
    fault: `${item}: DescribePrice in ${region} returned ${text}`,
  });
  const { data, error } = answerForm.safeParse(raw);
  if (data === undefined)
    throw new CommandError(`the DescribePrice response has an unexpected format: ${z.prettifyError(error)}`);
  const { Currency, DetailInfos } = data.PriceInfo.Price;
  if (Currency !== "USD") {
    throw new CommandError(
      `DescribePrice returns prices in ${Currency}; the price book contains the international site's prices in USD`,
    );
  }
  const lines = (DetailInfos?.DetailInfo ?? []).filter((line) => line.Resource === resource);
  const [line] = lines;
  if (lines.length > 1) return fault(`expected one price for ${resource}, but found ${lines.length}`);
  if (line?.OriginalPrice === undefined || line.OriginalPrice <= 0) return fault(`no price for ${resource}`);
  const source = "Alibaba Cloud: ECS DescribePrice, OriginalPrice";
  return { item, raw, price: { item, regions: [region], ...toPrice(line.OriginalPrice), source, url: page, date } };
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`aliyun did not print JSON: ${JSON.stringify(text.slice(0, 200))}`);
  }
}
