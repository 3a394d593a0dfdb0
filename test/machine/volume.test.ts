import assert from "node:assert/strict";
import { closeSync, ftruncateSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { library, put, remove, run, tool, unpack } from "./rig.ts";

const GiB = 2 ** 30;
/** Of the files: the least that mkfs.xfs takes; lsblk tells another size. */
const realBytes = 320 * 2 ** 20;

interface Disk {
  readonly name: string;
  readonly gibibytes: number;
  /** What stands at its beginning. @default nothing */
  readonly content?: "xfs" | "partitions" | "raid" | "unknown";
  readonly mounted?: boolean;
  readonly partitions?: number;
}

/**
 * volume.sh with real wipefs, cmp and mkfs.xfs on files in the disks' place; what needs a kernel (lsblk, blkid's search,
 * mount) is played from the list of disks.
 */
class Machine {
  readonly root: string;

  constructor(disks: readonly Disk[]) {
    this.root = unpack("database");
    put(`${this.root}/etc/fstab`, "LABEL=root / ext4 defaults 0 1\n");
    for (const disk of disks) this.#make(disk);
    const rows = disks.map((disk) => `${this.path(disk.name)} disk ${disk.gibibytes * GiB}`);
    const one = disks.map(
      (disk) =>
        `${this.path(disk.name)}) m='${disk.mounted ? "/" : ""}'; n=$'${"disk\\n".repeat(1 + (disk.partitions ?? 0))}' ;;`,
    );
    tool(
      this.root,
      "lsblk",
      `#!/bin/bash\ncase "$*" in *--nodeps*) printf '%s\\n' ${rows.map((row) => `'${row}'`).join(" ")}; exit ;; esac\n` +
        `case "\${@: -1}" in ${one.join(" ")} esac\ncase "$*" in *MOUNTPOINT*) echo "$m" ;; *) printf '%s' "$n" ;; esac\n`,
    );
    tool(
      this.root,
      "blkid",
      `#!/bin/bash\nfor disk in ${disks.map((disk) => this.path(disk.name)).join(" ")}; do\n` +
        `[ "$(/usr/sbin/blkid -p -o value -s LABEL "$disk")" != "$2" ] || { echo "$disk"; exit 0; }\ndone\nexit 2\n`,
    );
    tool(this.root, "mountpoint", `#!/bin/sh\n[ -e '${this.root}/mounted' ]\n`);
    tool(this.root, "mount", `#!/bin/sh\necho "$3" >'${this.root}/mounted'\n`);
    for (const name of ["systemctl", "xfs_growfs"]) tool(this.root, name, "#!/bin/sh\n");
  }

  path(name: string): string {
    return `${this.root}/dev-${name}`;
  }

  #make({ name, content }: Disk): void {
    const file = openSync(this.path(name), "w");
    ftruncateSync(file, realBytes);
    if (content === "unknown") writeSync(file, "not a signature that anybody knows", 4096);
    // Intel's RAID writes its signature into the last sector but one, and nothing at the beginning.
    if (content === "raid") writeSync(file, "Intel Raid ISM Cfg Sig. 1.0.00", realBytes - 1024);
    closeSync(file);
    if (content === "xfs") this.#must("mkfs.xfs", ["-q", "-L", "other", this.path(name)]);
    if (content === "partitions") this.#must("sfdisk", ["-q", this.path(name)], "label: gpt\n,\n");
  }

  #must(command: string, parameters: readonly string[], input = ""): void {
    const done = run(command, parameters, {}, input);
    assert.equal(done.status, 0, done.all);
  }

  mount(gibibytes = 50) {
    const env = { AMS_CLUSTER_ROOT: this.root, PATH: `${this.root}/bin:${process.env["PATH"]}` };
    return run("/bin/sh", [`${library(this.root)}/volume.sh`, "/var/lib/mongodb", `${gibibytes}`], env);
  }

  mounted(): string | undefined {
    try {
      return readFileSync(`${this.root}/mounted`, "utf8").trim();
    } catch {
      return undefined;
    }
  }

  unmount(): void {
    remove(`${this.root}/mounted`);
  }

  beginning(name: string): Buffer {
    const file = openSync(this.path(name), "r");
    const bytes = Buffer.alloc(65536);
    readSync(file, bytes);
    closeSync(file);
    return bytes;
  }

  label(name: string): string {
    return run("/usr/sbin/blkid", ["-p", "-o", "value", "-s", "LABEL", this.path(name)]).out.trim();
  }
}

const system: Disk = { name: "vda", gibibytes: 20, content: "partitions", mounted: false, partitions: 1 };
const blank: Disk = { name: "vdb", gibibytes: 50 };

describe("the data volume", () => {
  const machines: Machine[] = [];
  const machine = (...disks: readonly Disk[]): Machine => {
    const made = new Machine(disks);
    machines.push(made);
    return made;
  };
  afterEach(() => {
    for (const made of machines.splice(0)) remove(made.root);
  });

  it("is the one blank disk, formatted once, mounted and entered in fstab once", () => {
    const one = machine(system, blank);
    for (let time = 0; time < 2; time += 1) {
      const done = one.mount();
      assert.equal(done.status, 0, done.all);
      one.unmount();
    }
    assert.equal(one.label("vdb"), "amsdata");
    assert.deepEqual(readFileSync(`${one.root}/etc/fstab`, "utf8").split("\n").slice(1), [
      "LABEL=amsdata /var/lib/mongodb xfs noatime,nofail,x-systemd.device-timeout=60 0 0",
      "",
    ]);
  });

  it("is mounted as it is on the next machine, whatever else is blank there", () => {
    const one = machine(system, blank, { name: "vdc", gibibytes: 50, content: "xfs" });
    run("xfs_admin", ["-L", "amsdata", one.path("vdc")]);
    const before = one.beginning("vdc");
    const done = one.mount();
    assert.equal(done.status, 0, done.all);
    assert.equal(one.mounted(), one.path("vdc"));
    assert.ok(before.equals(one.beginning("vdc")));
    assert.equal(one.label("vdb"), "");
  });

  for (const [why, disk] of [
    ["has a file system", { ...blank, content: "xfs" }],
    ["has a partition table", { ...blank, content: "partitions" }],
    ["is one of a RAID", { ...blank, content: "raid" }],
    ["holds what nobody knows", { ...blank, content: "unknown" }],
    ["is in use", { ...blank, mounted: true }],
    ["has partitions", { ...blank, partitions: 1 }],
    ["is too small", { ...blank, gibibytes: 49 }],
  ] as const satisfies readonly (readonly [string, Disk])[]) {
    it(`is never a disk that ${why}`, () => {
      const one = machine(system, disk);
      const before = one.label("vdb");
      const done = one.mount();
      assert.equal(done.status, 1, done.all);
      assert.match(done.all, /no volume labelled amsdata, and 0 blank disks of 50 GiB instead of one: none/);
      assert.equal(one.label("vdb"), before);
      assert.equal(one.mounted(), undefined);
    });
  }

  it("is nobody's guess between two blank disks", () => {
    const one = machine(system, blank, { name: "vdc", gibibytes: 50 });
    const done = one.mount();
    assert.equal(done.status, 1, done.all);
    assert.match(done.all, /2 blank disks of 50 GiB instead of one: .*dev-vdb\s.*dev-vdc/s);
    assert.equal(one.label("vdb") + one.label("vdc"), "");
  });
});
