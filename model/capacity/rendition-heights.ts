/** Heights of the renditions whose cost in CPU was measured (Ant-Media-Server issue 3264). */
export const renditionHeights = [2160, 1080, 720, 480, 360, 240] as const;
export type RenditionHeight = (typeof renditionHeights)[number];
