import type { Picture } from "../form.ts";
import { type Box, bottom, right, textWidth } from "./markup.ts";

/** Where everything stands, in pixels of a README's width. Zones are columns; rows grow with listeners. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly publishers: Box;
  readonly players: Box;
  readonly admins: Box;
  readonly network: Box;
  readonly balancerTier: Box;
  readonly stream: Box;
  readonly web: Box;
  /** A zone's part of the row of gateways and balancers' nodes, in the order of the zones: the head of its column. */
  readonly entrance: readonly Box[];
  readonly mediaTier: Box;
  readonly origin: Box;
  readonly edge: Box;
  readonly databaseTier: Box;
  readonly database: Box;
  /** Below the network. */
  readonly recordings: Box;
  readonly external: Box;
  readonly legendY: number;
}

/** Left of the zones are the tiers' names and the lanes of arrows; right of them is another lane. */
const left = 196;
const rightMargin = 112;
const leastWidth = 880;
const leastColumn = 160;
const tierX = 64;

const listenerHeight = 16;
const groupHeight = 82;
const memberHeight = 34;
/** Room for arrows and their labels. */
const aisle = 58;
const gap = 12;

export function layOut(picture: Picture): Layout {
  const {
    zones,
    web: balancer,
    stream: streamBalancer,
    isProxied,
    groups,
    database: base,
    recordings: store,
  } = picture;
  const widest = Math.max(leastColumn, ...zones.map(({ entrance }) => rowWidth(chipWidths(entrance)) + 8));
  const width = Math.max(leastWidth, left + rightMargin + zones.length * widest);
  const content = { x: left, width: width - left - rightMargin };
  const column = content.width / zones.length;
  const tier = (y: number, height: number): Box => ({ x: tierX, y, width: width - 2 * tierX, height });

  const publishers = { x: left, y: 70, width: 264, height: 40 };
  const admins = { ...publishers, x: right(publishers) + 8, width: 84 };
  const players = { ...publishers, x: right(admins) + 8, width: content.x + content.width - right(admins) - 8 };
  const networkY = bottom(publishers) + aisle;

  const top = networkY + 32;
  const webHeight = 52 + balancer.listeners.length * listenerHeight;
  const narrow = { x: left, y: top + 10, width: 190, height: webHeight };
  const stream = isProxied ? { ...narrow, width: content.width, height: 46 } : narrow;
  const besides = streamBalancer === undefined || isProxied;
  const web = {
    x: besides ? left : right(stream) + gap,
    y: isProxied ? bottom(stream) + 30 : top + 10,
    width: besides ? content.width : content.width - stream.width - gap,
    height: webHeight,
  };
  const cells = (y: number, height: number): readonly Box[] =>
    zones.map((_, index) => ({ x: left + index * column + 4, y, width: column - 8, height }));
  const entrance = cells(bottom(web) + gap, 46);
  const balancerTier = tier(top, bottom(web) + gap + 46 + 10 - top);

  const mediaY = bottom(balancerTier) + aisle;
  const origin = { ...content, y: mediaY + 10, height: groupHeight };
  const edge = { ...content, y: bottom(origin) + 36, height: groupHeight };
  const lastGroup = groups.edge === undefined ? origin : edge;
  const mediaTier = tier(mediaY, bottom(lastGroup) + 24 - mediaY);

  const databaseY = bottom(mediaTier) + aisle;
  const most = Math.max(
    0,
    ...zones.map(({ letter }) => (base?.members ?? []).filter(({ zone }) => zone === letter).length),
  );
  const database = { ...content, y: databaseY + 10, height: most === 0 ? 24 : 50 + most * (memberHeight + 6) };
  const databaseTier = tier(databaseY, database.height + 34);

  const network = { x: 48, y: networkY, width: width - 96, height: bottom(databaseTier) + 16 - networkY };
  const outside = { y: bottom(network) + 44, height: 48 };
  const recordings = { x: left, width: 200, ...outside };
  const isExternal = base !== undefined && base.members.length === 0;
  const external = { x: right(recordings) + 32, width: 320, ...outside };
  const last = store === undefined && !isExternal ? network : recordings;
  const legendY = bottom(last) + 26;
  return {
    ...{ width, height: legendY + 20, publishers, players, admins, network, balancerTier, stream, web },
    ...{ entrance, mediaTier, origin, edge, databaseTier, database, recordings, external, legendY },
  };
}

/** What stands side by side in a zone's public subnet: the width of each. */
export const chipWidths = (names: readonly string[]): readonly number[] =>
  names.map((name) => Math.ceil(textWidth(name, "small")) + 10);

export const chipGap = 4;
export const rowWidth = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width + chipGap, -chipGap);

/** The part of a box that stands in a column. */
export const within = (box: Box, { x, width }: Box): Box => ({ ...box, x, width });
