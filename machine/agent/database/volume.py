# The data volume of this member, known by what the cloud says of this attachment: on AWS the device name, which the
# stack gives it and the NVMe controller says; on Alibaba Cloud the serial number of the disk that has the member's tags.
# A disk is formatted only if it is that one and blank: a local disk would be lost at a stop.
import ctypes, fcntl, glob, hashlib, os, re, struct
import cloud
from common import ROOT, command, log, read, write

DEVICES, BLOCKS = ROOT + "/dev/", ROOT + "/sys/block/"
# As EBS's controllers call themselves; instance stores are "Amazon EC2 NVMe Instance Storage" (EC2 user guide, "Map
# Amazon EBS volumes to NVMe device names").
EBS = "Amazon Elastic Block Store"
# linux/nvme_ioctl.h: NVME_IOCTL_ADMIN_CMD takes this structure; command 6 with CNS 1 identifies the controller.
ADMIN_COMMAND, IDENTIFY, FORM = 0xC0484E41, 6, "=BBHIIIQQII6III"
OURS = re.compile(r"db\d-[0-9a-f]{8}")


def attribute(name, key):
    return (read(f"{BLOCKS}{name}/{key}") or "").strip()


# Of virtio, and of NVMe, where AWS has the volume's id.
def serial(name):
    return attribute(name, "serial") or attribute(name, "device/serial")


# The controller's 4,096 bytes about itself.
def identify(name):
    answer = ctypes.create_string_buffer(4096)
    order = struct.pack(FORM, IDENTIFY, 0, 0, 0, 0, 0, 0, ctypes.addressof(answer), 0, 4096, 1, 0, 0, 0, 0, 0, 0, 0)
    with open(DEVICES + re.match(r"nvme\d+", name)[0], "rb") as controller:
        fcntl.ioctl(controller, ADMIN_COMMAND, order)
    return answer.raw


# EBS says at the beginning of the vendor's own bytes what the volume was attached as, with or without /dev.
def attached_as(name):
    return identify(name)[3072:3104].decode("ascii", "replace").strip(" \0").split("/")[-1]


# The block device of the member's volume. Instances without NVMe have xvdf for /dev/sdf.
def on_aws(shared):
    wanted = shared["dataDevice"].split("/")[-1]
    plain = wanted.replace("sd", "xvd")
    if os.path.exists(DEVICES + plain):
        return plain
    seen = []
    for name in sorted(os.path.basename(path) for path in glob.glob(BLOCKS + "nvme*")):
        if not re.fullmatch(r"nvme\d+n\d+", name):
            continue
        model = attribute(name, "device/model")
        found = attached_as(name) if model == EBS else f"a local disk, {model}, whose data a stop of the machine ends"
        if found == wanted:
            return name
        seen.append(f"{name} is {found}")
    raise RuntimeError(f"no volume is attached as {shared['dataDevice']}: {', '.join(seen) or 'there is none'}")


def on_aliyun(shared, region):
    tags = {"ams-cluster": shared["replicaSet"], "Name": shared["dataNames"][shared["place"]]}
    query = {"InstanceId": cloud.metadata("aliyun", "instance-id").strip()}
    for place, (key, value) in enumerate(tags.items(), 1):
        query.update({f"Tag.{place}.Key": key, f"Tag.{place}.Value": value})
    disks = cloud.aliyun(region, "ecs", "2014-05-26", "DescribeDisks", query)["Disks"]["Disk"]
    if len(disks) != 1:
        raise RuntimeError(f"{len(disks)} disks with the tag Name {tags['Name']} are attached to this machine instead of one")
    disk = disks[0]
    if not disk["Category"].startswith("cloud"):
        raise RuntimeError(f"{disk['DiskId']} is a local disk, {disk['Category']}, whose data a stop of the machine ends")
    names = [os.path.basename(path) for path in glob.glob(BLOCKS + "*")]
    found = [name for name in names if disk["SerialNumber"] and serial(name) == disk["SerialNumber"]]
    if len(found) != 1:
        raise RuntimeError(f"{len(found)} block devices have the serial number {disk['SerialNumber']} of {disk['DiskId']}")
    return found[0]


def signature(device, key):
    try:
        return command("blkid", "-p", "-o", "value", "-s", key, device).strip()
    except RuntimeError as error:
        # Nothing that it knows.
        if "ended with 2" in str(error):
            return ""
        raise


# Signatures are known by wipefs; whatever it doesn't know is not zero at its beginning.
def blank(device):
    with open(device, "rb") as file:
        return not any(file.read(1 << 20)) and not command("wipefs", "--noheadings", "--no-act", device).strip()


def size(device):
    with open(device, "rb") as file:
        return file.seek(0, os.SEEK_END)


# Whose volume it is, and which one: the copy that a snapshot makes has the label of the volume that it is from.
def label(shared, name):
    return f"db{shared['place'] + 1}-{hashlib.sha256(serial(name).encode()).hexdigest()[:8]}"


# Whether the volume may be mounted as it is; formats a blank one.
def prepare(shared, device, own):
    known = signature(device, "LABEL")
    if signature(device, "TYPE") != "xfs" or not OURS.fullmatch(known):
        if not blank(device):
            raise RuntimeError(f"{device} holds data that is not this cluster's, label {known or 'none'}; if it is, run: xfs_admin -L {own} {device}")
        if size(device) < shared["diskGiB"] << 30:
            raise RuntimeError(f"{device} has {size(device)} bytes, less than {shared['diskGiB']} GiB")
        # Without -f: mkfs.xfs looks for a signature once more.
        command("mkfs.xfs", "-q", "-L", own, device)
    elif known != own and known[4:] == own[4:]:
        raise RuntimeError(f"{device} is the volume of another member, {known[:3]}: attach it there, and this member's volume here")
    return known


# Where a boot finds the same volume again before anybody can be asked.
def lasting(name):
    links = sorted(glob.glob(DEVICES + "disk/by-id/*" + serial(name))) if serial(name) else [DEVICES + name]
    return next((link for link in links if os.path.realpath(link) == os.path.realpath(DEVICES + name)), None)


def enter(name, directory):
    rows = [row for row in (read(ROOT + "/etc/fstab") or "").splitlines() if row.split()[1:2] != [directory]]
    place = lasting(name)
    if place:
        rows.append(f"{place[len(ROOT) :]} {directory} xfs noatime,nofail,x-systemd.device-timeout=60 0 0")
    if write(ROOT + "/etc/fstab", "".join(row + "\n" for row in rows), 0o644):
        command("systemctl", "daemon-reload")


def mounted(path):
    try:
        command("mountpoint", "--quiet", path)
        return True
    except RuntimeError:
        return False


def mount(shared):
    path = ROOT + shared["dataPath"]
    os.makedirs(path, exist_ok=True)
    if not mounted(path):
        provider, region = cloud.identity()
        name = on_aws(shared) if provider == "aws" else on_aliyun(shared, region)
        device, own = DEVICES + name, label(shared, name)
        before = prepare(shared, device, own)
        enter(name, shared["dataPath"])
        # This unit's own mounts are nobody else's (systemd.exec, "Sandboxing"): the service manager makes this one.
        command("systemd-run", "--quiet", "--wait", "--collect", "mount", "-o", "noatime", device, path)
        if OURS.fullmatch(before) and before != own:
            log("volume", "taken over", before=before, label=own)
            command("xfs_io", "-c", f"label -s {own}", path)
    # The volume may have been enlarged.
    command("xfs_growfs", path)
