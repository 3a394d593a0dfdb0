import { groupsOf, runsNoAms, sizesOf } from "./machines.ts";
import { type CostedStack, type CostRow, monthHours, times } from "./usage.ts";

/** Where a licence's price is to be looked up. */
export function licencePage({ cloud, licence = "marketplace" }: CostedStack): string {
  if (licence === "key") return "https://antmedia.io/";
  return cloud === "aws"
    ? "https://aws.amazon.com/marketplace/search/results?searchTerms=ant+media+server"
    : "https://marketplace.alibabacloud.com/";
}

/** Ant Media Server's licences, a row for each group. No public list has their price; a stack may say its own. */
export function licenceUsage(stack: CostedStack, utilisation: number): readonly CostRow[] {
  const { licence: kind = "marketplace", licenceUsdPerHour = {} } = stack;
  const groups = groupsOf(stack).filter((group) => !runsNoAms(group));
  return groups.map((group): CostRow => {
    const usd = licenceUsdPerHour[group.on.name.endsWith("-edge") ? "edge" : "origin"];
    const amounts = times(sizesOf(group, utilisation), monthHours);
    const what = `${group.on.name}: Ant Media Server licences`;
    const row = { what, item: `licence/${kind}`, per: "hour", amounts, price: undefined } as const;
    if (usd !== undefined) return { ...row, basis: `ams:media.licenceUsdPerHour ${usd}`, cost: times(amounts, usd) };
    return { ...row, cost: undefined, lacks: { what: "price", why: "the price is not public" } };
  });
}
