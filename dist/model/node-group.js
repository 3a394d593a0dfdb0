"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.elasticityOf = exports.weekDays = void 0;
/** Days of a week, as a crontab's names. */
exports.weekDays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const steady = { spotPercent: 0, moreMachines: [], warmMachines: 0 };
const elasticityOf = (cluster, role) => (role === "edge" ? cluster.edge : steady);
exports.elasticityOf = elasticityOf;
