"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.bootstrap = bootstrap;
const core_ts_1 = require("./core.js");
const render_ts_1 = require("./render.js");
/** JSON without a letter that a console or an old Python's locale could break. */
const ascii = (json) => json.replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
/** User data: facts, among them the agent's digest, and the program that fetches and verifies the agent. */
function bootstrap(cloud, bucket, { bootCommands, facts }, { digest }) {
    const known = { agent: { bucket, digest }, ...facts };
    return (0, render_ts_1.cloudConfig)({
        bootCommands,
        files: [
            { path: "/etc/ams-cluster/facts.json", text: `${ascii(JSON.stringify(known, undefined, 1))}\n` },
            (0, render_ts_1.installed)("bootstrap/bootstrap.py"),
            // How the bucket is asked.
            ...(0, core_ts_1.ofCloud)(cloud, "bucket"),
            (0, render_ts_1.unit)("bootstrap/ams-bootstrap.service"),
        ],
        // systemd finds new units by itself; making it read all of them again takes as long as the programs' own start.
        runCommands: [["systemctl", "enable", "--now", "--no-block", "--no-reload", "ams-bootstrap.service"]],
    });
}
