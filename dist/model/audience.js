"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.renditionHeights = void 0;
/** Heights of the renditions whose cost in CPU was measured (Ant-Media-Server issue 3264). */
exports.renditionHeights = [2160, 1080, 720, 480, 360, 240];
