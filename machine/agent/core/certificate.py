# A certificate with its key in one file, as proxies and TURN servers have it, and what the proxies share of it.
import os, ssl
import cloud
from common import command, read, write


# Takes a pair over; True if it is another one than before. A pair that doesn't fit is refused, and the old one goes on.
def install(path, pair, mode=0o600, owner=None):
    text = pair["certificatePem"].strip() + "\n" + pair["certificateKey"].strip() + "\n"
    if text == read(path):
        return False
    write(path + ".new-pair", text)
    load(path + ".new-pair")
    os.remove(path + ".new-pair")
    return write(path, text, mode, owner)


def load(path):
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(path)


# Whether listeners can start with what is there; a power failure leaves an empty file, or half of one.
def usable(path):
    try:
        load(path)
        return True
    except OSError:
        return False


# Serves until the authority has given one: listeners need some certificate.
def self_signed(path, names):
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", path + ".key")
    subject = ("-subj", "/CN=" + names[0], "-addext", "subjectAltName=" + ",".join("DNS:" + name for name in names))
    command("openssl", "req", "-x509", *key, "-days", "365", *subject, "-out", path + ".crt")
    pair = {"certificatePem": read(path + ".crt"), "certificateKey": read(path + ".key")}
    for name in (path + ".crt", path + ".key"):
        os.remove(name)
    return pair


# What the proxies share; None while nobody has put anything there.
def stored(name):
    try:
        pair = cloud.secret(name)
    except RuntimeError as error:
        # AWS, Alibaba's OOS and its KMS.
        if any(word in str(error) for word in ("ResourceNotFound", "EntityNotExists")):
            return None
        raise
    return pair if pair.get("certificateKey") else None
