# The machine's disks, as its kernel knows them.
from common import ROOT, read

DEVICES, BLOCKS = ROOT + "/dev/", ROOT + "/sys/block/"


def attribute(name, key):
    return (read(f"{BLOCKS}{name}/{key}") or "").strip()


# Of virtio, and of NVMe.
def serial(name):
    return attribute(name, "serial") or attribute(name, "device/serial")
