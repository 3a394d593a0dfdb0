# The block device of the member's volume: the serial number of the attached disk that has the member's tags.
import glob, os
import api
from disks import BLOCKS, serial
from metadata import metadata


def find(shared):
    tags = {"ams-cluster": shared["replicaSet"], "Name": shared["dataNames"][shared["place"]]}
    query = {"InstanceId": metadata("instance-id").strip()}
    for place, (key, value) in enumerate(tags.items(), 1):
        query.update({f"Tag.{place}.Key": key, f"Tag.{place}.Value": value})
    disks = api.call("ecs", "2014-05-26", "DescribeDisks", query)["Disks"]["Disk"]
    if len(disks) != 1:
        raise RuntimeError(f"{len(disks)} disks with the tag Name {tags['Name']} are attached to this machine, expected one")
    disk = disks[0]
    if not disk["Category"].startswith("cloud"):
        raise RuntimeError(f"{disk['DiskId']} is a local disk, {disk['Category']}, whose data is lost when the machine stops")
    names = [os.path.basename(path) for path in glob.glob(BLOCKS + "*")]
    found = [name for name in names if disk["SerialNumber"] and serial(name) == disk["SerialNumber"]]
    if len(found) != 1:
        raise RuntimeError(f"{len(found)} block devices have the serial number {disk['SerialNumber']} of {disk['DiskId']}")
    return found[0]
