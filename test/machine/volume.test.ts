import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, readSync, symlinkSync, writeSync } from "node:fs";
import type { Cloud } from "../../config/types.ts";
import { dataVolumeNames } from "../../model/naming.ts";
import { render as renderAlibaba } from "../support/alibaba.ts";
import { render as renderAws } from "../support/aws.ts";
import { cluster } from "../support/cluster.ts";
import { startCloud } from "./cloud.ts";
import { python } from "./python.ts";
import { installSystemdRun, put, remove, run, tool, unpack } from "./rig.ts";

/** The least that mkfs.xfs takes. */
const bytes = 320 * 2 ** 20;

interface Disk {
  readonly name: string;
  readonly serial: string;
  /** As its NVMe controller calls itself. @default a disk of virtio, without one */
  readonly model?: string;
  /** What its EBS controller says that it was attached as. */
  readonly attached?: string;
  /** What stands at its beginning: a file system with a label, or something else. @default nothing */
  readonly content?: "partitions" | "raid" | "unknown" | { readonly label: string };
}

const ebs = "Amazon Elastic Block Store";
const system: Disk = { name: "nvme0n1", serial: "vol0aaa", model: ebs, attached: "/dev/sda1", content: "partitions" };
const data: Disk = { name: "nvme1n1", serial: "vol0bbb", model: ebs, attached: "sdf" };
const local: Disk = { name: "nvme2n1", serial: "AWS0ccc", model: "Amazon EC2 NVMe Instance Storage" };

const labelOf = (member: number, serial: string): string =>
  `db${member}-${createHash("sha256").update(serial).digest("hex").slice(0, 8)}`;

/**
 * volume.py with real wipefs, blkid and mkfs.xfs on files in the disks' place; what needs a kernel (the controllers'
 * answers, mounts) is played from the list of disks.
 */
class Machine {
  readonly root: string;

  constructor(disks: readonly Disk[], cloud: Cloud = "aws") {
    this.root = unpack("database", cluster({ cloud }));
    put(`${this.root}/etc/fstab`, "LABEL=root / ext4 defaults 0 1\n/dev/old /var/lib/mongodb xfs noatime 0 0\n");
    for (const disk of disks) this.#make(disk);
    // 4,096 bytes; AWS's documentation has the name at byte 3072, filled up with blanks (EBS volumes and NVMe).
    const names = Object.fromEntries(disks.map(({ name, attached }) => [name, attached ?? ""]));
    put(`${this.root}/attached.json`, JSON.stringify(names));
    tool(this.root, "mountpoint", `#!/bin/sh\n[ -e '${this.root}/mounted' ]\n`);
    installSystemdRun(this.root);
    tool(this.root, "mount", `#!/bin/sh\necho "$3" >'${this.root}/mounted'\n`);
    tool(this.root, "xfs_io", `#!/bin/sh\necho "$2" >'${this.root}/relabelled'\n`);
    for (const name of ["systemctl", "xfs_growfs"]) tool(this.root, name, "#!/bin/sh\n");
  }

  path(name: string): string {
    return `${this.root}/dev/${name}`;
  }

  #make({ name, serial, model, content }: Disk): void {
    put(this.path(name), "");
    if (model === undefined) put(`${this.root}/sys/block/${name}/serial`, `${serial}\n`);
    else {
      put(`${this.root}/sys/block/${name}/device/serial`, `${serial}   \n`);
      put(`${this.root}/sys/block/${name}/device/model`, `${model}    \n`);
    }
    mkdirSync(`${this.root}/dev/disk/by-id`, { recursive: true });
    symlinkSync(`../../${name}`, `${this.root}/dev/disk/by-id/disk-${serial}`);
    const file = openSync(this.path(name), "w");
    ftruncateSync(file, bytes);
    if (content === "unknown") writeSync(file, "not a signature that anybody knows", 4096);
    // Intel's RAID writes its signature into the last sector but one, and nothing at the beginning.
    if (content === "raid") writeSync(file, "Intel Raid ISM Cfg Sig. 1.0.00", bytes - 1024);
    closeSync(file);
    if (content === "partitions") this.#must("sfdisk", ["-q", this.path(name)], "label: gpt\n,\n");
    if (typeof content === "object") this.#must("mkfs.xfs", ["-q", "-L", content.label, this.path(name)]);
  }

  #must(command: string, parameters: readonly string[], input = ""): void {
    const done = run(command, parameters, {}, input);
    assert.equal(done.status, 0, done.all);
  }

  /** Runs the step of the member at this place of the list; gives what went wrong. */
  async mount(place = 0, env: Readonly<Record<string, string>> = {}, diskGiB = 0.3) {
    const program = `
import json, sys
import block_device, common, volume
names = json.loads(common.read(common.ROOT + "/attached.json"))
block_device.identify = lambda name: names[name].ljust(32).encode("ascii").rjust(3104, b"\\0").ljust(4096, b"\\0")
volume.size = lambda device: int(${diskGiB} * 2**30)
shared = {**common.facts(), "place": ${place}, "diskGiB": 50 if ${diskGiB} < 0.3 else 0}
try:
    volume.mount(shared)
except RuntimeError as error:
    print(error)
`;
    const path = `${this.root}/bin:/usr/sbin:${process.env["PATH"]}`;
    return (await python(this.root, program, [], { PATH: path, ...env })).replaceAll(this.root, "").trim();
  }

  #text(path: string): string {
    try {
      return readFileSync(this.root + path, "utf8")
        .replaceAll(this.root, "")
        .trim();
    } catch {
      return "";
    }
  }

  mounted = (): string => this.#text("/mounted");
  relabelled = (): string => this.#text("/relabelled");
  fstab = (): readonly string[] => this.#text("/etc/fstab").split("\n").slice(1);
  unmount = (): void => remove(`${this.root}/mounted`);

  beginning(name: string): Buffer {
    const file = openSync(this.path(name), "r");
    const beginning = Buffer.alloc(65536);
    readSync(file, beginning);
    closeSync(file);
    return beginning;
  }

  label(name: string): string {
    return run("/usr/sbin/blkid", ["-p", "-o", "value", "-s", "LABEL", this.path(name)]).out.trim();
  }
}

describe("the data volume", () => {
  const machines: Machine[] = [];
  const made = (of: Machine): Machine => {
    machines.push(of);
    return of;
  };
  const machine = (...disks: readonly Disk[]): Machine => made(new Machine(disks));
  afterEach(() => {
    for (const { root } of machines.splice(0)) remove(root);
  });

  it("is what was attached under its name on AWS, whatever else is blank: formatted once, and found by its id at a boot", async () => {
    const one = machine(system, local, data);
    for (let time = 0; time < 2; time += 1) {
      assert.equal(await one.mount(), "");
      assert.equal(one.mounted(), "/dev/nvme1n1");
      one.unmount();
    }
    assert.equal(one.label("nvme1n1"), labelOf(1, "vol0bbb"));
    assert.equal(one.label("nvme2n1"), "");
    assert.equal(one.relabelled(), "");
    assert.deepEqual(one.fstab(), [
      "/dev/disk/by-id/disk-vol0bbb /var/lib/mongodb xfs noatime,nofail,x-systemd.device-timeout=60 0 0",
    ]);
  });

  it("is never a local disk or a volume that is attached under another name, blank or not", async () => {
    const other: Disk = { ...data, attached: "/dev/sdg" };
    const one = machine(system, other, local);
    assert.match(
      await one.mount(),
      /^no volume is attached as \/dev\/sdf: nvme0n1 is sda1, nvme1n1 is sdg, nvme2n1 is a local disk, Amazon EC2 NVMe Instance Storage, whose data is lost when the machine stops$/,
    );
    assert.equal(one.label("nvme1n1") + one.label("nvme2n1") + one.mounted(), "");
    assert.match(await machine(local).mount(), /^no volume is attached as \/dev\/sdf: nvme2n1 is a local disk/);
  });

  it("is /dev/xvdf on machines of AWS without NVMe", async () => {
    const one = machine({ name: "xvdf", serial: "" });
    assert.equal(await one.mount(), "");
    assert.equal(one.mounted(), "/dev/xvdf");
  });

  for (const content of ["partitions", "raid", "unknown", { label: "other" }, { label: "amsdata" }] as const) {
    it(`is never formatted over ${typeof content === "string" ? content : `a file system ${content.label}`}`, async () => {
      const one = machine(system, { ...data, content });
      const before = one.beginning("nvme1n1");
      const own = labelOf(1, "vol0bbb");
      const said = await one.mount();
      assert.ok(said.startsWith("/dev/nvme1n1 contains data of another system, label "), said);
      assert.ok(said.endsWith(`If the data is this cluster's, run: xfs_admin -L ${own} /dev/nvme1n1`), said);
      assert.ok(before.equals(one.beginning("nvme1n1")));
      assert.equal(one.mounted(), "");
    });
  }

  it("is not formatted when it is smaller than the stack says", async () => {
    const one = machine(system, data);
    assert.match(await one.mount(0, {}, 0.2), /^\/dev\/nvme1n1 has \d+ bytes, which is less than 50 GiB$/);
    assert.equal(one.label("nvme1n1") + one.mounted(), "");
  });

  it("is refused when it is another member's", async () => {
    const one = machine(system, { ...data, content: { label: labelOf(2, "vol0bbb") } });
    assert.equal(
      await one.mount(0),
      "/dev/nvme1n1 is the volume of another member, db2: attach it there, and this member's volume here",
    );
    assert.equal(one.mounted(), "");
  });

  it("is taken over when a snapshot, of this member or of another, has made it", async () => {
    for (const from of [1, 2]) {
      const one = machine(system, { ...data, content: { label: labelOf(from, "vol0old") } });
      assert.match(await one.mount(0), /step=volume state="taken over"/);
      assert.equal(one.mounted(), "/dev/nvme1n1");
      assert.equal(one.relabelled(), `label -s ${labelOf(1, "vol0bbb")}`);
    }
  });

  describe("on Alibaba Cloud", () => {
    const blank: Disk = { name: "vdb", serial: "bp1other" };
    const mine: Disk = { name: "vdc", serial: "bp1mine" };
    const ecs = (...disks: readonly Disk[]): Machine => made(new Machine(disks, "alibaba"));
    const listed = { DiskId: "d-1", SerialNumber: "bp1mine", Category: "cloud_essd" };

    async function mounted(one: Machine, disks: readonly object[], place = 0) {
      const cloud = await startCloud("alibaba", "eu-central-1");
      const asked: string[] = [];
      cloud.actions.set("DescribeDisks", (form) => {
        asked.push(
          [...form]
            .filter(([key]) => /^(Tag|Instance)/.test(key))
            .map((pair) => pair.join("="))
            .join(" "),
        );
        return JSON.stringify({ Disks: { Disk: disks } });
      });
      const said = await one.mount(place, { AMS_METADATA_URL: cloud.url, AMS_API_URL: cloud.url });
      await cloud.close();
      return { said, asked };
    }

    it("is the one with the serial number that the API has for the disk with the member's tags", async () => {
      const one = ecs(blank, mine);
      const { said, asked } = await mounted(one, [listed], 0);
      assert.equal(said, "");
      assert.equal(one.mounted(), "/dev/vdc");
      assert.equal(one.label("vdb"), "");
      assert.deepEqual(asked, [
        "InstanceId=i-0123 Tag.1.Key=ams-cluster Tag.1.Value=ams-test Tag.2.Key=Name Tag.2.Value=ams-test-database-data",
      ]);
    });

    it("is no local disk, no disk that is not attached yet, and none whose serial number is nowhere", async () => {
      const rows: readonly (readonly [readonly object[], RegExp])[] = [
        [[], /^0 disks with the tag Name ams-test-database-data are attached to this machine, expected one$/],
        [[listed, listed], /^2 disks with the tag Name/],
        [[{ ...listed, Category: "local_ssd_pro" }], /^d-1 is a local disk, local_ssd_pro, whose data/],
        [[{ ...listed, SerialNumber: "bp1third" }], /^0 block devices have the serial number bp1third of d-1$/],
        [[{ ...listed, SerialNumber: "" }], /^0 block devices have the serial number {2}of d-1$/],
      ];
      for (const [disks, said] of rows) {
        const one = ecs(blank, mine, { name: "vdd", serial: "" });
        assert.match((await mounted(one, disks)).said, said);
        assert.equal(one.label("vdb") + one.label("vdc") + one.label("vdd") + one.mounted(), "");
      }
    });
  });

  it("has the names that its machine looks for, on both clouds", async () => {
    const values = { network: { zones: ["a", "b", "c"] }, database: { kind: "replica-set" } };
    const names = dataVolumeNames(cluster(values));
    assert.deepEqual(names, ["ams-test-database-data", "ams-test-database-data-2", "ams-test-database-data-3"]);
    const disks = (await renderAlibaba(values)).all("ecs/ecsDisk:EcsDisk");
    const tags = disks.map(({ inputs }) => JSON.parse(JSON.stringify(inputs["tags"])));
    assert.deepEqual(
      tags.map((one) => one.Name),
      names,
    );
    for (const one of tags) assert.equal(one["ams-cluster"], "ams-test");
    const attachments = (await renderAws(values)).ofType("aws:ec2/volumeAttachment:VolumeAttachment");
    assert.deepEqual(
      attachments.map(({ inputs }) => inputs["deviceName"]),
      ["/dev/sdf", "/dev/sdf", "/dev/sdf"],
    );
  });
});
