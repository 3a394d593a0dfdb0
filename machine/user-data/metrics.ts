import type { Cluster } from "../../config/types.ts";
import {
  applicationGroups,
  dimensionsOf,
  metricNamespace,
  metricPeriodSeconds,
  metrics,
  type Publisher,
} from "../../model/operation/metrics.ts";

type MeasuringMachine = (typeof metrics)[number]["machine"];

/** The program of each kind of machine that measures. */
const sources: Readonly<Record<MeasuringMachine, string>> = {
  media: "figures",
  database: "members",
  proxy: "proxy_figures",
  turn: "relays",
};

export const kindOf = (publisher: Publisher): MeasuringMachine =>
  publisher === "origin" || publisher === "edge" ? "media" : publisher;

/** What a machine's metrics are called and belong to; the program has the values alone. */
export function metricFacts(cluster: Cluster, publisher: Publisher) {
  const kind = kindOf(publisher);
  const own = metrics.filter(({ machine }) => machine === kind);
  return {
    source: sources[kind],
    namespace: metricNamespace(cluster),
    periodSeconds: metricPeriodSeconds,
    units: Object.fromEntries(own.map(({ name, unit }) => [name, unit])),
    dimensions: Object.fromEntries(own.map((metric) => [metric.scope, dimensionsOf(cluster, metric, publisher)])),
    ...(cluster.cloud === "alibaba" && kind === "media" ? { groups: applicationGroups } : {}),
    ofCluster: own.filter(({ scope }) => scope === "cluster").map(({ name }) => name),
  };
}
