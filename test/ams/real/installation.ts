import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

/** What an installation has, by the vendor's assembly. */
const files = [
  "antmedia.service",
  "change_server_mode.sh",
  "conf/red5.properties",
  "conf/jee-container.xml",
  "webapps",
];

export const needs = `--home DIR is an installation of Ant Media Server, as the vendor's script makes it in /usr/local/antmedia:
it has ${files.join(", ")}.`;

/** Why a directory is no installation, or undefined. */
export function hindrance(home: string): string | undefined {
  if (!existsSync(home) || !statSync(home).isDirectory()) return `--home ${home}: there is no such directory`;
  const absent = files.filter((name) => !existsSync(join(home, name)));
  return absent.length === 0 ? undefined : `--home ${home}: it has no ${absent.join(", no ")}\n${needs}`;
}
