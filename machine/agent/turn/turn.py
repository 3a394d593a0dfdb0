# Makes this machine a TURN server of the cluster, then follows the credentials and the certificate. A coturn that runs needs
# none of this to go on as it is.
import hashlib, pwd, sqlite3, time
import certificate, cloud, turn_health
from common import ROOT, STATE, address, command, facts, log, read, run, sinks, told, write
from packages import packages

RULES = ROOT + "/etc/ams-cluster/turn.nft"
# coturn's unit starts once this is there (coturn-unit.cfg).
APPLIED = STATE + "/turn.nft"
TEMPLATE = ROOT + "/etc/ams-cluster/turnserver.conf"
CONFIG = ROOT + "/etc/turnserver.conf"
USERS = ROOT + "/var/lib/turn/turndb"
PEM = ROOT + "/etc/ams-cluster/turn.pem"


# Once a boot: rules that are made anew have forgotten who holds how many allocations.
def guard(_):
    if read(APPLIED) != read(RULES):
        command("nft", "-f", RULES)
        write(APPLIED, read(RULES))


def secret(shared):
    shared["secret"] = cloud.secret(shared["secretName"])


# RFC 8489's key of a long-term credential. coturn asks its database for each request, so that nothing is restarted; True if
# one was another.
def users(shared):
    key = lambda name, word: hashlib.md5(f"{name}:{shared['realm']}:{word}".encode()).hexdigest()
    wanted = {(shared["realm"], name, key(name, word)) for name, word in shared["secret"]["users"].items()}
    with sqlite3.connect(USERS, timeout=10) as database:
        known = set(database.execute("SELECT realm, name, hmackey FROM turnusers_lt"))
        database.executemany("DELETE FROM turnusers_lt WHERE realm = ? AND name = ? AND hmackey = ?", known - wanted)
        database.executemany("INSERT INTO turnusers_lt (realm, name, hmackey) VALUES (?, ?, ?)", wanted - known)
    return known != wanted


# True if the pair is another one: the secret's, or the one that the proxies get and share. Before they have it, coturn shows one
# that no client trusts, since it begins with TLS or never has it.
def tls(shared):
    if not shared["tls"]:
        return False
    pair = certificate.stored(shared["certificateName"]) if "certificateName" in shared else shared["secret"]
    if not pair and certificate.usable(PEM):
        return False
    return certificate.install(PEM, pair or certificate.self_signed(PEM, [shared["realm"]]), 0o640, owner())


def owner():
    user = pwd.getpwnam("turnserver")
    return user.pw_uid, user.pw_gid


def start(shared):
    changed = write(CONFIG, read(TEMPLATE).replace("@ADDRESS@", shared["address"]), 0o640, owner())
    command("systemctl", "enable", "coturn")
    command("systemctl", "restart" if changed else "start", "coturn")
    write(STATE + "/attempt", "0")


# What the secret store can't say just now stays as it was.
def follow(shared):
    secret(shared)
    if users(shared):
        log("users", "changed", users=",".join(sorted(shared["secret"]["users"])))
    if tls(shared):
        # Connections that are open keep the certificate that they began with.
        command("systemctl", "kill", "--signal=USR2", "coturn")
        log("certificate", "changed")


def watch(shared):
    turn_health.serve(shared["address"], shared["health"]["port"], shared["port"])
    log("turn", "ready")
    while True:
        time.sleep(shared["pollSeconds"])
        try:
            follow(shared)
        except Exception as error:
            log("follow", "failed", reason=told(error))


if __name__ == "__main__":
    sinks.append(cloud.tell)
    steps = (packages, guard, secret, users, tls, start, watch)
    run([(step.__name__, step) for step in steps], {**facts(), "address": address()})
