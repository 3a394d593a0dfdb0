import type { Audience, Cloud } from "../../config/types.ts";
import { type Sized, sizeCluster, type Wish } from "../../model/capacity/size.ts";
import { commandLine } from "../cli/invocation.ts";
import { costOf, findPrice, ownBooks } from "../cost/price-book.ts";
import { dollars } from "../cost/text.ts";
import { monthHours } from "../cost/usage.ts";
import { candidatesOf } from "./machines.ts";

/** A pair of sizes that carries the audience. */
export interface Choice {
  readonly origin: Sized;
  readonly edge: Sized;
  /** A month of all its machines at the most, by list, without licences. */
  readonly usd: number;
}

/** Each pair of sizes that carries the audience and has prices in the region, the cheapest first. */
export function choicesOf(cloud: Cloud, gpu: boolean, wish: Wish, region: string): readonly Choice[] {
  const { origin: origins, edge: edges } = candidatesOf(cloud, gpu);
  const pairs = origins.flatMap((origin) => edges.map((edge) => sizeCluster({ origin: [origin], edge: [edge] }, wish)));
  return pairs
    .flatMap(({ origin, edge }): readonly Choice[] => {
      if (origin === undefined || edge === undefined) return [];
      const [one, other] = [origin, edge].map(({ type, max }) => monthOf(cloud, type, max, region));
      return one === undefined || other === undefined ? [] : [{ origin, edge, usd: one + other }];
    })
    .sort((a, b) => a.usd - b.usd || licencesOf(a) - licencesOf(b));
}

function monthOf(cloud: Cloud, type: string, count: number, region: string): number | undefined {
  const price = findPrice(ownBooks(cloud), `machine/${type}`, region);
  return price === undefined ? undefined : costOf(price, count * monthHours);
}

const licencesOf = ({ origin, edge }: Choice): number => origin.max + edge.max;

/** How many choices are told. */
const most = 3;

/** The cheapest pairs of sizes, with the command that has their lines. */
export function choicesText(choices: readonly Choice[], cloud: Cloud, audience: Audience): readonly string[] {
  if (choices.length === 0) return [];
  const lines = choices.slice(0, most).map((choice) => {
    const { origin, edge, usd } = choice;
    const groups = [origin, edge].map(({ role, size, max }) => `${max} x ${size} (${role})`);
    return `  $${dollars(usd)}  ${groups.join(", ")}, ${licencesOf(choice)} licences`;
  });
  const [best] = choices;
  const sizes = `--origin ${best?.origin.size} --edge ${best?.edge.size}`;
  const { publishers, viewers, bitrateKbps, ladder } = audience;
  const shape = `--bitrate ${bitrateKbps}${ladder.length === 0 ? "" : ` --ladder ${ladder.join(",")}`}`;
  return [
    "Cheapest combinations, by the monthly list price of the machines at maximum size, excluding licences:",
    ...lines,
    `To show the configuration for the first one: ${commandLine("capacity", `--cloud ${cloud} --publishers ${publishers} --viewers ${viewers} ${shape} ${sizes}`)}`,
  ];
}
