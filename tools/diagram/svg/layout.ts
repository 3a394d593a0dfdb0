import type { Picture } from "../picture.ts";
import { type Box, bottom, right } from "./markup.ts";

/** Where everything stands, in pixels of a README's width. Columns are fixed; rows grow with zones and listeners. */
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
  readonly nat: Box;
  readonly mediaTier: Box;
  /** A zone's strip of the media tier, in the order of the zones. */
  readonly bands: readonly Box[];
  readonly origin: Box;
  readonly edge: Box;
  readonly databaseTier: Box;
  /** A zone's strip of the database tier. */
  readonly shelves: readonly Box[];
  readonly database: Box;
  readonly legendY: number;
}

const width = 880;
/** Left column of each tier: its name and its subnets. */
const labels = { x: 64, width: 96 };
const content = { x: 164, right: 788 };
const gap = 112;
const groupWidth = (content.right - content.x - gap) / 2;
const tierWidth = 752;

const listenerHeight = 16;
const bandHeight = 46;
const headerHeight = 60;
/** Room for arrows and their labels. */
const aisle = 58;

export function layOut(picture: Picture): Layout {
  const publishers = { x: content.x, y: 70, width: groupWidth, height: 40 };
  const players = { ...publishers, x: content.right - groupWidth };
  const admins = { ...publishers, x: right(publishers) + 8, width: gap - 16 };
  const networkY = bottom(publishers) + aisle;

  const balancerHeight = Math.max(58 + picture.web.listeners.length * listenerHeight, 44 + picture.zones.length * 30);
  const balancerTier = tier(networkY + 32, balancerHeight + 20);
  const balancerRow = { y: balancerTier.y + 10, height: balancerHeight };
  const stream = { x: content.x, width: 178, ...balancerRow };
  const web = { x: 354, width: 348, ...balancerRow };
  const nat = { x: 714, y: balancerRow.y, width: 92, height: 48 };

  const mediaTier = tier(bottom(balancerTier) + aisle, headerHeight + picture.zones.length * (bandHeight + 6) + 14);
  const bands = picture.zones.map((_, index) => ({
    x: labels.x + 6,
    y: mediaTier.y + headerHeight + index * (bandHeight + 6),
    width: tierWidth - 12,
    height: bandHeight,
  }));
  const groupRow = { y: mediaTier.y + 10, height: mediaTier.height - 16 };
  const origin = { x: content.x, width: groupWidth, ...groupRow };
  const edge = { x: content.right - groupWidth, width: groupWidth, ...groupRow };

  const shelvesY = bottom(mediaTier) + aisle;
  const shelves = shelve(picture, shelvesY);
  const last = shelves.at(-1);
  const databaseTier = tier(shelvesY, (last === undefined ? shelvesY : bottom(last)) + 8 - shelvesY);
  const home = shelves[picture.zones.findIndex(({ letter }) => letter === picture.database.zone)] ?? databaseTier;
  const database = { x: 314, y: home.y + 4, width: 320, height: home.height - 8 };

  const network = { x: 48, y: networkY, width: tierWidth + 32, height: bottom(databaseTier) + 16 - networkY };
  const legendY = bottom(network) + 26;
  return {
    ...{ width, height: legendY + 20, publishers, players, admins, network, balancerTier, stream, web, nat },
    ...{ mediaTier, bands, origin, edge, databaseTier, shelves, database, legendY },
  };
}

const tier = (y: number, height: number): Box => ({ x: labels.x, y, width: tierWidth, height });

/** The database's zone is as high as its card, the others hold a line of text. */
function shelve(picture: Picture, top: number): readonly Box[] {
  let y = top + 40;
  return picture.zones.map(({ letter }) => {
    const height = letter === picture.database.zone ? 60 : 32;
    const shelf = { x: labels.x + 6, y, width: tierWidth - 12, height };
    y += height + 6;
    return shelf;
  });
}
