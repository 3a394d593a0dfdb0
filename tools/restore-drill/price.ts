import type { Cluster } from "../../config/types.ts";
import { ownDatabase } from "../../model/groups/database.ts";
import { findPrice, ownBooks } from "../cost/price-book.ts";
import { monthHours } from "../cost/usage.ts";
import type { DrillMachine } from "./cloud.ts";

const diskItems = { aws: "disk/gp3", alibaba: "disk/cloud_essd-PL1" } as const;

/** What a drill costs at the most: a machine and its disks for the minutes after which the cloud has taken them away. */
export function priceLine(cluster: Cluster, { instanceType, systemDiskGiB }: DrillMachine, minutes: number): string {
  const books = ownBooks(cluster.cloud);
  const machine = findPrice(books, `machine/${instanceType}`, cluster.region);
  const disk = findPrice(books, diskItems[cluster.cloud], cluster.region);
  const sizeGiB = systemDiskGiB + (ownDatabase(cluster)?.diskGiB ?? 0);
  const what = `1 ${instanceType} with ${sizeGiB} GiB of disk space for at most ${minutes} minutes, plus the download of the MongoDB packages`;
  if (machine === undefined || disk === undefined)
    return `Cost: ${what}. The price book has no price for the machine or its disks in ${cluster.region}: run npm run cost -- STACK --update`;
  const usd = (minutes / 60) * (machine.usd + (sizeGiB * disk.usd) / monthHours);
  return `Cost: about ${usd.toFixed(2)} US dollars, for ${what}`;
}
