# What every program wants of the machine's own cloud. How the cloud is asked, the modules of that cloud alone know: only
# one cloud's are on a machine (machine/agent/clouds/).
import hashlib, re, urllib.parse
import logs, secret_store
from common import facts, hide, say
from transport import parsed


# Lines for the cluster's log: best effort, the journal and the console have them anyway.
def tell(*lines):
    try:
        logs.tell(facts()["logGroup"], lines)
    except Exception as error:
        say(f"log service: {error}")


# What of a secret anybody may read: names of places, and certificates.
PUBLIC = ("recordingsBucket", "recordingsEndpoint", "recordingsPermission", "databaseCa", "tlsPem", "tlsCa", "certificatePem")


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from () if key in PUBLIC else texts(each)


# From here on no line says its values, nor the passwords in its URLs.
def kept(text):
    known = parsed(text)
    for value in texts(known):
        hide(value)
        for password in re.findall(r"://[^/@]*?:([^/@]+)@", value):
            hide(urllib.parse.unquote(hide(password)))
    return known


# The machine's secret: a JSON object of texts, and of such objects.
def secret(name):
    return kept(secret_store.get(name))


# Puts another text into a secret that is there. Each store refuses a version that it has.
def store(name, text):
    kept(text)
    return secret_store.put(name, text, hashlib.sha256(text.encode()).hexdigest()[:32])
