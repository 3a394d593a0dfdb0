# Lines for Alibaba's log service: its PutLogs takes protocol buffers (Log Service, "Data encoding") and a signature of
# its own (Log Service, "Request signatures", version 1).
import base64, email.utils, hashlib, hmac, os, time
import api, transport
from metadata import metadata


def varint(number):
    head = bytes([number & 127 | (128 if number > 127 else 0)])
    return head + varint(number >> 7) if number > 127 else head


def field(number, data):
    return varint(number << 3 | 2) + varint(len(data)) + data


# LogGroup: a Log (time, one Content) for each line, and the machine that they are from.
def group(lines, source):
    stamp = varint(8) + varint(int(time.time()))
    contents = [field(1, b"line") + field(2, line.encode()) for line in lines]
    return b"".join(field(1, stamp + field(2, content)) for content in contents) + field(4, source.encode())


def signature(secret, headers, resource):
    own = "".join(f"{key}:{headers[key]}\n" for key in sorted(headers) if key.startswith(("x-log-", "x-acs-")))
    first = "\n".join(["POST", headers["Content-MD5"], headers["Content-Type"], headers["Date"]])
    mark = hmac.new(secret.encode(), f"{first}\n{own}{resource}".encode(), "sha1").digest()
    return base64.b64encode(mark).decode()


# The project is called after the log group that the cluster has on AWS. All accounts share the names: region and account
# end this one's (providers/alibaba/observability/logs.ts).
def tell(log_group, lines):
    region = api.region()
    name = f"{log_group.split('/')[-1]}-logs-{region}-{metadata('owner-account-id')}"
    url = os.environ.get("AMS_API_URL", f"https://{name}.{region}-intranet.log.aliyuncs.com")
    body = group(lines, metadata("instance-id"))
    keys = api.credentials()
    headers = {
        "Content-Type": "application/x-protobuf",
        "Content-MD5": hashlib.md5(body).hexdigest().upper(),
        "Date": email.utils.formatdate(usegmt=True),
        "x-log-apiversion": "0.6.0",
        "x-log-bodyrawsize": str(len(body)),
        "x-log-signaturemethod": "hmac-sha1",
        "x-acs-security-token": keys["SecurityToken"],
    }
    resource = "/logstores/machines/shards/lb"
    headers["Authorization"] = f"LOG {keys['AccessKeyId']}:{signature(keys['AccessKeySecret'], headers, resource)}"
    transport.call(url + resource, body, headers)
