import type { Picture } from "../picture.ts";
import { arrow, halo, type Kind } from "./arrow.ts";
import type { Layout } from "./layout.ts";
import { type Box, bottom, centerX, centerY, label, type Point, right, uprightLabel } from "./markup.ts";

/** Columns of the arrows that go straight down. */
const columns = { stream: 232, publish: 388, play: 560, databaseLeft: 388, databaseRight: 560 };
const lanes = { left: 30, right: 850, nat: 802 };

/** Arrows with their ports. */
export function drawFlows(picture: Picture, layout: Layout): readonly string[] {
  return [
    ...fromClients(picture, layout),
    ...toNodes(picture, layout),
    ...betweenGroups(picture, layout),
    ...toDatabase(picture, layout),
    ...throughNat(picture, layout),
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
  return [
    ...arrow(
      [
        { x, y: bottom(from) },
        { x, y: to.y },
      ],
      kind,
    ),
    ...texts,
  ];
}

function fromClients({ ports, stream }: Picture, layout: Layout): readonly string[] {
  const { publishers, players, admins, web } = layout;
  const toStream = { x: columns.stream, from: publishers, to: layout.stream, kind: "publish" } as const;
  const toPanel = { x: centerX(admins), from: admins, to: web, kind: "plain" } as const;
  return [
    ...(stream === undefined ? [] : down({ ...toStream, lines: ports.publishersToStream.split(", ") })),
    ...down({ x: columns.publish, from: publishers, to: web, kind: "publish", lines: ports.publishersToWeb }),
    ...(ports.adminsToWeb === undefined ? [] : down({ ...toPanel, lines: [ports.adminsToWeb] })),
    ...down({ x: columns.play, from: players, to: web, kind: "play", lines: ports.playersToWeb }),
  ];
}

function toNodes({ ports, stream }: Picture, layout: Layout): readonly string[] {
  const { web, origin, edge } = layout;
  const toOrigin = { from: web, to: origin, kind: "publish", drop: 42 } as const;
  const streamed = { x: columns.stream, from: layout.stream, to: origin, kind: "publish", drop: 42 } as const;
  return [
    ...(stream === undefined ? [] : down({ ...streamed, lines: [ports.streamToOrigin] })),
    ...down({ ...toOrigin, x: columns.publish, lines: [ports.webToOrigin] }),
    ...down({ x: columns.play, from: web, to: edge, kind: "play", drop: 42, lines: [ports.webToNodes] }),
  ];
}

/** An edge fetches from the origin that has the stream. */
function betweenGroups({ ports }: Picture, { origin, edge, bands }: Layout): readonly string[] {
  const y = bands[0] === undefined ? centerY(edge) : centerY(bands[0]);
  const x = (right(origin) + edge.x) / 2;
  return [
    ...arrow(
      [
        { x: edge.x, y },
        { x: right(origin), y },
      ],
      "play",
    ),
    label({ x, y: y - 8 }, ports.edgeToOrigin, "play middle"),
    label({ x, y: y + 16 }, "fetches streams", "small muted middle"),
  ];
}

function toDatabase({ ports }: Picture, { origin, edge, database }: Layout): readonly string[] {
  const lines = [ports.nodesToDatabase];
  return [
    ...down({ x: columns.databaseLeft, from: origin, to: database, kind: "data", lines, drop: 34 }),
    ...down({ x: columns.databaseRight, from: edge, to: database, kind: "data", lines, drop: 34 }),
  ];
}

/** The database fetches packages; nothing from outside reaches it. */
function throughNat({ ports, natZones }: Picture, { database, nat, publishers }: Layout): readonly string[] {
  if (natZones.length === 0) return [];
  const y = centerY(database);
  const way = [
    { x: right(database), y },
    { x: lanes.nat, y },
    { x: lanes.nat, y: bottom(nat) },
  ];
  const out = [
    { x: centerX(nat), y: nat.y },
    { x: centerX(nat), y: bottom(publishers) + 34 },
  ];
  return [
    ...arrow(way, "plain"),
    label({ x: right(database) + 14, y: y - 8 }, ports.databaseToInternet, "plain"),
    label({ x: right(database) + 14, y: y + 16 }, "packages, time, cloud APIs", "small muted"),
    ...arrow(out, "plain"),
    label({ x: centerX(nat), y: bottom(publishers) + 27 }, "internet", "plain middle"),
  ];
}

/** WebRTC media passes no balancer: each node has a public address of its own. */
function direct({ ports }: Picture, { publishers, players, origin, edge }: Layout): readonly string[] {
  const y = origin.y + 36;
  const bend = (x: number, client: number, group: number): readonly Point[] => [
    { x: client, y: centerY(publishers) },
    { x, y: centerY(publishers) },
    { x, y },
    { x: group, y },
  ];
  const middle = (centerY(publishers) + y) / 2;
  return [
    ...arrow(bend(lanes.left, publishers.x, origin.x), "publish", " direct"),
    uprightLabel({ x: lanes.left - 8, y: middle }, ports.webRtc, "publish middle"),
    halo([
      { x: lanes.nat - 5, y },
      { x: lanes.nat + 5, y },
    ]),
    ...arrow(bend(lanes.right, right(players), right(edge)), "play", " direct"),
    uprightLabel({ x: lanes.right + 16, y: middle }, ports.webRtc, "play middle"),
  ];
}
