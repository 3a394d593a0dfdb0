# The metadata server of the machine's cloud; `bucket` knows where it is and how its token is called. AMS_METADATA_URL moves
# it in tests only.
import os
import bucket
from common import hide
from transport import call, parsed


def latest(path):
    url = os.environ.get("AMS_METADATA_URL", bucket.METADATA) + "/latest/"
    token = call(url + "api/token", headers={bucket.TOKEN + "-ttl-seconds": "60"}, method="PUT", seconds=3)
    return call(url + path, headers={bucket.TOKEN: token}, seconds=3)


def metadata(key):
    return latest("meta-data/" + key)


# What is there at some times only.
def notice(key):
    try:
        return metadata(key)
    except RuntimeError as error:
        if str(error).startswith("HTTP 404"):
            return None
        raise


# The temporary keys of the machine's role, whose list is at a path; no line says the hidden ones.
def role_keys(roles, *hidden):
    keys = parsed(metadata(roles + metadata(roles).split()[0]))
    for name in hidden:
        hide(keys[name], name)
    return keys
