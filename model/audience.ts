/** Heights of the renditions whose cost in CPU was measured (Ant-Media-Server issue 3264). */
export const renditionHeights = [2160, 1080, 720, 480, 360, 240] as const;
export type RenditionHeight = (typeof renditionHeights)[number];

/** Who is expected at the peak. It makes no resource: `plan` says when the groups can't carry it. */
export interface Audience {
  /** Streams that are published at the same time. */
  readonly publishers: number;
  /** Viewers at the same time, by WebRTC. */
  readonly viewers: number;
  /** What a publisher sends and a viewer gets at the most. @default 1500 (Ant Media's FAQ for 720p) */
  readonly bitrateKbps: number;
  /** Renditions that each stream is transcoded into. @default []: none */
  readonly ladder: readonly RenditionHeight[];
  /** Hours of a day in which all of them are there; `cost` prices their traffic by it. @default none: the traffic is not priced */
  readonly hoursPerDay?: number;
}
