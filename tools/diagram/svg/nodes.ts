import type { Balancer, Group, Picture, Zone } from "../picture.ts";
import type { Layout } from "./layout.ts";
import { type Box, centerX, centerY, label, rectangle, right } from "./markup.ts";

/** Boxes with their texts, from the ground up. */
export function nodes(picture: Picture, layout: Layout): readonly string[] {
  const { ports, groups, zones } = picture;
  return [
    ...client(layout.publishers, "Publishers", ["WebRTC", "WHIP", ...picture.ingest].join(", "), "publish"),
    ...client(layout.players, "Players", "WebRTC, HLS", "play"),
    ...(ports.adminsToWeb === undefined ? [] : client(layout.admins, "Admins", "panel, REST", "plain")),
    rectangle(layout.network, "frame", 12),
    label({ x: layout.network.x + 16, y: layout.network.y + 21 }, "VPC", "head"),
    label({ x: layout.network.x + 48, y: layout.network.y + 21 }, picture.cidr, "muted"),
    ...tierGround(layout.balancerTier, "balancer", "Balancers", "public subnets"),
    ...balancerSubnets(layout.balancerTier, zones),
    ...(picture.stream === undefined ? [] : balancer(layout.stream, picture.stream)),
    ...balancer(layout.web, picture.web),
    ...nat(layout.nat, picture.natZones),
    ...tierGround(layout.mediaTier, "media", "Media", "public subnets"),
    ...bands(layout.bands, zones),
    ...group(layout.origin, groups.origin, layout.bands, "publish"),
    ...group(layout.edge, groups.edge, layout.bands, "play"),
    ...tierGround(layout.databaseTier, "database", "Database", "private subnets"),
    ...shelves(layout.shelves, zones),
    rectangle(layout.database, "database-card"),
    label({ x: centerX(layout.database), y: layout.database.y + 21 }, picture.database.title, "name middle"),
    label({ x: centerX(layout.database), y: layout.database.y + 38 }, picture.database.detail, "muted middle"),
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

function zoneLabel(x: number, y: number, zone: Zone, cidr: string): readonly string[] {
  return [label({ x, y }, `zone ${zone.letter}`), label({ x, y: y + 13 }, cidr, "small muted")];
}

const balancerSubnets = (box: Box, zones: readonly Zone[]): readonly string[] =>
  zones.flatMap((zone, index) => zoneLabel(box.x + 10, box.y + 54 + index * 30, zone, zone.cidrs.balancer));

/** Listeners as a small table: port, protocol, action; a short one gives the action its own line. */
function balancer(box: Box, { title, subtitle, listeners }: Balancer): readonly string[] {
  const x = box.x + 12;
  return [
    rectangle(box, "card"),
    label({ x, y: box.y + 20 }, title, "name"),
    label({ x, y: box.y + 36 }, cut(subtitle, Math.floor(box.width / 6.5)), "small muted"),
    ...listeners.flatMap(({ port, protocol, action }, index) => {
      const y = box.y + 58 + index * 16;
      return [
        label({ x: x + 28, y }, port, "end"),
        label({ x: x + 36, y }, protocol, "muted"),
        label({ x: x + 70, y }, action),
      ];
    }),
  ];
}

/** A long domain name would run out of its box; the report has it whole. */
const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function nat(box: Box, zones: readonly string[]): readonly string[] {
  if (zones.length === 0) return [];
  const names = `${zones.length === 1 ? "zone" : "zones"} ${zones.join(", ")}`;
  const where = zones.length > 3 ? `${zones.length} zones` : names;
  const x = centerX(box);
  return [
    rectangle(box, "card"),
    label({ x, y: box.y + 20 }, "NAT", "name middle"),
    label({ x, y: box.y + 36 }, where, "small muted middle"),
  ];
}

const bands = (boxes: readonly Box[], zones: readonly Zone[]): readonly string[] =>
  boxes.flatMap((box, index) => {
    const zone = zones[index];
    return zone === undefined
      ? []
      : [rectangle(box, "band", 6), ...zoneLabel(box.x + 4, box.y + 20, zone, zone.cidrs.media)];
  });

const shelves = (boxes: readonly Box[], zones: readonly Zone[]): readonly string[] =>
  boxes.flatMap((box, index) => {
    const zone = zones[index];
    return zone === undefined ? [] : zoneLabel(box.x + 4, centerY(box) - 2, zone, zone.cidrs.database);
  });

function group(box: Box, what: Group, strips: readonly Box[], kind: "publish" | "play"): readonly string[] {
  const x = box.x + 14;
  const detail = `${what.machine} · CPU ${what.cpuTargetPercent} %`;
  return [
    rectangle(box, `group ${kind}`),
    label({ x, y: box.y + 20 }, what.title, `head ${kind}`),
    label({ x: right(box) - 14, y: box.y + 20 }, `${what.min} to ${what.max} nodes`, "end"),
    label({ x, y: box.y + 38 }, detail, "muted"),
    ...strips.flatMap((strip, index) => machines(x, centerY(strip), sharesOf(what, index, strips.length), kind)),
  ];
}

interface Shares {
  readonly running: number;
  readonly most: number;
}

/** A group evens its machines out over the zones; the first zones get what is left over. */
function sharesOf({ min, max }: Group, zone: number, zones: number): Shares {
  const share = (count: number): number => Math.floor(count / zones) + (zone < count % zones ? 1 : 0);
  return { running: share(min), most: share(max) };
}

const maxShown = 7;

function machines(x: number, y: number, { running, most }: Shares, kind: string): readonly string[] {
  const shown = most > maxShown ? maxShown - 1 : most;
  const boxes = Array.from({ length: shown }, (_, index) =>
    machine(x + index * 32, y, index < running ? `machine running ${kind}` : `machine ${kind}`),
  );
  const rest = most - shown;
  return rest === 0 ? boxes : [...boxes, label({ x: x + shown * 32, y: y + 4 }, `+${rest}`, kind)];
}

const machine = (x: number, y: number, kind: string): string =>
  rectangle({ x, y: y - 9, width: 24, height: 18 }, kind, 4);

/** Explains the strokes, below everything. */
export function legend({ network, legendY: y }: Layout): readonly string[] {
  const x = network.x + 16;
  return [
    machine(x, y - 4, "machine running play"),
    label({ x: x + 32, y }, "always runs", "muted"),
    machine(x + 116, y - 4, "machine play"),
    label({ x: x + 148, y }, "added under load", "muted"),
    rectangle({ x: x + 262, y: y - 5, width: 28, height: 1.5 }, "tip play", 0),
    label({ x: x + 298, y }, "requests, with ports (tcp unless said)", "muted"),
    ...[0, 7, 14, 21].map((step) => rectangle({ x: x + 572 + step, y: y - 5, width: 3, height: 1.5 }, "tip play", 0)),
    label({ x: x + 604, y }, "WebRTC media (UDP)", "muted"),
  ];
}
