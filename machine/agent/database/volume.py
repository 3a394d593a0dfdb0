# The data volume of this member, known by what the cloud says of this attachment (`block_device`). A disk is formatted
# only if it is that one and blank: a local disk would be lost at a stop.
import glob, hashlib, os, re
import block_device
from common import ROOT, command, log, read, system, write
from disks import DEVICES, serial

OURS = re.compile(r"db\d-[0-9a-f]{8}")


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
            raise RuntimeError(f"{device} contains data of another system, label {known or 'none'}. If the data is this cluster's, run: xfs_admin -L {own} {device}")
        if size(device) < shared["diskGiB"] << 30:
            raise RuntimeError(f"{device} has {size(device)} bytes, which is less than {shared['diskGiB']} GiB")
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
        name = block_device.find(shared)
        device, own = DEVICES + name, label(shared, name)
        before = prepare(shared, device, own)
        enter(name, shared["dataPath"])
        # A mount that this unit made would be nobody else's (systemd.exec, "PrivateMounts").
        system("mount", "-o", "noatime", device, path)
        if OURS.fullmatch(before) and before != own:
            log("volume", "taken over", before=before, label=own)
            command("xfs_io", "-c", f"label -s {own}", path)
    # The volume may have been enlarged.
    command("xfs_growfs", path)
