# The group of this machine, as EC2 Auto Scaling and the instance's metadata know it.
import json
import api
from metadata import notice


def ask(action, **parameters):
    return api.query("autoscaling", "2011-01-01", action, parameters)


# InService, Terminated, Warmed:Stopped, Warmed:Running... Nothing outside of a group.
def target():
    return notice("autoscaling/target-lifecycle-state")


# 2 minutes ahead. The mere recommendation to rebalance (events/recommendations/rebalance) is the group's to follow: it
# starts another machine before this one goes.
def interruption():
    text = notice("spot/instance-action")
    return text and json.loads(text)["time"]


def leaving(_):
    return (target() or "").endswith("Terminated")


def of(own):
    answer = ask("DescribeAutoScalingInstances", **{"InstanceIds.member.1": own})
    return next((one.text for one in answer.iter("AutoScalingGroupName")), None)


def tell(group, own, hook, action, **more):
    try:
        ask(action, LifecycleHookName=hook, AutoScalingGroupName=group, InstanceId=own, **more)
        return True
    except RuntimeError as error:
        # The hook waits only once the group has taken the machine out of the balancer.
        if "No active Lifecycle Action" in str(error):
            return False
        raise


# How long it holds, the hooks have themselves.
def heartbeat(group, own, hook):
    return tell(group, own, hook, "RecordLifecycleActionHeartbeat")


def members(group):
    found, token = [], None
    while True:
        page = ask("DescribeAutoScalingInstances", NextToken=token)
        rows = [one for one in page.iter("member") if one.findtext("AutoScalingGroupName") == group]
        found += [tuple(map(one.findtext, ("InstanceId", "LifecycleState", "HealthStatus"))) for one in rows]
        token = page.findtext(".//NextToken")
        if not token:
            return found


# Each machine has an action of its own.
def complete(group, own, hook, _):
    return tell(group, own, hook, "CompleteLifecycleAction", LifecycleActionResult="CONTINUE")


def unhealthy(own):
    ask("SetInstanceHealth", InstanceId=own, HealthStatus="Unhealthy")
