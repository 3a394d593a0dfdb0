import type { Cell } from "../cli/table.ts";
import type { Style } from "../cli/terminal.ts";
import { type FoldedLine, foldedLines, shareBar } from "../cost/fold.ts";
import type { MonthlyCost } from "../cost/monthly.ts";
import { costLine, remarks, totalLine } from "../cost/text.ts";
import { element } from "../diagram/svg/markup.ts";
import { firewallText, isUnchanged, type StackReport } from "../diff/page/report.ts";
import { detailsOf, isUncertain, operations, symbols, tallyText, verbs } from "../diff/page/words.ts";
import { shortType } from "../diff/urn.ts";
import { findingRows } from "../plan/findings.ts";
import { column, details, heading, list, paragraph, plain, section, table, tag } from "./html.ts";
import type { Subject } from "./subject.ts";

export function costs(subjects: readonly Subject[], today: Date): string {
  const columns = subjects.map(({ planned: { stack }, cost }) => {
    const lines = cost.rows.map((row) => ({ ...costLine(row), share: undefined }));
    return column(
      stack,
      costTable([...foldedLines(cost), ...sumLines(cost)], `Cost of ${stack}`),
      list(remarks(cost, today)),
      details(`All lines: ${lines.length}`, costTable(lines, `Cost lines of ${stack}`)),
      details("Price sources", sources(cost)),
    );
  });
  const remark =
    "US dollars per month, on-demand list prices, at the groups' minimum, expected and maximum sizes; excluding tax " +
    "and discounts. The total is omitted if the price of a machine, load balancer, NAT gateway or traffic is missing.";
  return section("cost", "Cost", columns, remark);
}

/** The total, and the licences beside it. */
const sumLines = (cost: MonthlyCost): readonly Line[] =>
  [totalLine(cost), ...cost.licences.map(costLine)].map((line) => ({ ...line, share: undefined, isTotal: true }));

type Line = FoldedLine & { readonly isTotal?: boolean };

function costTable(lines: readonly Line[], name: string): string {
  const rows = lines.map(({ what, basis, sizes, share, isTotal = false }): readonly Cell[] => {
    const style = (text: string): { readonly style?: Style } =>
      text === "unknown" ? { style: "yellow" } : isTotal ? { style: "bold" } : {};
    return [
      { text: what, ...(isTotal ? { style: "bold" } : {}) },
      { text: basis, style: "dim" },
      ...sizes.map((text): Cell => ({ text, ...style(text) })),
      { text: shareBar(share), style: "cyan" },
    ];
  });
  return table([heading("What", "Price", "Minimum", "Expected", "Maximum", "Share"), ...rows], name, 2);
}

function sources({ rows }: MonthlyCost): string {
  const prices = new Map(rows.flatMap(({ price }) => (price === undefined ? [] : [[price.item, price] as const])));
  const items = [...prices.values()].map(({ item, usd, per, source, url, date, note }) => {
    const link = element("a", { href: url, rel: "noreferrer" }, plain(source));
    const rest = note === undefined ? "" : ` (${note})`;
    return `<li>${plain(`${item}, ${usd} per ${per}: `)}${link}${plain(`, ${date}${rest}`)}</li>`;
  });
  return tag("ul", "", ...items);
}

export function findings(subjects: readonly Subject[]): string {
  const columns = subjects.map(({ planned: { stack }, findings: judgement }) => {
    const titles = heading("Rule", "Resource", "Finding");
    const isClean = judgement.findings.length + judgement.excepted.length === 0;
    return column(
      stack,
      isClean ? paragraph("No findings.") : table([titles, ...findingRows(judgement)], `Policy: ${stack}`),
    );
  });
  return section("policy", "Policy findings", columns);
}

/** Nothing without a base to compare with. */
export function changes(subjects: readonly Subject[], base: string): string {
  if (base === "") return "";
  const columns = subjects.map(({ planned: { stack }, changes: found }) =>
    column(stack, ...(found === undefined ? [paragraph("Not compared.")] : changesOf(found))),
  );
  return section("changes", "Changes", columns, base);
}

const styles: Readonly<Record<(typeof operations)[number], Style>> = {
  replace: "red",
  delete: "red",
  update: "yellow",
  create: "green",
};

function changesOf(report: StackReport): readonly string[] {
  const { diff, effects, firewall, findings: found, cost } = report;
  if (isUnchanged(report)) return [paragraph("No changes."), list(diff.notes)];
  const sorted = operations.flatMap((operation) => diff.resources.filter((change) => change.operation === operation));
  const rows = sorted.map((change): readonly Cell[] => [
    {
      text: `${symbols[change.operation]} ${isUncertain(change) ? "replace?" : verbs[change.operation]}`,
      style: styles[change.operation],
    },
    { text: `${shortType(change.type)} ${change.name}` },
    { text: detailsOf(change).join("; ") },
  ]);
  const told = [
    ...diff.notes,
    ...(effects.length === 0 ? ["running nodes are not affected"] : effects),
    ...firewall.map(firewallText),
    ...found.map((finding) => `new policy finding: ${finding}`),
    ...(cost === undefined ? [] : [cost]),
  ];
  const titles = heading("", "Resource", "Changes");
  return [
    paragraph(tallyText(diff), "bold"),
    list(told),
    details(`Resources: ${sorted.length}`, table([titles, ...rows], `Changes in ${diff.stack}`)),
  ];
}
