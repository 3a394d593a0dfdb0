# The document that says what AMS's applications are. A pointer at a fixed key of the stack's bucket has its version, its
# key and its digest: another one reaches the machines without a new machine. Only a higher version whose document verifies
# is taken, and kept on the disk: while the bucket is away, or has what is none, the last good one counts.
import hashlib, json, os, re
import bucket, transport
from common import LASTING, hide, log, machine, recall, write
from metadata import latest

POINTER = "applications/current.json"
KEPT = LASTING + "/applications.json"
MODES = ("off", "enforce", "report")
# UUID version 7 (RFC 9562): as text in the order of its time.
VERSION = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
DIGEST = re.compile(r"[0-9a-f]{64}")
# AMS's own rule (CommonRestService.APP_NAME_REGEX).
NAME = re.compile(r"[A-Za-z0-9_-]+")
KEYS = ("AccessKeySecret", "SecretAccessKey", "SecurityToken", "Token")


# The metadata for the bucket's request; what refuses it may repeat its keys.
def known(path):
    text = latest(path)
    if "security-credentials/" in path and text.startswith("{"):
        for key, value in transport.parsed(text).items():
            if key in KEYS:
                hide(value, key)
    return text


def fetch(shared, key):
    host, path, headers = bucket.request(known, shared["agent"]["bucket"], "/" + key)
    return transport.call(os.environ.get("AMS_API_URL", "https://" + host) + path, headers=headers)


def right(pointer):
    version, digest = (pointer.get("version"), pointer.get("sha256")) if isinstance(pointer, dict) else (None, None)
    fine = isinstance(version, str) and isinstance(digest, str) and VERSION.fullmatch(version) and DIGEST.fullmatch(digest)
    if not fine or pointer.get("key") != f"applications/{digest}.json":
        raise RuntimeError(f"{POINTER} does not contain a version, the key of a document and its sha256")
    return pointer


def is_settings(one):
    keys = one.get("secrets") if isinstance(one, dict) else None
    return isinstance(keys, list) and all(isinstance(key, str) for key in keys) and isinstance(one.get("settings"), dict)


# A document as its digest's pointer names it, in the form that this program knows.
def verified(pointer, text):
    digest = hashlib.sha256(text.encode()).hexdigest()
    if digest != pointer["sha256"]:
        raise RuntimeError(f"{pointer['key']} has the SHA-256 {digest}: rejected")
    document = transport.parsed(text)
    mode = document.get("mode") if isinstance(document, dict) else None
    named = document.get("applications") if mode in MODES[1:] else {}
    whole = isinstance(named, dict) and all(NAME.fullmatch(name) and is_settings(one) for name, one in named.items())
    if mode not in MODES or not whole or mode != "off" and not is_settings(document.get("closed")):
        raise RuntimeError(f"{pointer['key']} is not a document of this release: rejected")
    return document


# What this machine had before it booted; not what the one had whose image it was made from.
def remembered(shared):
    kept = recall(KEPT, None)
    try:
        if kept["machine"] == machine():
            pointer = right(kept["pointer"])
            shared.update(document=verified(pointer, kept["text"]), pointer=pointer)
    except (AttributeError, KeyError, RuntimeError, TypeError):
        pass


def take(shared):
    pointer, held = right(transport.parsed(fetch(shared, POINTER))), shared.get("pointer")
    if pointer == held:
        return
    if held and pointer["version"] <= held["version"]:
        raise RuntimeError(f"the bucket has version {pointer['version']}, which is not above {held['version']}: rejected")
    text = fetch(shared, pointer["key"])
    document = verified(pointer, text)
    write(KEPT, json.dumps({"machine": machine(), "pointer": pointer, "text": text}))
    shared.update(document=document, pointer=pointer)
    log("applications", "version", version=pointer["version"], mode=document["mode"])
