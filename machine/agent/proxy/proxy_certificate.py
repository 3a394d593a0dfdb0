# The certificate of the proxies: given in the secret, or got from the authority by the first of them and shared through
# a secret that all of them read.
import json, os, re, sys, time
import certificate, cloud, proxy_nodes
from common import ROOT, address, command, log, read, write

PEM = ROOT + "/etc/ams-cluster/tls.pem"
HOME = ROOT + "/var/lib/ams-cluster/certbot"
# Let's Encrypt lets five attempts an hour fail: the pause doubles from here.
attempts = {"pauseSeconds": 120, "next": 0}
# certbot asks the authority itself, whatever proxy the environment names.
DIRECT = {"NO_PROXY": "*", "no_proxy": "*"}


def until():
    return command("openssl", "x509", "-noout", "-enddate", "-in", PEM).strip().split("=")[-1]


# Whether the proxy has signed it itself.
def is_own():
    said = command("openssl", "x509", "-noout", "-subject", "-issuer", "-in", PEM).strip().split("\n")
    return len({line.split("=", 1)[1] for line in said}) == 1


def names(shared):
    return shared.get("names", [shared["domain"]])


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


def through_http(shared):
    return ("--standalone", "--http-01-address", address(), "--http-01-port", str(shared["acmePort"])), {}


# What is left of an order that was broken off counts no more.
def through_dns(shared):
    path = HOME + "/challenges.json"
    write(path, "{}")
    hook = f"{sys.executable} {os.path.dirname(os.path.abspath(__file__))}/proxy_challenge.py"
    hooks = ("--manual-auth-hook", hook + " put", "--manual-cleanup-hook", hook + " remove")
    env = {"AMS_ZONE": shared["secret"]["hostedZoneId"], "AMS_CHALLENGES": path}
    return ("--manual", "--preferred-challenges", "dns", *hooks), env


# AMS_ACME_URL names another authority, in tests and for Let's Encrypt's staging. Old releases of certbot make RSA keys, with
# which the pair is too long for a parameter of Alibaba's OOS.
def obtain(shared):
    folders = [f"--{kind}-dir={HOME}/{kind}" for kind in ("config", "work", "logs")]
    place, env = (through_dns if shared.get("challenge") == "dns" else through_http)(shared)
    terms = ("--non-interactive", "--agree-tos", "--register-unsafely-without-email", "--force-renewal")
    server = ("--server", os.environ["AMS_ACME_URL"]) if "AMS_ACME_URL" in os.environ else ()
    hosts = [word for one in names(shared) for word in ("--domain", one)]
    name = ("--cert-name", "cluster", *hosts, "--key-type", "ecdsa")
    command("certbot", "certonly", *place, *terms, *server, *name, *folders, env={**DIRECT, **env})
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
    if shared["certificate"] == "uploaded":
        return certificate.install(PEM, shared["secret"])
    pair = renewed(shared, certificate.stored(shared["certificateName"]))
    return bool(pair) and certificate.install(PEM, pair)


# At a start, with whatever there is.
def first(shared):
    if shared["certificate"] == "uploaded":
        certificate.install(PEM, shared["secret"])
    if shared["certificate"] != "issued":
        return
    try:
        pair = certificate.stored(shared["certificateName"])
        if pair:
            certificate.install(PEM, pair)
    except Exception as error:
        log("certificate", "warning", reason=str(error).replace("\n", " "))
    if not certificate.usable(PEM):
        certificate.install(PEM, certificate.self_signed(PEM, names(shared)))
