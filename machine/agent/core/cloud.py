# Calls to the machine's own cloud with the machine's own role, by the standard library alone: neither cloud's images
# have a common client. AMS_METADATA_URL and AMS_API_URL move the endpoints in tests only.
import base64, hashlib, hmac, json, os, re, time, urllib.parse, uuid, xml.etree.ElementTree
from common import ROOT, facts, hide, masked, recall, say
from transport import MOST_REASON, call as http, parsed

METADATA = {"aws": "http://169.254.169.254", "aliyun": "http://100.100.100.200"}
TOKEN = {"aws": "X-aws-ec2-metadata-token", "aliyun": "X-aliyun-ecs-metadata-token"}
FORM = "application/x-www-form-urlencoded; charset=utf-8"
REGION = {"aws": "placement/region", "aliyun": "region-id"}
ROLE = {"aws": "iam/security-credentials/", "aliyun": "ram/security-credentials/"}


def metadata(cloud, key):
    url = os.environ.get("AMS_METADATA_URL", METADATA[cloud]) + "/latest/"
    token = http(url + "api/token", headers={TOKEN[cloud] + "-ttl-seconds": "60"}, method="PUT", seconds=3)
    return http(url + "meta-data/" + key, headers={TOKEN[cloud]: token}, seconds=3)


# What is there at some times only.
def notice(cloud, key):
    try:
        return metadata(cloud, key)
    except RuntimeError as error:
        if str(error).startswith("HTTP 404"):
            return None
        raise


# cloud-init knows the cloud; it does not know Alibaba's region, and an old one may know neither.
def identity():
    known = recall(ROOT + "/run/cloud-init/instance-data.json", {})
    known = known.get("v1") if isinstance(known, dict) else None
    cloud, region = (known.get("cloud_name"), known.get("region")) if isinstance(known, dict) else (None, None)
    errors = []
    for name in [cloud] if cloud in METADATA else METADATA:
        try:
            return name, region or metadata(name, REGION[name])
        except (OSError, RuntimeError) as error:
            errors.append(f"{name}: {error}")
    raise RuntimeError(f"no metadata server answers: {errors}")


def credentials(cloud):
    role = metadata(cloud, ROLE[cloud]).split()[0]
    keys = parsed(metadata(cloud, ROLE[cloud] + role))
    for name in ("SecretAccessKey", "AccessKeySecret", "Token", "SecurityToken"):
        hide(keys.get(name, ""), name)
    return keys


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


# Signature version 4 of a POST to /. The headers must hold Host and X-Amz-Date.
def sigv4(keys, region, service, headers, body):
    lower = sorted((name.lower(), value) for name, value in headers.items())
    names = ";".join(name for name, _ in lower)
    request = "\n".join(["POST", "/", "", *(f"{name}:{value}" for name, value in lower), "", names, sha256(body)])
    stamp = headers["X-Amz-Date"]
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    key = ("AWS4" + keys["SecretAccessKey"]).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), "sha256").digest()
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{sha256(request)}"
    mark = hmac.new(key, text.encode(), "sha256").hexdigest()
    return f"AWS4-HMAC-SHA256 Credential={keys['AccessKeyId']}/{scope}, SignedHeaders={names}, Signature={mark}"


def aws_call(region, service, body, headers):
    domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    url = os.environ.get("AMS_API_URL", f"https://{service}.{region}.{domain}")
    keys = credentials("aws")
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    host = urllib.parse.urlsplit(url).netloc
    headers = {"Host": host, "X-Amz-Date": stamp, "X-Amz-Security-Token": keys["Token"], **headers}
    headers["Authorization"] = sigv4(keys, region, service, headers, body)
    return http(url + "/", body, headers)


def aws(region, service, body, target):
    headers = {"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1"}
    return parsed(aws_call(region, service, body, headers) or "{}")


# EC2 and Auto Scaling take a form and answer in XML, whose names go without their space here.
def aws_query(region, service, version, action, parameters):
    given = {name: value for name, value in parameters.items() if value}
    body = urllib.parse.urlencode({"Action": action, "Version": version, **given})
    text = aws_call(region, service, body, {"Content-Type": FORM})
    try:
        return xml.etree.ElementTree.fromstring(re.sub(r' xmlns="[^"]*"', "", text))
    except xml.etree.ElementTree.ParseError:
        raise RuntimeError(f"no XML but: {masked(text)[:MOST_REASON]}")


# Lines for the cluster's log: best effort, the journal and the console have them anyway. Alibaba's log service takes
# protocol buffers, signed in a third way (sls.py).
def tell(*lines):
    try:
        name, region = identity()
        if name != "aws":
            import sls

            sls.tell(region, facts()["logGroup"], lines)
        else:
            place = {"logGroupName": facts()["logGroup"], "logStreamName": metadata(name, "instance-id")}
            now = int(time.time() * 1000)
            events = {"logEvents": [{"timestamp": now, "message": line} for line in lines]}
            for action, body in (("CreateLogStream", place), ("PutLogEvents", {**place, **events})):
                try:
                    aws(region, "logs", json.dumps(body), "Logs_20140328." + action)
                except RuntimeError as error:
                    # The stream is there since the first line.
                    if "AlreadyExists" not in str(error):
                        raise
    except Exception as error:
        say(f"log service: {error}")


# Alibaba's RPC signature, version 1.0.
def rpc_signature(secret, parameters, method="POST"):
    quote = lambda text: urllib.parse.quote(text, safe="~")
    query = "&".join(f"{quote(name)}={quote(parameters[name])}" for name in sorted(parameters))
    mark = hmac.new((secret + "&").encode(), f"{method}&%2F&{quote(query)}".encode(), "sha1").digest()
    return base64.b64encode(mark).decode()


def aliyun(region, product, version, action, parameters):
    url = os.environ.get("AMS_API_URL", f"https://{product}.{region}.aliyuncs.com")
    keys = credentials("aliyun")
    parameters = {
        **parameters,
        "Action": action,
        "Version": version,
        "RegionId": region,
        "Format": "JSON",
        "AccessKeyId": keys["AccessKeyId"],
        "SecurityToken": keys["SecurityToken"],
        "SignatureMethod": "HMAC-SHA1",
        "SignatureVersion": "1.0",
        "SignatureNonce": str(uuid.uuid4()),
        "Timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    parameters["Signature"] = rpc_signature(keys["AccessKeySecret"], parameters)
    return parsed(http(url + "/", urllib.parse.urlencode(parameters), {"Content-Type": FORM}))


# What of a secret anybody may read: names of places, and certificates.
PUBLIC = ("recordingsBucket", "recordingsEndpoint", "recordingsPermission", "databaseCa", "tlsPem", "tlsCa", "certificatePem")


# From here on no line says its values, nor the passwords in its URLs.
def kept(text):
    known = parsed(text)
    for key, value in known.items():
        if key not in PUBLIC and isinstance(value, str):
            hide(value)
            for password in re.findall(r"://[^/@]*?:([^/@]+)@", value):
                hide(urllib.parse.unquote(hide(password)))
    return known


# The machine's secret: a JSON object of texts. On Alibaba it is in OOS or in KMS; the role may read only the right one.
def secret(name):
    return kept(secret_text(name))


def secret_text(name):
    cloud, region = identity()
    if cloud == "aws":
        body = json.dumps({"SecretId": name})
        return aws(region, "secretsmanager", body, "secretsmanager.GetSecretValue")["SecretString"]
    try:
        query = {"Name": name, "WithDecryption": "true"}
        return aliyun(region, "oos", "2019-06-01", "GetSecretParameter", query)["Parameter"]["Value"]
    except (OSError, RuntimeError) as first:
        try:
            return aliyun(region, "kms", "2016-01-20", "GetSecretValue", {"SecretName": name})["SecretData"]
        except (OSError, RuntimeError) as second:
            raise RuntimeError(f"OOS: {first}; KMS: {second}")


# Puts another text into a secret that is there. Each store refuses a version that it has.
def store(name, text):
    kept(text)
    cloud, region = identity()
    version = sha256(text)[:32]
    if cloud == "aws":
        body = json.dumps({"SecretId": name, "SecretString": text, "ClientRequestToken": version})
        return aws(region, "secretsmanager", body, "secretsmanager.PutSecretValue")
    try:
        return aliyun(region, "oos", "2019-06-01", "UpdateSecretParameter", {"Name": name, "Value": text})
    except (OSError, RuntimeError) as first:
        query = {"SecretName": name, "SecretData": text, "VersionId": version}
        try:
            return aliyun(region, "kms", "2016-01-20", "PutSecretValue", query)
        except (OSError, RuntimeError) as second:
            raise RuntimeError(f"OOS: {first}; KMS: {second}")
