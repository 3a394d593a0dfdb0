# The certificate of the proxies: given in the secret, or got from the authority by the first of them and shared through
# a secret that all of them read.
import json, os, re, ssl, time
import cloud, proxy_nodes
from common import ROOT, address, command, log, read, write

PEM = ROOT + "/etc/ams-cluster/tls.pem"
HOME = ROOT + "/var/lib/ams-cluster/certbot"
# Let's Encrypt lets five attempts an hour fail: the pause doubles from here.
attempts = {"pauseSeconds": 120, "next": 0}
# certbot asks the authority itself, whatever proxy the environment names.
DIRECT = {"NO_PROXY": "*", "no_proxy": "*"}


# Takes a certificate and its key over; True if they are others than before. A pair that doesn't fit is refused, and the
# old one goes on.
def install(pem, key):
    text = pem.strip() + "\n" + key.strip() + "\n"
    if text == read(PEM):
        return False
    write(PEM + ".new-pair", text)
    load(PEM + ".new-pair")
    os.remove(PEM + ".new-pair")
    return write(PEM, text)


def load(path):
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(path)


# Whether listeners can start with what is there; a power failure leaves an empty file, or half of one.
def usable():
    try:
        load(PEM)
        return True
    except OSError:
        return False


def until():
    return command("openssl", "x509", "-noout", "-enddate", "-in", PEM).strip().split("=")[-1]


def names(shared):
    return [shared["domain"], *shared.get("names", [])]


# Serves until the authority has given one: listeners need some certificate.
def self_signed(shared):
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", PEM + ".key")
    alternatives = ",".join("DNS:" + name for name in names(shared))
    subject = ("-subj", "/CN=" + shared["domain"], "-addext", "subjectAltName=" + alternatives)
    command("openssl", "req", "-x509", *key, "-days", "365", *subject, "-out", PEM + ".crt")
    install(read(PEM + ".crt"), read(PEM + ".key"))
    for name in (PEM + ".crt", PEM + ".key"):
        os.remove(name)


# What the proxies share; None while nobody has put anything there.
def stored(shared):
    try:
        pair = cloud.secret(shared["certificateName"])
    except RuntimeError as error:
        # AWS, Alibaba's OOS and its KMS.
        if any(word in str(error) for word in ("ResourceNotFound", "EntityNotExists")):
            return None
        raise
    return pair if pair.get("certificateKey") else None


# Whether a certificate is good for that long, and for each name that proxies serve now.
def lasts(shared, pem, days):
    write(PEM + ".stored", pem)
    try:
        command("openssl", "x509", "-noout", "-checkend", str(days * 86400), "-in", PEM + ".stored")
        said = command("openssl", "x509", "-noout", "-ext", "subjectAltName", "-in", PEM + ".stored")
        return set(names(shared)) <= set(re.findall(r"DNS:([^,\s]+)", said))
    except RuntimeError:
        return False
    finally:
        os.remove(PEM + ".stored")


# AMS_ACME_URL names another authority, in tests and for Let's Encrypt's staging. Old releases of certbot make RSA keys, with
# which the pair is too long for a parameter of Alibaba's OOS.
def obtain(shared):
    folders = [f"--{kind}-dir={HOME}/{kind}" for kind in ("config", "work", "logs")]
    place = ("--standalone", "--http-01-address", address(), "--http-01-port", str(shared["acmePort"]))
    terms = ("--non-interactive", "--agree-tos", "--register-unsafely-without-email", "--force-renewal")
    server = ("--server", os.environ["AMS_ACME_URL"]) if "AMS_ACME_URL" in os.environ else ()
    hosts = [word for one in names(shared) for word in ("--domain", one)]
    name = ("--cert-name", "cluster", *hosts, "--key-type", "ecdsa")
    command("certbot", "certonly", *place, *terms, *server, *name, *folders, env=DIRECT)
    live = HOME + "/config/live/cluster/"
    return {"certificatePem": read(live + "fullchain.pem"), "certificateKey": read(live + "privkey.pem")}


# The first proxy renews; if it is replaced, the next one takes over with what is in the store. What the store refuses is
# put there again the next time: the authority gives few certificates of one name.
def renewed(shared, pair):
    if proxy_nodes.leader(shared) != address() or (pair and lasts(shared, pair["certificatePem"], shared["renewDays"])):
        return pair
    if "pair" not in attempts:
        if time.monotonic() < attempts["next"]:
            return pair
        attempts["next"] = time.monotonic() + attempts["pauseSeconds"]
        attempts["pauseSeconds"] = min(2 * attempts["pauseSeconds"], 3600)
        attempts["pair"] = obtain(shared)
    cloud.store(shared["certificateName"], json.dumps(attempts["pair"]))
    pair = attempts.pop("pair")
    attempts["pauseSeconds"] = 120
    log("certificate", "renewed", domain=shared["domain"])
    return pair


def changed(shared):
    if shared["certificate"] == "none":
        return False
    pair = shared["secret"] if shared["certificate"] == "uploaded" else renewed(shared, stored(shared))
    return bool(pair) and install(pair["certificatePem"], pair["certificateKey"])


# At a start, with whatever there is.
def first(shared):
    if shared["certificate"] == "uploaded":
        install(shared["secret"]["certificatePem"], shared["secret"]["certificateKey"])
    if shared["certificate"] != "issued":
        return
    try:
        pair = stored(shared)
        if pair:
            install(pair["certificatePem"], pair["certificateKey"])
    except Exception as error:
        log("certificate", "warning", reason=str(error).replace("\n", " "))
    if not usable():
        self_signed(shared)
