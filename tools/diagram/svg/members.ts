import { type Group, type Picture, scalingText, sizeText } from "../form.ts";
import { shareOf } from "../picture.ts";
import { type Layout, within } from "./layout.ts";
import { type Box, bottom, centerX, fitted, label, rectangle, right, textWidth } from "./markup.ts";

/** What runs in the zones: the groups' machines and the database's members. */

export function mediaGroups({ groups: { origin, edge } }: Picture, layout: Layout): readonly string[] {
  return [
    ...group(layout.origin, origin, layout.entrance, "publish"),
    ...(edge === undefined ? [] : group(layout.edge, edge, layout.entrance, "play")),
  ];
}

function group(box: Box, what: Group, columns: readonly Box[], kind: "publish" | "play"): readonly string[] {
  const detail = [sizeText(what), scalingText(what)].filter((text) => text !== "").join(" · ");
  return [
    rectangle(box, `group ${kind}`),
    label({ x: box.x + 14, y: box.y + 20 }, what.title, `head ${kind}`),
    label({ x: box.x + 30 + textWidth(what.title, "head"), y: box.y + 20 }, detail, "muted"),
    ...columns.flatMap((column, zone) => machines(within(box, column), what, zone, columns.length, kind)),
  ];
}

const step = 30;
const machineSize = { width: 24, height: 18 };

/** Machines of a zone: those of the minimum are filled; what does not fit is a number. */
function machines(cell: Box, { min, max }: Group, zone: number, zones: number, kind: string): readonly string[] {
  const [running, most] = [shareOf(min, zone, zones), shareOf(max, zone, zones)];
  const room = Math.floor((cell.width - 12) / step);
  const shown = most > room ? room - 1 : most;
  const rest = most - shown;
  const places = shown + (rest > 0 ? 1 : 0);
  const x = centerX(cell) - (places * step - (step - machineSize.width)) / 2;
  const y = bottom(cell) - 32;
  const boxes = Array.from({ length: shown }, (_, index) =>
    rectangle({ x: x + index * step, y, ...machineSize }, `machine ${index < running ? "running " : ""}${kind}`, 4),
  );
  return rest === 0 ? boxes : [...boxes, label({ x: x + shown * step, y: y + 13 }, `+${rest}`, kind)];
}

/** Members of the database in their zones, below the name of the whole. */
export function databaseMembers(
  { database, zones }: Picture,
  { database: box, entrance: columns }: Layout,
): readonly string[] {
  if (database === undefined || database.members.length === 0)
    return [label({ x: centerX(box), y: box.y + 16 }, "no machines in the stack", "small muted middle")];
  const titleEnd = box.x + 30 + textWidth(database.title, "name");
  return [
    rectangle(box, "database-card"),
    label({ x: box.x + 14, y: box.y + 20 }, database.title, "name"),
    label({ x: titleEnd, y: box.y + 20 }, fitted(database.detail, "", right(box) - titleEnd - 8), "muted"),
    ...zones.flatMap(({ letter }, zone) => {
      const column = columns[zone];
      const own = database.members.filter((member) => member.zone === letter);
      return column === undefined
        ? []
        : own.flatMap(({ name, address }, index) => {
            const cell = within(box, column);
            const card = { x: centerX(cell) - 60, y: box.y + 40 + index * 40, width: 120, height: 34 };
            const x = centerX(card);
            return [
              rectangle(card, "card", 5),
              label({ x, y: card.y + (address === "" ? 21 : 15) }, name, "middle"),
              ...(address === "" ? [] : [label({ x, y: card.y + 28 }, address, "small muted middle")]),
            ];
          });
    }),
  ];
}

/** Explains the strokes, below everything. */
export function legend({ network, legendY: y }: Layout): readonly string[] {
  const x = network.x + 16;
  const box = (at: number, kind: string): string => rectangle({ x: at, y: y - 13, ...machineSize }, kind, 4);
  return [
    box(x, "machine running play"),
    label({ x: x + 32, y }, "always on", "muted"),
    box(x + 116, "machine play"),
    label({ x: x + 148, y }, "added under load", "muted"),
    rectangle({ x: x + 272, y: y - 5, width: 28, height: 1.5 }, "tip play", 0),
    label({ x: x + 308, y }, "requests, with ports (TCP unless noted)", "muted"),
    ...[0, 7, 14, 21].map((at) => rectangle({ x: x + 584 + at, y: y - 5, width: 3, height: 1.5 }, "tip play", 0)),
    label({ x: x + 616, y }, "WebRTC media (UDP)", "muted"),
  ];
}
