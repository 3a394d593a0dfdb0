# MongoDB's own packages, of the pinned series.
import os, re
import transport
from common import ROOT, command, read, system, write

CONFIG = ROOT + "/etc/mongod.conf"
PACKAGES = ("mongodb-org-server", "mongodb-mongosh", "mongodb-database-tools")


def installed():
    return all(os.path.exists(ROOT + "/usr/bin/" + name) for name in ("mongod", "mongosh"))


# The key comes over HTTPS and is the one that MongoDB signs with, or nothing is installed.
def packages(shared):
    if installed():
        return
    keyring = ROOT + "/etc/apt/keyrings/mongodb.asc"
    write(keyring, transport.call(shared["keyUrl"]), 0o644)
    found = command("gpg", "--show-keys", "--with-colons", keyring, env={"GNUPGHOME": ROOT + "/run/ams-cluster"})
    prints = re.findall(r"^pub:.*\n(?:.*\n)*?fpr:+(\w+):", found, re.M)
    if prints != [shared["keyFingerprint"]]:
        os.remove(keyring)
        raise RuntimeError(f"{shared['keyUrl']} contains the key {prints}, expected {shared['keyFingerprint']}")
    release = dict(line.split("=", 1) for line in read(ROOT + "/etc/os-release").splitlines() if "=" in line)
    name = release["VERSION_CODENAME"].strip('"')
    suite = f"{shared['mirror']}/apt/ubuntu {name}/mongodb-org/{shared['version']} multiverse"
    write(ROOT + "/etc/apt/sources.list.d/mongodb.list", f"deb [signed-by={keyring}] {suite}\n", 0o644)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    wait = ("-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3")
    system("apt-get", *wait, "update", env=quiet)
    system("apt-get", *wait, "install", "--yes", "--no-install-recommends", *PACKAGES, env=quiet)
    system("apt-mark", "hold", *PACKAGES)
