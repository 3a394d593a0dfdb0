# A rehearsed restore: MongoDB starts on loopback from the volume that a snapshot was copied to, and what it has is counted. The
# console has the result, which is all that leaves this machine: it has no role, no secret and no way to the cluster.
import json, os, pwd, re, stat, time
from common import ROOT, command, facts, log, run, write
from mongodb import CONFIG, packages

HERE = os.path.dirname(os.path.abspath(__file__))
DEVICES = ROOT + "/dev/"
# As volume.py labels a member's volume.
OURS = re.compile(r"db\d-[0-9a-f]{8}")


def disks():
    names = sorted(name for name in os.listdir(DEVICES) if not re.match(r"loop|ram", name))
    return [name for name in names if stat.S_ISBLK(os.stat(DEVICES + name).st_mode)]


# A disk that has partitions has no label.
def label(name):
    try:
        return command("blkid", "-p", "-o", "value", "-s", "LABEL", DEVICES + name).strip()
    except RuntimeError:
        return ""


def volume(shared):
    names = disks()
    found = [name for name in names if OURS.fullmatch(label(name))]
    if len(found) != 1:
        raise RuntimeError(f"expected 1 volume with a member's label, found {len(found)} among {', '.join(names) or 'no disks'}")
    path = ROOT + shared["dataPath"]
    os.makedirs(path, exist_ok=True)
    if not os.path.ismount(path):
        # XFS replays its own journal.
        command("mount", "-o", "noatime", DEVICES + found[0], path)


# A member of a replica set that starts alone stands at its last checkpoint, and its oplog has what came after: with this
# parameter it replays the oplog, as it would as a member, and takes no writes from then on (MongoDB's source,
# replication_recovery.cpp). There is nobody to sign in for: nothing but this machine reaches the port.
def start(shared):
    user = pwd.getpwnam(os.environ.get("AMS_DATABASE_USER", "mongodb"))
    config = {
        "storage": {"dbPath": shared["dataPath"]},
        "systemLog": {"destination": "file", "logAppend": True, "path": "/var/log/mongodb/mongod.log"},
        "net": {"port": shared["port"], "bindIp": "127.0.0.1"},
        "setParameter": {"recoverFromOplogAsStandalone": True},
    }
    write(CONFIG, json.dumps(config, indent=1) + "\n", 0o644)
    # The packages of this day may have given the user another number.
    command("chown", "-R", f"{user.pw_uid}:{user.pw_gid}", ROOT + shared["dataPath"])
    command("systemctl", "start", "mongod")


# The server takes connections once it has recovered.
def count(shared):
    env = {"AMS_PORT": str(shared["port"]), "HOME": ROOT + "/run/ams-cluster"}
    text = command("mongosh", "--nodb", "--quiet", "--norc", HERE + "/count.js", env=env, seconds=1200)
    shared["found"] = json.loads(text.strip().splitlines()[-1])
    if not shared["found"]["documents"]:
        raise RuntimeError("the restored database has no documents")


if __name__ == "__main__":
    shared = facts()
    run([(step.__name__, step) for step in (packages, volume, start, count)], shared)
    log("restore-drill", "ready", **shared["found"])
    # For who reads the console meanwhile; then the machine ends, and the cloud takes it away.
    time.sleep(shared["readSeconds"])
    command("systemctl", "poweroff")
