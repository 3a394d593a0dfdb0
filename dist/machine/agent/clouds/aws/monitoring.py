# Points for CloudWatch.
import api


def publish(metrics, points):
    form = {"Namespace": metrics["namespace"]}
    for number, (name, value, dimensions) in enumerate(points, 1):
        row = f"MetricData.member.{number}."
        form.update({row + "MetricName": name, row + "Value": str(value), row + "Unit": metrics["units"][name]})
        for place, (key, text) in enumerate(dimensions.items(), 1):
            form.update({f"{row}Dimensions.member.{place}.Name": key, f"{row}Dimensions.member.{place}.Value": text})
    api.query("monitoring", "2010-08-01", "PutMetricData", form)
