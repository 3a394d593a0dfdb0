# What a database machine measures: its data volume, and how the other members follow.
import json, os
import cloud
from common import ROOT, command

HERE = os.path.dirname(os.path.abspath(__file__))
CA = ROOT + "/etc/ams-cluster/mongod-ca.pem"


# As df says it, of what is there for others than root. Before it is mounted the path would be the system disk's.
def volume(shared):
    path = ROOT + shared["dataPath"]
    if not os.path.ismount(path):
        raise RuntimeError(f"{path} is not mounted")
    disk = os.statvfs(path)
    used = disk.f_blocks - disk.f_bfree
    return {"DataVolumeUsedPercent": round(100 * used / (used + disk.f_bavail), 1)}


# The shell takes a second of the processor each time; a set of one has nothing to ask.
def replication(shared):
    if len(shared["hosts"]) == 1:
        return {"ReplicationLagSeconds": 0, "MembersDown": 0}
    env = {
        "AMS_HOST": "127.0.0.1:" + shared["hosts"][0].split(":")[1],
        "AMS_USER": shared["appUser"],
        "AMS_PASSWORD": cloud.secret(shared["secretName"])["appPassword"],
        "HOME": ROOT + "/run/ams-cluster",
        **({"AMS_CA": CA} if os.path.exists(CA) else {}),
    }
    text = command("mongosh", "--nodb", "--quiet", "--norc", HERE + "/members.js", env=env, seconds=50)
    return json.loads(text.strip().splitlines()[-1])


FIGURES = {"volume": volume, "replication": replication}
