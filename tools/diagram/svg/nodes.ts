import type { Balancer, Picture, Store } from "../form.ts";
import { chipGap, chipWidths, type Layout, rowWidth } from "./layout.ts";
import { type Box, bottom, centerX, element, fitted, label, rectangle } from "./markup.ts";
import { databaseMembers, mediaGroups } from "./members.ts";

/** Boxes with their texts, from the ground up. */
export function nodes(picture: Picture, layout: Layout): readonly string[] {
  const { ports, zones, recordings, database } = picture;
  const { network } = layout;
  return [
    ...client(layout.publishers, "Publishers", ["WebRTC", "WHIP", ...picture.ingest].join(", "), "publish"),
    ...client(layout.players, "Players", "WebRTC, HLS", "play"),
    ...(ports.adminsToWeb === "" ? [] : client(layout.admins, "Admins", "panel, REST", "plain")),
    rectangle(network, "frame", 12),
    label({ x: network.x + 16, y: network.y + 21 }, "VPC", "head"),
    label({ x: network.x + 48, y: network.y + 21 }, picture.cidr, "muted"),
    ...tierGround(layout.balancerTier, "balancer", "Balancers", "public subnets"),
    ...tierGround(layout.mediaTier, "media", "Media", "public subnets"),
    ...tierGround(layout.databaseTier, "database", "Database", "private subnets"),
    ...zoneNames(picture, layout),
    ...(picture.stream === undefined ? [] : balancer(layout.stream, picture.stream)),
    ...balancer(layout.web, picture.web),
    ...zones.flatMap(({ entrance }, index) => chips(layout.entrance[index], entrance)),
    ...mediaGroups(picture, layout),
    ...databaseMembers(picture, layout),
    ...zoneLines(picture, layout),
    ...(recordings === undefined ? [] : store(layout.recordings, recordings)),
    ...(database === undefined || database.members.length > 0 ? [] : store(layout.external, database)),
  ];
}

function client(box: Box, title: string, subtitle: string, kind: string): readonly string[] {
  return [
    rectangle(box, "card", 20),
    label({ x: centerX(box), y: box.y + 17 }, title, `head middle ${kind}`),
    label({ x: centerX(box), y: box.y + 31 }, subtitle, "small muted middle"),
  ];
}

function tierGround(box: Box, kind: string, title: string, subtitle: string): readonly string[] {
  const x = box.x + 10;
  return [
    rectangle(box, `tier-${kind}`),
    label({ x, y: box.y + 18 }, title, "name"),
    label({ x, y: box.y + 32 }, subtitle, "small muted"),
  ];
}

/** A zone's name and its range in each tier. */
function zoneNames({ zones }: Picture, layout: Layout): readonly string[] {
  return zones.flatMap(({ letter, cidrs }, index) => {
    const cell = layout.entrance[index];
    if (cell === undefined) return [];
    const rows = [
      ["balancer", cell.y + 11] as const,
      ["media", bottom(layout.mediaTier) - 8] as const,
      ["database", bottom(layout.databaseTier) - 8] as const,
    ];
    return rows.map(([tier, y]) =>
      label({ x: centerX(cell), y }, `zone ${letter} · ${cidrs[tier]}`, "small muted middle"),
    );
  });
}

/** Lines between the zones' columns, wherever something stands in them. */
function zoneLines({ groups, database }: Picture, layout: Layout): readonly string[] {
  const { entrance, balancerTier, mediaTier, databaseTier, origin, edge } = layout;
  const groupBoxes = groups.edge === undefined ? [origin] : [origin, edge];
  const spans = [
    [entrance[0]?.y ?? balancerTier.y, bottom(balancerTier) - 6] as const,
    ...groupBoxes.map((box) => [box.y + 34, bottom(box)] as const),
    [bottom(mediaTier) - 20, bottom(mediaTier) - 4] as const,
    [
      database === undefined || database.members.length === 0 ? bottom(databaseTier) - 20 : layout.database.y + 34,
      bottom(databaseTier) - 4,
    ] as const,
  ];
  return entrance
    .slice(1)
    .flatMap((cell) =>
      spans.map((ends) =>
        element("polyline", { points: ends.map((y) => `${cell.x - 4},${y}`).join(" "), class: "zone-line" }),
      ),
    );
}

/** Listeners as a small table: port, protocol, action. */
function balancer(box: Box, { title, subtitle, listeners }: Balancer): readonly string[] {
  const x = box.x + 12;
  return [
    rectangle(box, "card"),
    label({ x, y: box.y + 20 }, title, "name"),
    label({ x, y: box.y + 36 }, fitted(subtitle, "small", box.width - 24), "small muted"),
    ...listeners.flatMap(({ port, protocol, action }, index) => {
      const y = box.y + 58 + index * 16;
      return [
        label({ x: x + 28, y }, port, "end"),
        label({ x: x + 36, y }, protocol, "muted"),
        label({ x: x + 70, y }, fitted(action, "", box.width - 86)),
      ];
    }),
  ];
}

/** What stands in a zone's public subnet, side by side below the subnet's range. */
function chips(cell: Box | undefined, names: readonly string[]): readonly string[] {
  if (cell === undefined) return [];
  const widths = chipWidths(names);
  const x = centerX(cell) - rowWidth(widths) / 2;
  return names.flatMap((name, index) => {
    const before = rowWidth(widths.slice(0, index)) + chipGap;
    const box = { x: x + before, y: cell.y + 20, width: widths[index] ?? 0, height: 22 };
    return [rectangle(box, "card", 5), label({ x: centerX(box), y: box.y + 15 }, name, "small middle")];
  });
}

function store(box: Box, { title, detail }: Store): readonly string[] {
  return [
    rectangle(box, "database-card"),
    label({ x: centerX(box), y: box.y + 20 }, title, "name middle"),
    label({ x: centerX(box), y: box.y + 37 }, detail, "muted middle"),
  ];
}
