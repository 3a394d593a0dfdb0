# Points for CloudMonitor: raw values (type 0), outside of application groups (0), of which it makes its minutes. 21 at most
# in a call.
import json, time
import api


def publish(metrics, points):
    form = {}
    for number, (name, value, dimensions) in enumerate(points, 1):
        row = f"MetricList.{number}."
        form.update({row + "GroupId": "0", row + "MetricName": name, row + "Type": "0"})
        form[row + "Dimensions"] = json.dumps(dimensions)
        form[row + "Values"] = json.dumps({"value": value})
        form[row + "Time"] = str(int(time.time() * 1000))
        form[row + "Period"] = str(metrics["periodSeconds"])
    reply = api.call("metrics", "2019-01-01", "PutCustomMetric", form)
    if str(reply.get("Code")) != "200":
        raise RuntimeError(f"{reply.get('Code')}: {reply.get('Message')}")
