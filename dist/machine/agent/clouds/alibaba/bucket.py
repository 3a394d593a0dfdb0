# A request for an object of OSS with the machine's own role, inside the cloud (OSS developer reference, "Include a V4
# signature in the Authorization header"). OSS takes no version 1 of new accounts and for new buckets.
import hashlib, hmac, json, time

METADATA = "http://100.100.100.200"
TOKEN = "X-aliyun-ecs-metadata-token"


def signature(keys, region, resource, headers):
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = "\n".join(["GET", resource, "", lines, "host", headers["x-oss-content-sha256"]])
    stamp = headers["x-oss-date"]
    scope = f"{stamp[:8]}/{region}/oss/aliyun_v4_request"
    key = ("aliyun_v4" + keys["AccessKeySecret"]).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), "sha256").digest()
    text = f"OSS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    mark = hmac.new(key, text.encode(), "sha256").hexdigest()
    return f"OSS4-HMAC-SHA256 Credential={keys['AccessKeyId']}/{scope},AdditionalHeaders=host,Signature={mark}"


# The bucket's name ends with the account's number.
def request(metadata, name, path):
    account, region = metadata("meta-data/owner-account-id").strip(), metadata("meta-data/region-id").strip()
    roles = "meta-data/ram/security-credentials/"
    keys = json.loads(metadata(roles + metadata(roles).split()[0]))
    host = f"{name}-{account}.oss-{region}-internal.aliyuncs.com"
    headers = {
        "host": host,
        "x-oss-content-sha256": "UNSIGNED-PAYLOAD",
        "x-oss-date": time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()),
        "x-oss-security-token": keys["SecurityToken"],
    }
    return host, path, {**headers, "Authorization": signature(keys, region, f"/{name}-{account}{path}", headers)}
