# A request for an object of Amazon S3 with the machine's own role (Amazon S3 API reference, "Signature calculations for
# the authorization header").
import hashlib, hmac, json, time

METADATA = "http://169.254.169.254"
TOKEN = "X-aws-ec2-metadata-token"


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


# Signature version 4 of a request, without a query, to a service. The headers have small names.
def signature(keys, region, service, method, path, headers, payload):
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = "\n".join([method, path, "", lines, names, payload])
    stamp = headers["x-amz-date"]
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    key = ("AWS4" + keys["SecretAccessKey"]).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), "sha256").digest()
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{sha256(request)}"
    mark = hmac.new(key, text.encode(), "sha256").hexdigest()
    return f"AWS4-HMAC-SHA256 Credential={keys['AccessKeyId']}/{scope}, SignedHeaders={names}, Signature={mark}"


# The bucket's name ends with the account's number, and S3 refuses another owner's bucket.
def request(metadata, name, path):
    machine = json.loads(metadata("dynamic/instance-identity/document"))
    account, region = machine["accountId"], machine["region"]
    roles = "meta-data/iam/security-credentials/"
    keys = json.loads(metadata(roles + metadata(roles).split()[0]))
    host = f"{name}-{account}.s3.{region}.{metadata('meta-data/services/domain').strip()}"
    headers = {
        "host": host,
        "x-amz-content-sha256": sha256(""),
        "x-amz-date": time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()),
        "x-amz-expected-bucket-owner": account,
        "x-amz-security-token": keys["Token"],
    }
    mark = signature(keys, region, "s3", "GET", path, headers, headers["x-amz-content-sha256"])
    return host, path, {**headers, "Authorization": mark}
