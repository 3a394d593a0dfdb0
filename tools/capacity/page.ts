import type { Audience, Cloud } from "../../config/types.ts";
import type { Limit } from "../../model/capacity/capacity.ts";
import { refusalPercent } from "../../model/capacity/figures.ts";
import { sourcesOf } from "../../model/capacity/machines.ts";
import type { Role } from "../../model/cluster.ts";
import { alignRows, type Cell } from "../cli/table.ts";
import type { Terminal } from "../cli/terminal.ts";
import type { MonthlyCost } from "../cost/monthly.ts";
import { remarks, totalLine } from "../cost/text.ts";
import type { Answer, Carried } from "./asked.ts";
import type { CdnFetch, TurnServers } from "./beside.ts";
import type { OwnGroup, StackCapacity } from "./carried.ts";
import { choicesText } from "./cheapest.ts";
import { judgeBoth, unseen } from "./warnings.ts";

const count = (number: number): string => number.toLocaleString("en-US", { maximumFractionDigits: 1 });
const unitOf: Readonly<Record<Row["role"], string>> = { origin: "streams", edge: "viewers", turn: "relayed viewers" };

const shapeText = ({ bitrateKbps, ladder }: Audience): string =>
  `${bitrateKbps} kbps, ${ladder.length === 0 ? "no renditions" : `renditions ${ladder.join(" ")}`}`;

const peopleText = (audience: Audience): string =>
  `${count(audience.publishers)} publishers, ${count(audience.viewers)} viewers, ${shapeText(audience)}`;

/** A cloud's answer to an audience, for a person. */
export function answerPage(answer: Answer, terminal: Terminal): string {
  const { paint } = terminal;
  const { cloud, audience, cpuTargetPercent, origin, edge, carried } = answer;
  const title = `${paint("bold", cloud)}  ${peopleText(audience)}, at ${cpuTargetPercent} % CPU`;
  if (origin === undefined || edge === undefined || carried === undefined) {
    const which = origin === undefined ? "origin" : "edge";
    const text = `  No ${which} size supports this audience, even with 1,000 machines: use fewer renditions, a lower bitrate, or --gpu.`;
    return [title, "", paint("red", text), ""].join("\n");
  }
  const to = (role: Role, { publishers, viewers }: Carried): number => (role === "edge" ? viewers : publishers);
  const rows = [origin, edge].map(
    (sized): Row => ({ ...sized, carries: to(sized.role, carried.atMax), asked: to(sized.role, audience) }),
  );
  return [
    title,
    "",
    ...groupTable(rows, terminal),
    "",
    ...limitTable(rows, terminal),
    "",
    `  At minimum size, the groups support ${carriedText(carried.atMin)}. Scaling adds machines.`,
    `  ${refusalText(cpuTargetPercent)}`,
    `  Traffic to viewers: ${trafficText(audience)}.`,
    ...costTexts(answer.cost).map((line) => `  ${line}`),
    ...choicesText(answer.choices, cloud, audience).map((line) => `  ${line}`),
    "",
    ...answer.config.map(([path, value]) => `  pulumi config set --stack ${cloud} --path '${path}' ${value}`),
    ...(origin.machine.gpu
      ? [`  # Also set ams:${cloud}.images.gpu to an AMS image in your region that includes NVIDIA's driver`]
      : []),
    "",
  ].join("\n");
}

/** What a stack carries, for a person, and the quotas that it has to raise. */
export function stackPage(capacity: StackCapacity, terminal: Terminal, quotas: readonly string[] = []): string {
  const { paint } = terminal;
  const { stack, cloud, audience, isDeclared, carried, groups, mode, turn, cdn } = capacity;
  if (carried === undefined) {
    const types = capacity.unknownTypes.join(" and ");
    return `${paint("bold", stack)}  ${cloud}: capacity unknown, because model/capacity/${cloud}.json has no data for ${types}\n`;
  }
  const who = isDeclared ? `requested: ${peopleText(audience)}` : `${shapeText(audience)}; ams:audience is not set`;
  const either =
    mode === "standalone" && !isDeclared
      ? "A single machine supports the number of publishers or the number of viewers shown, or fewer of each at the same time."
      : "";
  const asked = isDeclared ? audience : undefined;
  const rows = [
    ...groups.map((group): Row => {
      const what = group.role === "edge" ? "viewers" : "publishers";
      return { ...group, carries: carried.atMax[what], asked: asked?.[what] };
    }),
    ...(turn === undefined ? [] : [turnRow(turn)]),
  ];
  const unseenOf = groups.filter(({ min, max }) => min < max).flatMap(unseen);
  const { warnings, notes } = isDeclared ? judgeBoth(capacity) : { warnings: unseenOf, notes: [] };
  return [
    `${paint("bold", stack)}  ${cloud}, ${who}`,
    "",
    ...groupTable(rows, terminal),
    "",
    ...limitTable(rows, terminal),
    "",
    `  Minimum: ${carriedText(carried.atMin)}. Maximum: ${carriedText(carried.atMax)}.`,
    ...(either === "" ? [] : [`  ${either}`]),
    ...(cdn === undefined ? [] : [`  ${cdnText(cdn)}`]),
    ...notes.map((note) => `  ${note}`),
    ...[...warnings, ...quotas].map((warning) => `  ${paint("yellow", warning)}`),
    "",
  ].join("\n");
}

type Row = Pick<OwnGroup, "size" | "type" | "min" | "max" | "limits" | "decides"> & {
  readonly role: Role | "turn";
  readonly carries: number;
  /** What the audience has of it; undefined where nobody says. */
  readonly asked: number | undefined;
};

const turnRow = ({ count: servers, relayed: asked, ...turn }: TurnServers): Row => ({
  ...{ ...turn, role: "turn", min: servers, max: servers, asked },
});

/** The audience that the declared one does not count. */
const cdnText = ({ mbps, caches }: CdnFetch): string =>
  `CDN: HLS and DASH viewers do not require additional edges. Each CDN cache that fetches every stream uses ${count(mbps)} Mbps; at minimum size, the edges support ${Number.isFinite(caches) ? count(caches) : "any number"} of these caches.`;

const carriedText = ({ publishers, viewers }: Carried): string =>
  `${count(publishers)} ${publishers === 1 ? "publisher" : "publishers"} and ${count(viewers)} viewers`;

function groupTable(rows: readonly Row[], terminal: Terminal): readonly string[] {
  const heading = ["GROUP", "MACHINE", "TYPE", "MIN", "MAX", "SUPPORTS", "LIMITED BY", "HEADROOM"];
  const cells = rows.map(({ role, size, type, min, max, carries, decides, asked }) => [
    ...[role, size, type, String(min), String(max), `${count(carries)} ${unitOf[role]}`, decides?.name ?? "unknown"],
    asked === undefined ? "" : spare(carries, asked),
  ]);
  return table([heading, ...cells], terminal);
}

const spare = (carries: number, asked: number): string =>
  asked === 0 ? "all" : carries < asked ? "not enough" : `${Math.floor((carries / asked - 1) * 100)} %`;

function limitTable(rows: readonly Row[], terminal: Terminal): readonly string[] {
  const heading = ["GROUP", "LIMIT", "MEANING", "PER MACHINE", "MACHINES", "SOURCE"];
  const cells = rows.flatMap(({ role, limits }) => limits.map((limit) => limitCells(role, limit)));
  return table([heading, ...cells], terminal);
}

const limitCells = (role: Row["role"], { name, what, each, machines, sources }: Limit): readonly string[] => [
  ...[role, name, what],
  each === undefined ? (machines === undefined ? "unknown" : "") : Number.isFinite(each) ? count(each) : "",
  machines === undefined ? "unknown" : Number.isFinite(machines) ? count(machines) : "never enough",
  sources.join(" "),
];

function table(lines: readonly (readonly string[])[], terminal: Terminal): readonly string[] {
  const rows = lines.map((line, index) =>
    line.map(
      (text): Cell =>
        index === 0 ? { text, style: "dim" } : text === "unknown" ? { text, style: "yellow" } : { text },
    ),
  );
  return alignRows(rows, 2, terminal);
}

const refusalText = (target: number): string =>
  `AMS rejects clients at ${refusalPercent} % CPU, ${Math.floor((refusalPercent / target - 1) * 100)} % above the calculated load. This margin covers the time that scaling takes [refusal].`;

/** Decimal units, as the clouds bill them. */
function trafficText({ viewers, bitrateKbps }: Audience): string {
  const gbps = (viewers * bitrateKbps) / 1e6;
  return `up to ${count(gbps)} Gbps, ${count((gbps / 8) * 3600)} GB per hour`;
}

function costTexts(cost: MonthlyCost | undefined): readonly string[] {
  if (cost === undefined) return ["Cost: no prices are available."];
  const { what, basis, sizes } = totalLine(cost);
  const [least, , most] = sizes;
  const text = cost.sum === undefined ? what : `${what}: minimum $${least}, maximum $${most}`;
  return [`Monthly cost in ${cost.region}: ${text} (${basis}).`, ...remarks(cost, new Date())];
}

/** Where each figure that was used is from. */
export function sourcesPage(used: readonly { readonly cloud: Cloud; readonly limits: readonly Limit[] }[]): string {
  const lines = new Map<string, string>();
  for (const { cloud, limits } of used) {
    const known = sourcesOf(cloud);
    for (const key of [...limits.flatMap(({ sources }) => sources), "refusal"]) {
      const source = known[key];
      if (source !== undefined) lines.set(key, `  ${key}: ${source.what}.\n    ${source.url}`);
    }
  }
  return ["Sources", ...lines.values(), ""].join("\n");
}
