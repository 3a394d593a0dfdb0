import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cached } from "./cache.ts";

/** Ant Media's JavaScript SDK, with which the documentation's code for web pages is tried; from npm, into the user's cache. */
export const webSdkVersion = "2.16.2";
const integrity = "sha512-5BWmm/ZDSvgIm7npC/H5kLFqOKYhQYOnBfBFBUC7q7BuiVT5AXCiXxknpEE8oVuA4op5cMFUX8fDfunSa3PUgw==";

const place = cached("web-sdk", webSdkVersion);

/** The script that a page loads, once it is there. */
export function findWebSdk(): string | undefined {
  const script = join(place, "package/dist/browser/webrtc_adaptor.js");
  return existsSync(script) ? script : undefined;
}

/** The archive alone: the script needs none of the packages that the SDK depends on. */
export function installWebSdk(): void {
  if (findWebSdk() !== undefined) return;
  mkdirSync(dirname(place), { recursive: true });
  const folder = mkdtempSync(`${place}.`);
  const words = ["pack", `@antmedia/webrtc_adaptor@${webSdkVersion}`, "--json", "--pack-destination", folder];
  const [packed] = JSON.parse(execFileSync("npm", words, { encoding: "utf8" }));
  if (packed.integrity !== integrity)
    throw new Error(`npm's @antmedia/webrtc_adaptor ${webSdkVersion} is ${packed.integrity}, not ${integrity}`);
  const archive = String(packed.filename).replace(/^@/, "").replaceAll("/", "-");
  execFileSync("tar", ["-xzf", join(folder, archive), "-C", folder]);
  rmSync(place, { recursive: true, force: true });
  renameSync(folder, place);
}
