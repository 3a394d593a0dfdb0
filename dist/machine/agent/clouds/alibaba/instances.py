# A cluster's machines by their tags, and their states in their groups, as ECS and Auto Scaling say.
import api

# How a group calls a machine that serves, and one on its way out.
SERVES = ("InService", "Protected")
LEAVES = ("Removing", "Detaching", "Standby", "EnteringStandby")
THROTTLED = ("Throttling",)


# The machines that have one of the names, by id, each with its name and its address; and the states of those in a group.
def find(cluster, names):
    found = {}
    for name in names:
        query = {"Status": "Running", "MaxResults": "100"}
        for place, (key, value) in enumerate((("ams-cluster", cluster), ("Name", name)), 1):
            query.update({f"Tag.{place}.Key": key, f"Tag.{place}.Value": value})
        while True:
            page = api.call("ecs", "2014-05-26", "DescribeInstances", query)
            for one in page["Instances"]["Instance"]:
                found[one["InstanceId"]] = (name, one["VpcAttributes"]["PrivateIpAddress"]["IpAddress"][0])
            if not page.get("NextToken"):
                break
            query["NextToken"] = page["NextToken"]
    states, ids = {}, sorted(found)
    for at in range(0, len(ids), 20):
        members = {f"InstanceId.{place}": one for place, one in enumerate(ids[at : at + 20], 1)}
        page = api.call("ess", "2014-08-28", "DescribeScalingInstances", {**members, "PageSize": "50"})
        for one in page["ScalingInstances"]["ScalingInstance"]:
            states[one["InstanceId"]] = one["LifecycleState"]
    return found, states
