import { describePicture } from "./describe.ts";
import type { Balancer, DatabaseNode, Group, Picture } from "./picture.ts";

/** The picture as Mermaid, which GitHub draws within Markdown. */
export function toMermaid(picture: Picture): string {
  const { ports, stream, natZones } = picture;
  const zones = picture.zones.map(({ letter }) => letter).join(", ");
  const network = `VPC ${picture.cidr}, ${picture.region}, zones ${zones}`;
  const lines = [
    "flowchart TB",
    `  accTitle: ${picture.title}, ${picture.region}`,
    `  accDescr: ${describePicture(picture)}`,
    '  publishers(["Publishers"])',
    '  players(["Players"])',
    ...when(ports.adminsToWeb, () => '  admins(["Admins"])'),
    `  subgraph network [${quoted(network)}]`,
    `    subgraph balancerTier [${quoted("Balancers, public subnets")}]`,
    ...when(stream, (balancer) => `      stream[${balancerText(balancer)}]`),
    `      web[${balancerText(picture.web)}]`,
    "    end",
    `    subgraph mediaTier [${quoted("Media servers, public subnets")}]`,
    `      originGroup[[${groupText(picture.groups.origin)}]]`,
    `      edgeGroup[[${groupText(picture.groups.edge)}]]`,
    "    end",
    `    subgraph databaseTier [${quoted("Database, private subnets")}]`,
    `      database[(${databaseText(picture.database)})]`,
    "    end",
    // Its subnets are the balancers', but above the database Mermaid would turn the whole picture around it.
    ...when(natZones[0], () => `    nat[${quoted(`NAT in the public subnets of ${zoneText(natZones)}`)}]`),
    "  end",
    ...when(stream, () => link("publishers", "-->", "stream", ports.publishersToStream)),
    link("publishers", "-->", "web", ...ports.publishersToWeb),
    link("players", "-->", "web", ...ports.playersToWeb),
    ...when(ports.adminsToWeb, (text) => link("admins", "-->", "web", text)),
    ...when(stream, () => link("stream", "-->", "originGroup", ports.streamToOrigin)),
    link("web", "-->", "originGroup", ports.webToOrigin),
    link("web", "-->", "edgeGroup", ports.webToNodes),
    link("edgeGroup", "-->", "originGroup", ports.edgeToOrigin),
    link("originGroup", "-->", "database", ports.nodesToDatabase),
    link("edgeGroup", "-->", "database", ports.nodesToDatabase),
    ...when(natZones[0], () => link("database", "-->", "nat", ports.databaseToInternet)),
    link("publishers", "-.->", "originGroup", ports.webRtc),
    link("players", "-.->", "edgeGroup", ports.webRtc),
  ];
  return `${lines.join("\n")}\n`;
}

const zoneText = (zones: readonly string[]): string => `${zones.length === 1 ? "zone" : "zones"} ${zones.join(", ")}`;

const when = <T>(value: T | undefined, line: (value: T) => string): readonly string[] =>
  value === undefined ? [] : [line(value)];

/** Within quotes Mermaid takes any text but quotes; `*` would begin its Markdown. */
const quoted = (...lines: readonly string[]): string =>
  `"${lines
    .filter((line) => line !== "")
    .map((line) => line.replaceAll('"', "#quot;").replaceAll("*", "#42;"))
    .join("<br/>")}"`;

const link = (from: string, arrow: string, to: string, ...lines: readonly string[]): string =>
  `  ${from} ${arrow}|${quoted(...lines)}| ${to}`;

const balancerText = ({ title, subtitle, listeners }: Balancer): string =>
  quoted(title, subtitle, ...listeners.map(({ port, protocol, action }) => `${port} ${protocol}: ${action}`));

const groupText = ({ title, min, max, machine, cpuTargetPercent }: Group): string =>
  quoted(title, `${min} to ${max} × ${machine}`, `CPU at ${cpuTargetPercent} %`);

const databaseText = ({ title, detail, zone }: DatabaseNode): string => quoted(title, detail, `zone ${zone}`);
