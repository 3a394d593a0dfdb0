# Elastic IP addresses of a pool, by their tags. The API binds an address that is Available alone, and to one instance, which
# must have no public address yet (EIP, "Limits"). Binding takes its time (AssociateEipAddress), and the same ClientToken is
# the same request. The machine has no way to the internet yet, so this asks the endpoint within the network.
import api

STATES = {"Available": "free", "InUse": "bound"}


def vpc(action, parameters):
    return api.call("vpc-vpc", "2016-04-28", action, parameters)


# By id: who has it, and whether it is free, bound or neither for now.
def listed(pool):
    query = {"PageSize": "100"}
    for place, (key, value) in enumerate((("ams-cluster", pool["cluster"]), ("Name", pool["name"])), 1):
        query.update({f"Tag.{place}.Key": key, f"Tag.{place}.Value": value})
    found, page = {}, 1
    while True:
        answer = vpc("DescribeEipAddresses", {**query, "PageNumber": str(page)})
        rows = answer["EipAddresses"]["EipAddress"]
        for one in rows:
            state = STATES.get(one["Status"], "busy")
            # Arrears and offences lock an address.
            locked = one.get("OperationLocks", {}).get("LockReason")
            found[one["AllocationId"]] = (one.get("InstanceId") or None, "busy" if locked and state == "free" else state)
        if not rows or page * 100 >= int(answer["TotalCount"]):
            return found
        page += 1


def bind(address, own, token):
    words = {"AllocationId": address, "InstanceId": own, "InstanceType": "EcsInstance", "ClientToken": token}
    vpc("AssociateEipAddress", words)
