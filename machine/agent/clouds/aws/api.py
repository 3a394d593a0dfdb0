# Calls to AWS with the machine's own role, by the standard library alone: images have no common client. AMS_API_URL moves
# the endpoints in tests only.
import functools, json, os, re, time, urllib.parse, xml.etree.ElementTree
import bucket, transport
from common import masked
from metadata import metadata, role_keys


@functools.lru_cache(maxsize=None)
def region():
    return metadata("placement/region").strip()


def credentials():
    return role_keys("iam/security-credentials/", "SecretAccessKey", "Token")


def post(service, body, headers):
    domain = "amazonaws.com.cn" if region().startswith("cn-") else "amazonaws.com"
    url = os.environ.get("AMS_API_URL", f"https://{service}.{region()}.{domain}")
    keys = credentials()
    headers = {
        "host": urllib.parse.urlsplit(url).netloc,
        "x-amz-date": time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()),
        "x-amz-security-token": keys["Token"],
        **headers,
    }
    mark = bucket.signature(keys, region(), service, "POST", "/", headers, bucket.sha256(body))
    return transport.call(url + "/", body, {**headers, "authorization": mark})


# Newer services take JSON and a target.
def call(service, target, body):
    headers = {"x-amz-target": target, "content-type": "application/x-amz-json-1.1"}
    return transport.parsed(post(service, json.dumps(body), headers) or "{}")


# EC2, Auto Scaling and CloudWatch take a form and answer in XML, whose names go without their space here.
def query(service, version, action, parameters):
    given = {name: value for name, value in parameters.items() if value}
    body = urllib.parse.urlencode({"Action": action, "Version": version, **given})
    text = post(service, body, {"content-type": transport.FORM})
    try:
        return xml.etree.ElementTree.fromstring(re.sub(r' xmlns="[^"]*"', "", text))
    except xml.etree.ElementTree.ParseError:
        raise RuntimeError(f"no XML but: {masked(text)[: transport.MOST_REASON]}")
