# Calls to AWS with the machine's own role, by the standard library alone: images have no common client. AMS_API_URL moves
# the endpoints in tests only.
import functools, json, os, re, time, urllib.parse, xml.etree.ElementTree
import bucket, transport
from common import masked
from metadata import metadata, role_keys


# What is the same for as long as the machine lives.
@functools.lru_cache(maxsize=None)
def fixed(key):
    return metadata(key).strip()


def region():
    return fixed("placement/region")


def zone():
    return fixed("placement/availability-zone")


# The metadata knows what the names of services end with in this partition.
def endpoint(service):
    return f"https://{service}.{region()}.{fixed('services/domain')}"


def credentials():
    return role_keys("iam/security-credentials/", "SecretAccessKey", "Token")


# A GET without a body. A service of a whole partition has a host and a region of its own.
def post(service, body, headers, path="/", place=None):
    host, home = place or (None, region())
    url = os.environ.get("AMS_API_URL") or (f"https://{host}" if host else endpoint(service))
    keys = credentials()
    headers = {
        "host": urllib.parse.urlsplit(url).netloc,
        "x-amz-date": time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()),
        "x-amz-security-token": keys["Token"],
        **headers,
    }
    method = "GET" if body is None else "POST"
    mark = bucket.signature(keys, home, service, method, path, headers, bucket.sha256(body or ""))
    return transport.call(url + path, body, {**headers, "authorization": mark})


# Newer services take JSON and a target.
def call(service, target, body):
    headers = {"x-amz-target": target, "content-type": "application/x-amz-json-1.1"}
    return transport.parsed(post(service, json.dumps(body), headers) or "{}")


# EC2, Auto Scaling and CloudWatch take a form and answer in XML, whose names go without their space here.
def query(service, version, action, parameters):
    given = {name: value for name, value in parameters.items() if value}
    body = urllib.parse.urlencode({"Action": action, "Version": version, **given})
    return xml_of(post(service, body, {"content-type": transport.FORM}))


def xml_of(text):
    try:
        return xml.etree.ElementTree.fromstring(re.sub(r' xmlns="[^"]*"', "", text))
    except xml.etree.ElementTree.ParseError:
        raise RuntimeError(f"the response is not XML: {masked(text)[: transport.MOST_REASON]}")
