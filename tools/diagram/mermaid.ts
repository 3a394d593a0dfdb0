import { describePicture } from "./describe.ts";
import { type Balancer, type DatabaseNode, type Group, type Picture, scalingText, sizeText } from "./form.ts";

/** The picture as Mermaid, which GitHub draws within Markdown. */
export function toMermaid(picture: Picture): string {
  const { stream, natZones, ports, database, recordings, groups } = picture;
  const zones = picture.zones.map(({ letter }) => letter).join(", ");
  const network = `VPC ${picture.cidr}, ${picture.region}, zones ${zones}`;
  const isInside = database !== undefined && database.members.length > 0;
  const lines = [
    "flowchart TB",
    `  accTitle: ${picture.title}, ${picture.region}`,
    `  accDescr: ${describePicture(picture)}`,
    '  publishers(["Publishers"])',
    '  players(["Players"])',
    ...(ports.adminsToWeb === "" ? [] : ['  admins(["Admins"])']),
    `  subgraph network [${quoted(network)}]`,
    `    subgraph balancerTier [${quoted("Balancers, public subnets")}]`,
    ...when(stream, (balancer) => `      stream[${balancerText(balancer)}]`),
    `      web[${balancerText(picture.web)}]`,
    "    end",
    `    subgraph mediaTier [${quoted("Media servers, public subnets")}]`,
    `      originGroup[[${groupText(groups.origin)}]]`,
    ...when(groups.edge, (edge) => `      edgeGroup[[${groupText(edge)}]]`),
    "    end",
    ...(isInside
      ? [`    subgraph databaseTier [${quoted("Database, private subnets")}]`, `  ${databaseNode(database)}`, "    end"]
      : []),
    // Its subnets are the balancers', but above the database Mermaid would turn the whole picture around it.
    ...when(natZones[0], () => `    nat[${quoted(`NAT in the public subnets of ${zoneText(natZones)}`)}]`),
    "  end",
    ...(database === undefined || isInside ? [] : [databaseNode(database)]),
    ...when(recordings, ({ title, detail }) => `  recordings[(${quoted(title, detail)})]`),
    ...links(picture),
  ];
  return `${lines.join("\n")}\n`;
}

function links(picture: Picture): readonly string[] {
  const { ports, stream, natZones, database, recordings, isProxied, groups } = picture;
  const front = isProxied ? "stream" : "web";
  const publish = isProxied ? [...ports.publishersToWeb, ...ports.publishersToStream] : ports.publishersToWeb;
  const { edge } = groups;
  return [
    ...(isProxied ? [link("stream", "-->", "web", "all ports")] : []),
    ...(isProxied ? [] : when(stream, () => link("publishers", "-->", "stream", ports.publishersToStream.join(", ")))),
    link("publishers", "-->", front, ...publish),
    link("players", "-->", front, ...ports.playersToWeb),
    ...(ports.adminsToWeb === "" ? [] : [link("admins", "-->", front, ports.adminsToWeb)]),
    ...(ports.streamToOrigin === "" ? [] : [link("stream", "-->", "originGroup", ports.streamToOrigin)]),
    link("web", "-->", "originGroup", ports.webToOrigin),
    ...when(edge, () => link("web", "-->", "edgeGroup", ports.webToEdge)),
    ...when(edge, () => link("edgeGroup", "-->", "originGroup", ports.edgeToOrigin)),
    ...when(database, () => link("originGroup", "-->", "database", ports.nodesToDatabase)),
    ...(database === undefined ? [] : when(edge, () => link("edgeGroup", "-->", "database", ports.nodesToDatabase))),
    ...when(recordings, () => link("originGroup", "-->", "recordings", "443")),
    ...(natZones.length === 0 || ports.databaseToInternet === ""
      ? []
      : [link("database", "-->", "nat", ports.databaseToInternet)]),
    link("publishers", "-.->", "originGroup", ports.webRtc),
    link("players", "-.->", edge === undefined ? "originGroup" : "edgeGroup", ports.webRtc),
  ];
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

const groupText = (group: Group): string => quoted(group.title, sizeText(group), scalingText(group));

const databaseNode = ({ title, detail, members }: DatabaseNode): string => {
  const places = members.map(({ name, zone, address }) => [name, `zone ${zone}`, address].filter(Boolean).join(", "));
  return `  database[(${quoted(title, detail, ...places)})]`;
};
