"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.overwrittenDays = exports.partsDays = void 0;
/** Parts of a recording whose sender is gone are dropped after this, and what was overwritten is. */
exports.partsDays = 7;
exports.overwrittenDays = 30;
