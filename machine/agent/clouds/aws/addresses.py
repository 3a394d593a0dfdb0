# Elastic IP addresses of a pool, by their tags. EC2 would move an address that is in use, but for AllowReassociation
# (AssociateAddress); a token it takes none, and binding the same again changes nothing.
import api

VERSION = "2016-11-15"


# By its tag, which the stack sets.
def number(one):
    found = [tag.findtext("value") for tag in one.findall("./tagSet/item") if tag.findtext("key") == "Number"]
    return int(found[0]) if found and found[0].isdigit() else 0


# By id, in the pool's order: who has it, and whether it is free or bound.
def listed(pool):
    query = {}
    for place, (name, value) in enumerate((("tag:ams-cluster", pool["cluster"]), ("tag:Name", pool["name"])), 1):
        query.update({f"Filter.{place}.Name": name, f"Filter.{place}.Value.1": value})
    rows = api.query("ec2", VERSION, "DescribeAddresses", query).findall("./addressesSet/item")
    rows = sorted(rows, key=number)
    holders = {one.findtext("allocationId"): (one.findtext("instanceId"), one.findtext("associationId")) for one in rows}
    return {
        address: (holder or None, "bound" if holder else "busy" if association else "free")
        for address, (holder, association) in holders.items()
    }


def bind(address, own, _):
    words = {"AllocationId": address, "InstanceId": own, "AllowReassociation": "false"}
    api.query("ec2", VERSION, "AssociateAddress", words)
