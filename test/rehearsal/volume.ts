import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { ftruncateSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { run } from "../machine/rig.ts";
import type { Site } from "./site.ts";

/** As its first member labels a volume without a serial number. */
const label = (member: number): string => `db${member}-${createHash("sha256").digest("hex").slice(0, 8)}`;

/** A database member's data volume, formatted and empty: a file of 320 MiB as a disk, until `remove`. */
export class Volume {
  readonly device: string;
  readonly #place: string;

  constructor(site: Site, name: string, member: number) {
    const file = join(site.folder, name);
    this.#place = join(site.folder, `${name}-mounted`);
    mkdirSync(this.#place);
    ftruncateSync(openSync(file, "w"), 320 * 2 ** 20);
    this.#must("mkfs.xfs", "-q", "-L", label(member), file);
    this.device = this.#must("losetup", "--find", "--show", file).trim();
  }

  #must(...[command = "", ...words]: readonly string[]): string {
    const done = run(command, words);
    assert.equal(done.status, 0, done.all);
    return done.out;
  }

  /** What a machine finds or left on it. */
  with<T>(use: (place: string) => T): T {
    this.#must("mount", this.device, this.#place);
    try {
      return use(this.#place);
    } finally {
      this.#must("umount", this.#place);
    }
  }

  remove(): void {
    this.#must("losetup", "--detach", this.device);
  }
}
