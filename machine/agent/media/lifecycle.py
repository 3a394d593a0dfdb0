# What the group of this machine has in mind for it, and the hooks by which the group waits for it, on both clouds.
# A hook is known by its name, `launch` or `drain`; a call that finds none pending says so by False.
import calendar, json, socket, time
import cloud

ESS = ("ess", "2022-02-22")
# By Alibaba's hooks a heartbeat says how long it holds; AWS's hooks have it themselves.
HEARTBEAT_SECONDS = 3600
known = {}


def place():
    if "place" not in known:
        name, region = cloud.identity()
        known["place"] = (name, region, cloud.metadata(name, "instance-id").strip())
    return known["place"]


# AWS says in the metadata where the group wants the machine: InService, Terminated, Warmed:Stopped, Warmed:Running...
# Nothing outside of a group. Alibaba's metadata says nothing of the kind, and it has no warm pools.
def target():
    name = place()[0]
    return cloud.notice(name, "autoscaling/target-lifecycle-state") if name == "aws" else None


def is_warmed():
    return (target() or "").startswith("Warmed:")


def seconds(text):
    return calendar.timegm(time.strptime(text.strip()[:19], "%Y-%m-%dT%H:%M:%S"))


# When the cloud takes a spot machine back: 2 minutes ahead on AWS, 5 on Alibaba. AWS's mere recommendation to rebalance
# (events/recommendations/rebalance) is the group's to follow: it starts another machine before this one goes.
def interruption():
    name = place()[0]
    if name == "aws":
        text = cloud.notice(name, "spot/instance-action")
        return text and seconds(json.loads(text)["time"])
    text = cloud.notice(name, "instance/spot/termination-time")
    return text and seconds(text)


def ess(action, **parameters):
    return cloud.aliyun(place()[1], *ESS, action, parameters)


def instances(ids):
    names = {f"InstanceIds.{index + 1}": one for index, one in enumerate(ids[:20])}
    return ess("DescribeScalingInstances", **names)["ScalingInstances"]


def leaving():
    name, _, own = place()
    if name == "aws":
        return (target() or "").endswith("Terminated")
    return any(one["LifecycleState"].startswith("Removing") for one in instances([own]))


def group():
    if "group" not in known:
        name, region, own = place()
        if name == "aws":
            parameters = {"InstanceIds.member.1": own}
            answer = cloud.aws_query(region, "autoscaling", "2011-01-01", "DescribeAutoScalingInstances", parameters)
            found = [one.text for one in answer.iter("AutoScalingGroupName")]
        else:
            found = [one["ScalingGroupId"] for one in instances([own])]
        if not found:
            return None
        known["group"] = found[0]
    return known["group"]


# Alibaba's pending action of the hook that this machine is in: its hook's id, its token, its machines. It can have
# several, which one call lets go together.
def pending(hook):
    own, of = place()[2], group()
    if of is None:
        return None
    hooks = ess("DescribeLifecycleHooks", ScalingGroupId=of, LifecycleHookName=hook)["LifecycleHooks"]
    ids = [one["LifecycleHookId"] for one in hooks if one["LifecycleHookName"] == hook]
    page = {"ScalingGroupId": of, "StatusCode": "InProgress", "PageSize": "50"}
    for activity in ess("DescribeScalingActivities", **page)["ScalingActivities"]:
        query = {"ScalingActivityId": activity["ScalingActivityId"], "LifecycleActionStatus": "Pending"}
        for one in ess("DescribeLifecycleActions", MaxResults="50", **query)["LifecycleActions"]:
            if one["LifecycleHookId"] in ids and own in one["InstanceIds"]:
                return one["LifecycleHookId"], one["LifecycleActionToken"], one["InstanceIds"]
    return None


def tell(hook, action, **more):
    region, own, of = place()[1], place()[2], group()
    if of is None:
        return False
    parameters = {"LifecycleHookName": hook, "AutoScalingGroupName": of, "InstanceId": own, **more}
    try:
        cloud.aws_query(region, "autoscaling", "2011-01-01", action, parameters)
        return True
    except RuntimeError as error:
        # The hook waits only once the group has taken the machine out of the balancer.
        if "No active Lifecycle Action" in str(error):
            return False
        raise


def heartbeat(hook):
    if place()[0] == "aws":
        return tell(hook, "RecordLifecycleActionHeartbeat")
    found = pending(hook)
    if found is None:
        return False
    # The API's own names begin with a small letter here.
    words = {"lifecycleHookId": found[0], "lifecycleActionToken": found[1], "heartbeatTimeout": str(HEARTBEAT_SECONDS)}
    ess("RecordLifecycleActionHeartbeat", **words)
    return True


# Whether the group has another machine that serves, by its own word: on both clouds that is the balancer's where it asks it.
def others_serve():
    name, region, own = place()
    of, found, token = group(), [], None
    if of is None:
        return False
    if name != "aws":
        page = ess("DescribeScalingInstances", ScalingGroupId=of, PageSize="50")["ScalingInstances"]
        found = [(one["InstanceId"], one["LifecycleState"], one["HealthStatus"]) for one in page]
    while name == "aws":
        page = cloud.aws_query(region, "autoscaling", "2011-01-01", "DescribeAutoScalingInstances", {"NextToken": token})
        rows = [one for one in page.iter("member") if one.findtext("AutoScalingGroupName") == of]
        found += [tuple(map(one.findtext, ("InstanceId", "LifecycleState", "HealthStatus"))) for one in rows]
        token = page.findtext(".//NextToken")
        if not token:
            break
    return any(one != own and state == "InService" and health.lower() == "healthy" for one, state, health in found)


# Whether another machine still has AMS's port open; nodes reach each other through a closed gate too.
def serves(address, port):
    try:
        socket.create_connection((address, port), 3).close()
        return True
    except OSError:
        return False


# Lets the group go on. Of machines that leave by one action of Alibaba's, the last one calls: `port` is AMS's.
def complete(hook, port=None):
    if place()[0] == "aws":
        return tell(hook, "CompleteLifecycleAction", LifecycleActionResult="CONTINUE")
    found = pending(hook)
    if found is None:
        return False
    others = [one for one in found[2] if one != place()[2]]
    if port and others and any(serves(one["PrivateIpAddress"], port) for one in instances(others)):
        return False
    words = {"LifecycleHookId": found[0], "LifecycleActionToken": found[1], "LifecycleActionResult": "CONTINUE"}
    ess("CompleteLifecycleAction", **words)
    return True


# The group replaces what is called unhealthy. Behind proxies nobody else tells it of an AMS that has left the cluster.
def unhealthy():
    name, region, own = place()
    words = {"InstanceId": own, "HealthStatus": "Unhealthy"}
    if name == "aws":
        cloud.aws_query(region, "autoscaling", "2011-01-01", "SetInstanceHealth", words)
    else:
        ess("SetInstanceHealth", **words)
    return True
