import type { Cloud } from "../../config/types.ts";
import type { Archive } from "./archive.ts";
import { ofCloud } from "./core.ts";
import { cloudConfig, installed, type Machine, unit } from "./render.ts";

/** JSON without a letter that a console or an old Python's locale could break. */
const ascii = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** User data: facts, among them the agent's digest, and the program that fetches and verifies the agent. */
export function bootstrap(cloud: Cloud, bucket: string, { bootCommands, facts }: Machine, { digest }: Archive): string {
  const known = { agent: { bucket, digest }, ...facts };
  return cloudConfig({
    bootCommands,
    files: [
      { path: "/etc/ams-cluster/facts.json", text: `${ascii(JSON.stringify(known, undefined, 1))}\n` },
      installed("bootstrap/bootstrap.py"),
      // How the bucket is asked.
      ...ofCloud(cloud, "bucket"),
      unit("bootstrap/ams-bootstrap.service"),
    ],
    // systemd finds new units by itself; making it read all of them again takes as long as the programs' own start.
    runCommands: [["systemctl", "enable", "--now", "--no-block", "--no-reload", "ams-bootstrap.service"]],
  });
}
