# The group of this machine, as Alibaba Cloud's Auto Scaling knows it.
import socket
import api
from metadata import notice

# By its hooks a heartbeat says how long it holds.
HEARTBEAT_SECONDS = 3600


def ess(action, **parameters):
    return api.call("ess", "2022-02-22", action, parameters)


# The metadata says nothing of the kind, and there are no warm pools.
def target():
    return None


# 5 minutes ahead.
def interruption():
    return notice("instance/spot/termination-time")


def instances(ids):
    names = {f"InstanceIds.{index + 1}": one for index, one in enumerate(ids[:20])}
    return ess("DescribeScalingInstances", **names)["ScalingInstances"]


def leaving(own):
    return any(one["LifecycleState"].startswith("Removing") for one in instances([own]))


def of(own):
    return next((one["ScalingGroupId"] for one in instances([own])), None)


def members(group):
    page = ess("DescribeScalingInstances", ScalingGroupId=group, PageSize="50")["ScalingInstances"]
    return [(one["InstanceId"], one["LifecycleState"], one["HealthStatus"]) for one in page]


# The pending action of the hook that this machine is in: its hook's id, its token, its machines. It can have several,
# which one call lets go together.
def pending(group, own, hook):
    hooks = ess("DescribeLifecycleHooks", ScalingGroupId=group, LifecycleHookName=hook)["LifecycleHooks"]
    ids = [one["LifecycleHookId"] for one in hooks if one["LifecycleHookName"] == hook]
    page = {"ScalingGroupId": group, "StatusCode": "InProgress", "PageSize": "50"}
    for activity in ess("DescribeScalingActivities", **page)["ScalingActivities"]:
        query = {"ScalingActivityId": activity["ScalingActivityId"], "LifecycleActionStatus": "Pending"}
        for one in ess("DescribeLifecycleActions", MaxResults="50", **query)["LifecycleActions"]:
            if one["LifecycleHookId"] in ids and own in one["InstanceIds"]:
                return one["LifecycleHookId"], one["LifecycleActionToken"], one["InstanceIds"]
    return None


def heartbeat(group, own, hook):
    found = pending(group, own, hook)
    if found is None:
        return False
    # The API's own names begin with a small letter here.
    words = {"lifecycleHookId": found[0], "lifecycleActionToken": found[1], "heartbeatTimeout": str(HEARTBEAT_SECONDS)}
    ess("RecordLifecycleActionHeartbeat", **words)
    return True


# Whether another machine still has AMS's port open; nodes reach each other through a closed gate too.
def serves(address, port):
    try:
        socket.create_connection((address, port), 3).close()
        return True
    except OSError:
        return False


# Of machines that leave by one action, the last one calls.
def complete(group, own, hook, port):
    found = pending(group, own, hook)
    if found is None:
        return False
    others = [one for one in found[2] if one != own]
    if port and others and any(serves(one["PrivateIpAddress"], port) for one in instances(others)):
        return False
    words = {"LifecycleHookId": found[0], "LifecycleActionToken": found[1], "LifecycleActionResult": "CONTINUE"}
    ess("CompleteLifecycleAction", **words)
    return True


def unhealthy(own):
    ess("SetInstanceHealth", InstanceId=own, HealthStatus="Unhealthy")
