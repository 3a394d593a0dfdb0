# Points for CloudMonitor: raw values (type 0), of which it makes its minutes, outside of application groups (0) but for those
# that Auto Scaling follows. 21 at most in a call.
import json, time
import api


def publish(metrics, points):
    form = {}
    for number, (name, value, dimensions) in enumerate(points, 1):
        row = f"MetricList.{number}."
        group = metrics.get("groups", {}).get(name, 0)
        form.update({row + "GroupId": str(group), row + "MetricName": name, row + "Type": "0"})
        form[row + "Dimensions"] = json.dumps(dimensions)
        form[row + "Values"] = json.dumps({"value": value})
        form[row + "Time"] = str(int(time.time() * 1000))
        form[row + "Period"] = str(metrics["periodSeconds"])
    reply = api.call("metrics", "2019-01-01", "PutCustomMetric", form)
    if str(reply.get("Code")) != "200":
        raise RuntimeError(f"{reply.get('Code')}: {reply.get('Message')}")
