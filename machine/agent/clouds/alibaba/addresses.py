# Elastic IP addresses of a pool, by their tags. The API binds an address that is Available alone, and to one instance, which
# must have no public address yet (EIP, "Limits"). Binding takes its time (AssociateEipAddress), and the same ClientToken is
# the same request. The machine has no way to the internet yet, so this asks the endpoint within the network.
import re
import api

STATES = {"Available": "free", "InUse": "bound"}


def state(one):
    found = STATES.get(one["Status"], "busy")
    # Arrears and offences lock an address.
    locked = one.get("OperationLocks", {}).get("LockReason")
    return "busy" if locked and found == "free" else found


def vpc(action, parameters):
    return api.call("vpc-vpc", "2016-04-28", action, parameters)


# By the number at the end of a name, which the operator may have changed.
def number(one):
    found = re.search(r"\d+$", one.get("Name") or "")
    return int(found.group()) if found else 0


# By id, in the pool's order: who has it, and whether it is free, bound or neither for now.
def listed(pool):
    query = {"PageSize": "100"}
    for place, (key, value) in enumerate((("ams-cluster", pool["cluster"]), ("Name", pool["name"])), 1):
        query.update({f"Tag.{place}.Key": key, f"Tag.{place}.Value": value})
    rows, page = [], 1
    while True:
        answer = vpc("DescribeEipAddresses", {**query, "PageNumber": str(page)})
        some = answer["EipAddresses"]["EipAddress"]
        rows += some
        if not some or page * 100 >= int(answer["TotalCount"]):
            return {one["AllocationId"]: (one.get("InstanceId") or None, state(one)) for one in sorted(rows, key=number)}
        page += 1


def bind(address, own, token):
    words = {"AllocationId": address, "InstanceId": own, "InstanceType": "EcsInstance", "ClientToken": token}
    vpc("AssociateEipAddress", words)
