# Lines for CloudWatch Logs: a stream for each machine.
import time
import api
from metadata import metadata


def tell(group, lines):
    place = {"logGroupName": group, "logStreamName": metadata("instance-id")}
    now = int(time.time() * 1000)
    events = {"logEvents": [{"timestamp": now, "message": line} for line in lines]}
    for action, body in (("CreateLogStream", place), ("PutLogEvents", {**place, **events})):
        try:
            api.call("logs", "Logs_20140328." + action, body)
        except RuntimeError as error:
            # The stream is there since the first line.
            if "AlreadyExists" not in str(error):
                raise
