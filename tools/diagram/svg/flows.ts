import type { Picture } from "../form.ts";
import { arrow, halo, type Kind } from "./arrow.ts";
import type { Layout } from "./layout.ts";
import { type Box, bottom, centerX, centerY, label, type Point, right, uprightLabel } from "./markup.ts";

/** Lanes left of the zones, and the ways of WebRTC media outside the network. */
const lanes = { direct: 30, nat: 160, recordings: 172, database: 184 };

/** Arrows with their ports. */
export function drawFlows(picture: Picture, layout: Layout): readonly string[] {
  return [
    ...fromClients(picture, layout),
    ...toNodes(picture, layout),
    ...toDatabase(picture, layout),
    ...toRecordings(picture, layout),
    ...direct(picture, layout),
  ];
}

interface Drop {
  readonly x: number;
  readonly from: Box;
  readonly to: Box;
  readonly kind: Kind;
  readonly lines: readonly string[];
  /** Where the first line of text stands, from the arrow's start. @default 20 */
  readonly drop?: number;
}

/** An arrow straight down, its label at its right. */
function down({ x, from, to, kind, lines, drop = 20 }: Drop): readonly string[] {
  const texts = lines.map((line, index) => label({ x: x + 8, y: bottom(from) + drop + index * 14 }, line, kind));
  const way = [
    { x, y: bottom(from) },
    { x, y: to.y },
  ];
  return [...arrow(way, kind), ...texts];
}

/** Publishers' arrow to the network balancer, and their other one. */
const publishX = ({ publishers }: Layout): readonly [stream: number, web: number] => [
  publishers.x + 95,
  publishers.x + 232,
];

function fromClients({ ports, stream, isProxied }: Picture, layout: Layout): readonly string[] {
  const { publishers, players, admins } = layout;
  const [streamX, webX] = publishX(layout);
  const web = isProxied ? layout.stream : layout.web;
  const play = { x: players.x + 32, from: players, to: web, kind: "play", lines: ports.playersToWeb } as const;
  const panel = { x: centerX(admins), from: admins, to: web, kind: "plain", lines: [ports.adminsToWeb] } as const;
  const publish = { from: publishers, to: web, kind: "publish" } as const;
  const lines = isProxied ? [...ports.publishersToWeb, ports.publishersToStream.join(", ")] : ports.publishersToWeb;
  const isSplit = stream !== undefined && !isProxied;
  const toStream = { ...publish, x: streamX, to: layout.stream, lines: ports.publishersToStream };
  return [
    ...(isSplit ? down(toStream) : []),
    ...down({ ...publish, x: isSplit ? webX : streamX, lines }),
    ...(ports.adminsToWeb === "" ? [] : down(panel)),
    ...down(play),
    ...(isProxied
      ? down({ x: streamX, from: layout.stream, to: layout.web, kind: "plain", lines: ["all ports"] })
      : []),
  ];
}

function toNodes({ ports, groups }: Picture, layout: Layout): readonly string[] {
  const { balancerTier, origin, edge, web } = layout;
  const [streamX, webX] = publishX(layout);
  const toOrigin = { from: balancerTier, to: origin, kind: "publish", drop: 42 } as const;
  const lane = right(web) + 16;
  const side = [
    { x: right(web), y: centerY(web) },
    { x: lane, y: centerY(web) },
    { x: lane, y: edge.y + 28 },
    { x: right(edge), y: edge.y + 28 },
  ];
  const fetchX = centerX(edge);
  const fetch = [
    { x: fetchX, y: edge.y },
    { x: fetchX, y: bottom(origin) },
  ];
  return [
    ...(ports.streamToOrigin === "" ? [] : down({ ...toOrigin, x: streamX, lines: [ports.streamToOrigin] })),
    ...down({ ...toOrigin, x: webX, lines: [ports.webToOrigin] }),
    ...(groups.edge === undefined
      ? []
      : [
          ...arrow(side, "play"),
          label({ x: lane - 8, y: bottom(balancerTier) + 42 }, ports.webToEdge, "play end"),
          ...arrow(fetch, "play"),
          label({ x: fetchX + 10, y: edge.y - 14 }, `fetches streams on ${ports.edgeToOrigin}`, "play"),
        ]),
  ];
}

function toDatabase({ ports, groups, database, natZones }: Picture, layout: Layout): readonly string[] {
  if (database === undefined) return [];
  const { mediaTier, database: inside, external, origin, edge, entrance } = layout;
  if (database.members.length === 0) {
    const x = external.x + 40;
    const way = {
      x,
      from: layout.network,
      to: external,
      kind: "data",
      lines: [`both groups, ${ports.nodesToDatabase}`],
    } as const;
    return down({ ...way, drop: 24 });
  }
  const last = groups.edge === undefined ? origin : edge;
  const y = inside.y + 16;
  const side = [
    { x: origin.x, y: origin.y + 66 },
    { x: lanes.database, y: origin.y + 66 },
    { x: lanes.database, y },
    { x: inside.x, y },
  ];
  const x = centerX(inside);
  const below = { x: last.x, y: last.y, width: last.width, height: bottom(mediaTier) - last.y };
  return [
    ...arrow(side, "data"),
    label({ x: lanes.database + 8, y: bottom(mediaTier) + 34 }, ports.nodesToDatabase, "data"),
    ...down({ x, from: below, to: inside, kind: "data", lines: [ports.nodesToDatabase], drop: 34 }),
    ...(natZones.length === 0 || ports.databaseToInternet === "" ? [] : throughNat(ports, inside, entrance[0])),
  ];
}

/** The database fetches packages; nothing from outside reaches it. */
function throughNat(ports: Picture["ports"], inside: Box, cell: Box | undefined): readonly string[] {
  if (cell === undefined) return [];
  const y = inside.y + 34;
  const way = [
    { x: inside.x, y },
    { x: lanes.nat, y },
    { x: lanes.nat, y: cell.y + 31 },
    { x: cell.x, y: cell.y + 31 },
  ];
  const lines = [ports.databaseToInternet, "packages, time,", "cloud APIs"];
  return [
    ...arrow(way, "plain"),
    ...lines.map((line, index) =>
      label({ x: lanes.nat - 8, y: inside.y - 46 + index * 13 }, line, `small ${index === 0 ? "plain" : "muted"} end`),
    ),
  ];
}

function toRecordings({ recordings }: Picture, { origin, recordings: box }: Layout): readonly string[] {
  if (recordings === undefined) return [];
  const y = origin.y + 54;
  const way = [
    { x: origin.x, y },
    { x: lanes.recordings, y },
    { x: lanes.recordings, y: centerY(box) },
    { x: box.x, y: centerY(box) },
  ];
  return [...arrow(way, "data"), label({ x: lanes.recordings - 8, y: centerY(box) + 4 }, "443", "data end")];
}

/** WebRTC media passes no balancer: each node has a public address of its own. */
function direct({ ports, groups }: Picture, layout: Layout): readonly string[] {
  const { publishers, players, origin, edge, width } = layout;
  const last = groups.edge === undefined ? origin : edge;
  const far = width - lanes.direct;
  const bend = (x: number, client: number, y: number, group: number): readonly Point[] => [
    { x: client, y: centerY(publishers) },
    { x, y: centerY(publishers) },
    { x, y },
    { x: group, y },
  ];
  const toOrigin = origin.y + 42;
  const toLast = last.y + 52;
  const middle = (centerY(publishers) + toOrigin) / 2;
  const crossing = (x: number, y: number): string =>
    halo([
      { x: x - 5, y },
      { x: x + 5, y },
    ]);
  return [
    crossing(lanes.nat, toOrigin),
    ...arrow(bend(lanes.direct, publishers.x, toOrigin, origin.x), "publish", " direct"),
    uprightLabel({ x: lanes.direct - 8, y: middle }, ports.webRtc, "publish middle"),
    ...arrow(bend(far, right(players), toLast, right(last)), "play", " direct"),
    uprightLabel({ x: far + 16, y: middle }, ports.webRtc, "play middle"),
  ];
}
