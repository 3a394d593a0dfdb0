# A cluster's machines by their tags, and their states in their groups, as EC2 and Auto Scaling say.
import api

# How a group calls a machine that serves, and one on its way out.
SERVES = ("InService",)
LEAVES = ("Terminating", "Detaching", "Standby", "EnteringStandby")
THROTTLED = ("RequestLimitExceeded", "Throttling")


# The machines that have one of the names, by id, each with its name and its address; and the states of those in a group.
def find(cluster, names):
    filters = {"tag:ams-cluster": [cluster], "tag:Name": names, "instance-state-name": ["running"]}
    # Of machines with many tags more than these are longer than an answer may be.
    query = {"MaxResults": "50"}
    for place, (name, values) in enumerate(filters.items(), 1):
        query[f"Filter.{place}.Name"] = name
        query.update({f"Filter.{place}.Value.{at}": value for at, value in enumerate(values, 1)})
    found = {}
    while True:
        page = api.query("ec2", "2016-11-15", "DescribeInstances", query)
        for one in page.findall("./reservationSet/item/instancesSet/item"):
            name = {tag.findtext("key"): tag.findtext("value") for tag in one.findall("./tagSet/item")}["Name"]
            found[one.findtext("instanceId")] = (name, one.findtext("privateIpAddress"))
        query["NextToken"] = page.findtext("nextToken")
        if not query["NextToken"]:
            break
    states, ids = {}, sorted(found)
    for at in range(0, len(ids), 50):
        members = {f"InstanceIds.member.{place}": one for place, one in enumerate(ids[at : at + 50], 1)}
        page = api.query("autoscaling", "2011-01-01", "DescribeAutoScalingInstances", members)
        for one in page.findall(".//AutoScalingInstances/member"):
            states[one.findtext("InstanceId")] = one.findtext("LifecycleState")
    return found, states
