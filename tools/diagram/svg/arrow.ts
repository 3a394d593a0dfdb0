import { element, type Point } from "./markup.ts";

export type Kind = "publish" | "play" | "data" | "plain";

const tipLength = 8;
const tipWidth = 4;

/** A way along horizontal and vertical lines, with a tip at its end. */
export function arrow(points: readonly Point[], kind: Kind, more = ""): readonly string[] {
  const end = points.at(-1);
  const before = points.at(-2);
  if (end === undefined || before === undefined) return [];
  const back = { x: Math.sign(before.x - end.x), y: Math.sign(before.y - end.y) };
  const foot = { x: end.x + back.x * tipLength, y: end.y + back.y * tipLength };
  const corners = [
    end,
    { x: foot.x + back.y * tipWidth, y: foot.y + back.x * tipWidth },
    { x: foot.x - back.y * tipWidth, y: foot.y - back.x * tipWidth },
  ];
  return [
    element("polyline", { points: list([...points.slice(0, -1), foot]), class: `arrow ${kind}${more}` }),
    element("polygon", { points: list(corners), class: `tip ${kind}` }),
  ];
}

/** Clears the ground under a way that crosses another one. */
export const halo = (points: readonly Point[]): string => element("polyline", { points: list(points), class: "halo" });

const list = (points: readonly Point[]): string => points.map(({ x, y }) => `${x},${y}`).join(" ");
