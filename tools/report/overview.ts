import type { RecordedResource } from "../../recording/record.ts";
import { Unknown } from "../../recording/value.ts";
import type { Cell } from "../cli/table.ts";
import { totalLine } from "../cost/text.ts";
import { sizeText } from "../diagram/form.ts";
import { toPicture } from "../diagram/picture.ts";
import { toSvg } from "../diagram/svg.ts";
import { words } from "../diagram/words.ts";
import { shortType } from "../diff/urn.ts";
import { showValue } from "../plan/show.ts";
import { summarize } from "../plan/summaries.ts";
import { column, details, heading, list, paragraph, plain, section, table, tag } from "./html.ts";
import type { Subject } from "./subject.ts";

/** The stacks in a few lines each. */
export function overview(subjects: readonly Subject[]): string {
  const columns = subjects.map((subject) => {
    const facts = factsOf(subject).flatMap(([term, text]) => [tag("dt", "", plain(term)), tag("dd", "", plain(text))]);
    const { stack, recording } = subject.planned;
    const warnings = recording.warnings.length === 0 ? [] : [paragraph("Warnings", "yellow"), list(recording.warnings)];
    return column(stack, tag("dl", "", ...facts), ...warnings);
  });
  return section("overview", "Overview", columns);
}

function factsOf({ planned, cost, findings }: Subject): readonly (readonly [term: string, text: string])[] {
  const { cluster, recording } = planned;
  const { groups, database, recordings } = toPicture(planned);
  const parts = recording.resources.filter(({ custom }) => !custom).length;
  const { what, sizes } = totalLine(cost);
  return [
    ["Cloud", `${words[cluster.cloud].cloud}, ${cluster.region}, zones ${cluster.network.zones.join(", ")}`],
    ["Ant Media Server", cluster.media.version],
    ["Network", cluster.network.cidr],
    ...Object.values(groups).map((group) => [group.title, sizeText(group)] as const),
    ["Database", database === undefined ? "none" : `${database.title} · ${database.detail}`],
    ...(recordings === undefined ? [] : [[recordings.title, recordings.detail] as const]),
    ["Name", cluster.domain === undefined ? "none (the load balancer's name is used)" : cluster.domain.name],
    ["Administrators", cluster.access.adminCidrs.join(", ") || "none"],
    ["Resources", `${recording.resources.length - parts} in ${parts} parts`],
    [
      "US dollars per month",
      cost.sum === undefined ? what : `${what}: ${sizes.join(" / ")} at minimum / expected / maximum`,
    ],
    ["Policy", `${findings.findings.length} findings, ${findings.excepted.length} covered by exceptions`],
  ];
}

export function pictures(subjects: readonly Subject[]): string {
  const columns = subjects.map(({ planned }) =>
    column(planned.stack, tag("div", "scroll picture", toSvg(toPicture(planned)).trimEnd())),
  );
  return section("diagram", "Diagram", columns);
}

/** Every resource below its part, with what matters of it. */
export function resources(subjects: readonly Subject[]): string {
  const columns = subjects.map(({ planned }) => {
    const all = planned.recording.resources;
    const parts = all.filter(({ custom }) => !custom);
    const tables = parts.flatMap((part) => {
      const own = all.filter(({ custom, parent }) => custom && parent === part.urn);
      if (own.length === 0) return [];
      const name = `${part.type.split(":").at(-1)} ${part.name}`;
      return [details(`${name}: ${own.length}`, resourceTable(own, part.name, planned.cluster.name))];
    });
    return column(planned.stack, ...tables);
  });
  return section("resources", "Resources by component", columns);
}

function resourceTable(own: readonly RecordedResource[], partName: string, clusterName: string): string {
  const rows = own.map((resource): readonly Cell[] => {
    const { type, name, protect } = resource;
    const summary = [...summarize(resource, clusterName), ...(protect ? ["protected"] : [])];
    return [{ text: shortType(type), style: "cyan" }, { text: name }, { text: summary.join(", ") }];
  });
  return table([heading("Type", "Name", "Details"), ...rows], `Resources in ${partName}`);
}

export function outputs(subjects: readonly Subject[]): string {
  const columns = subjects.map(({ planned }) => {
    const rows = Object.entries(planned.recording.outputs).map(([key, value]): readonly Cell[] => [
      { text: key },
      { text: showValue(value, "\0") || "none", ...(value instanceof Unknown ? { style: "dim" } : {}) },
    ]);
    return column(planned.stack, table([heading("Output", "Value"), ...rows], `Outputs of ${planned.stack}`));
  });
  return section("outputs", "Outputs", columns, "Values in braces are known only after deployment.");
}
