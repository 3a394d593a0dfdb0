# Calls to Alibaba Cloud with the machine's own role, by the standard library alone: images have no common client.
# AMS_API_URL moves the endpoints in tests only.
import base64, functools, hmac, os, time, urllib.parse, uuid
import transport
from metadata import metadata, role_keys


@functools.lru_cache(maxsize=None)
def region():
    return metadata("region-id").strip()


@functools.lru_cache(maxsize=None)
def zone():
    return metadata("zone-id").strip()


def credentials():
    return role_keys("ram/security-credentials/", "AccessKeySecret", "SecurityToken")


# The RPC signature, version 1.0.
def signature(secret, parameters, method="POST"):
    quote = lambda text: urllib.parse.quote(text, safe="~")
    query = "&".join(f"{quote(name)}={quote(parameters[name])}" for name in sorted(parameters))
    mark = hmac.new((secret + "&").encode(), f"{method}&%2F&{quote(query)}".encode(), "sha1").digest()
    return base64.b64encode(mark).decode()


def call(product, version, action, parameters):
    url = os.environ.get("AMS_API_URL", f"https://{product}.{region()}.aliyuncs.com")
    keys = credentials()
    parameters = {
        **parameters,
        "Action": action,
        "Version": version,
        "RegionId": region(),
        "Format": "JSON",
        "AccessKeyId": keys["AccessKeyId"],
        "SecurityToken": keys["SecurityToken"],
        "SignatureMethod": "HMAC-SHA1",
        "SignatureVersion": "1.0",
        "SignatureNonce": str(uuid.uuid4()),
        "Timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    parameters["Signature"] = signature(keys["AccessKeySecret"], parameters)
    body = urllib.parse.urlencode(parameters)
    return transport.parsed(transport.call(url + "/", body, {"Content-Type": transport.FORM}))
