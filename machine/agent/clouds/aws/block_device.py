# The block device of the member's volume: the device name that the stack gives its attachment, which the NVMe controller
# says. It has the volume's id for its serial number.
import ctypes, fcntl, glob, os, re, struct
from disks import BLOCKS, DEVICES, attribute

# As EBS's controllers call themselves; instance stores are "Amazon EC2 NVMe Instance Storage" (EC2 user guide, "Map
# Amazon EBS volumes to NVMe device names").
EBS = "Amazon Elastic Block Store"
# linux/nvme_ioctl.h: NVME_IOCTL_ADMIN_CMD takes this structure; command 6 with CNS 1 identifies the controller.
ADMIN_COMMAND, IDENTIFY, FORM = 0xC0484E41, 6, "=BBHIIIQQII6III"


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


# Instances without NVMe have xvdf for /dev/sdf.
def find(shared):
    wanted = shared["dataDevice"].split("/")[-1]
    plain = wanted.replace("sd", "xvd")
    if os.path.exists(DEVICES + plain):
        return plain
    seen = []
    for name in sorted(os.path.basename(path) for path in glob.glob(BLOCKS + "nvme*")):
        if not re.fullmatch(r"nvme\d+n\d+", name):
            continue
        model = attribute(name, "device/model")
        found = attached_as(name) if model == EBS else f"a local disk, {model}, whose data is lost when the machine stops"
        if found == wanted:
            return name
        seen.append(f"{name} is {found}")
    raise RuntimeError(f"no volume is attached as {shared['dataDevice']}: {', '.join(seen) or 'the machine has no volumes'}")
