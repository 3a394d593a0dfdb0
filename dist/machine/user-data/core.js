"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.core = exports.ofCloud = void 0;
const render_ts_1 = require("./render.js");
/** Modules by which the programs ask their cloud: both clouds have each, and a machine its own cloud's alone. */
const ofCloud = (cloud, ...names) => names.map((name) => (0, render_ts_1.installed)(`clouds/${cloud}/${name}.py`));
exports.ofCloud = ofCloud;
/** What every machine's programs build on, and the agent that publishes its metrics. */
const core = (cloud) => [
    ...["common", "cloud", "metadata", "transport", "metrics"].map((name) => (0, render_ts_1.installed)(`core/${name}.py`)),
    ...(0, exports.ofCloud)(cloud, "api", "logs", "secret_store", "monitoring"),
    (0, render_ts_1.unit)("core/ams-agent@.service"),
];
exports.core = core;
