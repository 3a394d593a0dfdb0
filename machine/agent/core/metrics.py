# Publishes once a minute what only the machine itself sees, under the names and dimensions of the facts. What could not
# be measured is not published: a gap, and no zero.
import importlib, json, time
import cloud
from common import address, attempt, facts, sinks


def dimensions(shared, name):
    return shared["metrics"]["dimensions"]["cluster" if name in shared["metrics"]["ofCluster"] else "machine"]


def aws(shared, region, values):
    form = {"Namespace": shared["metrics"]["namespace"]}
    for number, (name, value) in enumerate(values.items(), 1):
        row = f"MetricData.member.{number}."
        form.update({row + "MetricName": name, row + "Value": str(value), row + "Unit": shared["metrics"]["units"][name]})
        for place, (key, text) in enumerate(dimensions(shared, name).items(), 1):
            form.update({f"{row}Dimensions.member.{place}.Name": key, f"{row}Dimensions.member.{place}.Value": text})
    cloud.aws_query(region, "monitoring", "2010-08-01", "PutMetricData", form)


# Raw values (type 0), outside of application groups (0); CloudMonitor makes its minutes of them. 21 at most in a call.
def aliyun(shared, region, values):
    form = {}
    for number, (name, value) in enumerate(values.items(), 1):
        row = f"MetricList.{number}."
        form.update({row + "GroupId": "0", row + "MetricName": name, row + "Type": "0"})
        form[row + "Dimensions"] = json.dumps(dimensions(shared, name))
        form[row + "Values"] = json.dumps({"value": value})
        form[row + "Time"] = str(int(time.time() * 1000))
        form[row + "Period"] = str(shared["metrics"]["periodSeconds"])
    reply = cloud.aliyun(region, "metrics", "2019-01-01", "PutCustomMetric", form)
    if str(reply.get("Code")) != "200":
        raise RuntimeError(f"{reply.get('Code')}: {reply.get('Message')}")


def publish(shared, values):
    if values:
        name, region = cloud.identity()
        (aws if name == "aws" else aliyun)(shared, region, values)


if __name__ == "__main__":
    sinks.append(cloud.tell)
    shared = {**facts(), "address": address()}
    source = importlib.import_module(shared["metrics"]["source"])
    while True:
        begin = time.monotonic()
        values = {}
        for what, action in source.FIGURES.items():
            values.update(attempt(what, action, shared, instead={}))
        attempt("publish", publish, shared, values)
        time.sleep(max(shared["metrics"]["periodSeconds"] - (time.monotonic() - begin), 0))
