# Makes this machine a member of the database: volume, packages, configuration, replica set, users. Runs at each boot and
# every few minutes; each step may run again at any time.
import json, os, pwd
import cloud
import volume as data_volume
from common import ROOT, address, command, facts, flush, log, run, say, sinks, write
from mongodb import CONFIG, packages

KEY_FILE = ROOT + "/etc/ams-cluster/mongod.key"
TLS_FILES = {"certificateKeyFile": ROOT + "/etc/ams-cluster/mongod.pem", "CAFile": ROOT + "/etc/ams-cluster/mongod-ca.pem"}
HERE = os.path.dirname(os.path.abspath(__file__))


# Which member this machine is: all have one text, and each its fixed address.
def member(shared):
    own = address()
    if own not in shared["addresses"]:
        raise RuntimeError(f"{own} is not the address of a member; the members' addresses are {', '.join(shared['addresses'])}")
    shared["place"] = shared["addresses"].index(own)


def secret(shared):
    shared["secret"] = cloud.secret(shared["secretName"])


def volume(shared):
    data_volume.mount(shared)


# Authentication is on before the first start: the replica set and the first user are made from the machine itself,
# which MongoDB lets in while there is no user.
def configure(shared):
    user = pwd.getpwnam(os.environ.get("AMS_DATABASE_USER", "mongodb"))
    owner = (user.pw_uid, user.pw_gid)
    known = shared["secret"]
    tls = "tlsKey" in known
    # JSON is YAML. Media machines and members show no certificate of their own: they have a password and the key file.
    encryption = {"mode": "requireTLS", "allowConnectionsWithoutCertificates": True, **TLS_FILES}
    config = {
        "storage": {"dbPath": shared["dataPath"]},
        "systemLog": {
            "destination": "file",
            "logAppend": True,
            "logRotate": "reopen",
            "path": "/var/log/mongodb/mongod.log",
        },
        "net": {
            "port": int(shared["hosts"][0].split(":")[1]),
            "bindIp": f"127.0.0.1,{address()}",
            **({"tls": encryption} if tls else {}),
        },
        "security": {"authorization": "enabled", "keyFile": KEY_FILE},
        "replication": {"replSetName": shared["replicaSet"]},
    }
    changed = [
        write(KEY_FILE, known["keyFile"] + "\n", 0o400, owner),
        write(CONFIG, json.dumps(config, indent=1) + "\n", 0o644),
    ]
    if tls:
        texts = (known["tlsPem"].strip() + "\n" + known["tlsKey"].strip() + "\n", known["tlsCa"])
        changed += [write(file, text, 0o400, owner) for file, text in zip(TLS_FILES.values(), texts)]
    data = ROOT + shared["dataPath"]
    if os.stat(data).st_uid != user.pw_uid:
        # A new volume, or one of a machine whose packages gave the user another number.
        command("chown", "-R", f"{user.pw_uid}:{user.pw_gid}", data)
    command("systemctl", "enable", "mongod")
    command("systemctl", "restart" if any(changed) else "start", "mongod")


# The passwords go through the environment: a command line is there for everybody to read.
def converge(shared):
    known = shared["secret"]
    env = {
        "AMS_HOSTS": ",".join(shared["hosts"]),
        "AMS_PLACE": str(shared["place"]),
        **({"AMS_CA": TLS_FILES["CAFile"]} if "tlsKey" in known else {}),
        "AMS_REPLICA_SET": shared["replicaSet"],
        "AMS_USER": shared["appUser"],
        "AMS_ROOT_PASSWORD": known["rootPassword"],
        "AMS_APP_PASSWORD": known["appPassword"],
        "HOME": ROOT + "/run/ams-cluster",
    }
    say(command("mongosh", "--nodb", "--quiet", "--norc", HERE + "/converge.js", env=env, seconds=180).strip())


if __name__ == "__main__":
    sinks.append(cloud.tell)
    steps = (member, volume, secret, packages, configure, converge)
    # Every five minutes: the log service hears of it only after a start or a failure.
    if not run([(step.__name__, step) for step in steps], facts()):
        sinks.clear()
    log("database", "ready")
    flush()
