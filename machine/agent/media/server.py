# The Ant Media Server on this machine: its image, its files, what its Java trusts. Nothing here talks to the network.
import glob, hmac, ipaddress, os, re, shutil, time
import api, service
from common import ROOT, STATE, command, read, settle, system, write
from properties import assign, properties

AMS = ROOT + "/usr/local/antmedia"
SERVER = AMS + "/conf/red5.properties"
CONTAINER = AMS + "/conf/jee-container.xml"
LOG = AMS + "/log/ant-media-server.log"
ETC = ROOT + "/etc/ams-cluster"


# An image keeps the licence server's id of the machine that it was made on (the vendor's self-hosted guide: delete it).
def image(_):
    if not os.path.isdir(AMS + "/conf"):
        raise RuntimeError("the image contains no Ant Media Server")
    machine = read(ROOT + "/var/lib/cloud/data/instance-id")
    if read(ROOT + "/var/lib/ams-cluster/instance-id") != machine:
        if os.path.exists(AMS + "/conf/instanceId"):
            os.remove(AMS + "/conf/instanceId")
        write(ROOT + "/var/lib/ams-cluster/instance-id", machine or "")
    # The vendor's init.sh would make an administrator of its own.
    open(AMS + "/conf/initialized", "a").close()


# A machine that has an NVIDIA card (PCI vendor 10de) without a driver would encode on its processor, slowly and quietly.
def gpu(_):
    vendors = [read(file).strip() for file in glob.glob(ROOT + "/sys/bus/pci/devices/*/vendor")]
    if "0x10de" in vendors:
        if not shutil.which("nvidia-smi"):
            raise RuntimeError("the image has no nvidia-smi: use a GPU image")
        # The devices are not there for this unit.
        system("nvidia-smi", seconds=60)


def applications():
    return glob.glob(AMS + "/webapps/*/WEB-INF/red5-web.properties")


# change_server_mode.sh switches expanded applications only; a fresh installation expands them at its first start, which is
# none that counts: its files are made after it.
def expand(shared):
    packed = [war for war in glob.glob(AMS + "/webapps/*.war") if not os.path.isdir(war[:-4] + "/WEB-INF")]
    if packed:
        write(STATE + "/expanding", "")
        command("systemctl", "start", "antmedia")
        wait(lambda: all(os.path.isdir(war[:-4] + "/WEB-INF") for war in packed), shared, "applications to unpack")
        service.stop()
    service.remove("expanding", "starting")


def settings(shared):
    known = shared["secret"]
    wanted = {
        **shared["properties"],
        "server.jwtServerControlEnabled": "true",
        "server.jwtServerSecretKey": known["jwtKey"],
        **({"server.licence_key": known["licenceKey"]} if "licenceKey" in known else {}),
    }
    assign(SERVER, wanted)
    for file in applications():
        assign(file, own(shared, file))
    forwarded(shared["balancers"])
    write(ETC + "/ams.env", f"AMS_HOST_ADDRESS={shared['address']}\n{trust(known.get('databaseCa'))}")


# What the cluster says of one application's settings.
def own(shared, file):
    known = shared["secret"]
    # Each node would make its own random key, and the first to reach an empty database would store it without a lock
    # (AntMediaApplicationAdapter.appStart): the same key in every file leaves nothing to race for.
    key = {"clusterCommunicationKey": known["clusterKey"]}
    return {**shared["applicationProperties"], **turn(known), **key, **recordings(known), **subscribers(file, known)}


# The credential of the TURN servers, whose address is among the properties.
def turn(known):
    return {"turnServerUsername": known["turnUser"], "turnServerCredential": known["turnPassword"]} if "turnUser" in known else {}


# AMS's other random key, of push notifications' tokens, which nodes could disagree about as well. A file that has one is
# left alone: AMS writes there what the database or the panel says.
def subscribers(file, known):
    name = "subscriberAuthenticationKey"
    if name in properties(file):
        return {}
    return {name: hmac.new(known["clusterKey"].encode(), name.encode(), "sha256").hexdigest()[:32]}


# Where recordings go: AppSettings.java reads bare names alone since 3.0.0. Which streams are recorded is each application's own matter.
def recordings(known):
    if "recordingsBucket" not in known:
        return {}
    return {
        "s3RecordingEnabled": "true",
        "s3BucketName": known["recordingsBucket"],
        "s3RegionName": api.region(),
        "s3Endpoint": known.get("recordingsEndpoint", ""),
        "s3AccessKey": known["recordingsAccessKey"],
        "s3SecretKey": known["recordingsSecretKey"],
        "s3Permission": known["recordingsPermission"],
    }


# Addresses of a range as the regular expression that Tomcat's valve matches them with.
def pattern(cidr):
    network = ipaddress.ip_network(cidr)
    ends = zip(network[0].packed, network[-1].packed)
    octet = lambda low, high: r"\d{1,3}" if (low, high) == (0, 255) else "|".join(map(str, range(low, high + 1)))
    return r"\.".join(f"({octet(low, high)})" for low, high in ends)


# X-Forwarded-For counts only from the balancer; the valve's own default believes every private address. The bean stays
# as AMS ships it but for this property. Without the valve every client has the balancer's address, which AMS's address
# filter lets pass (IPFilterDashboard.java): such an image never joins.
def forwarded(cidrs):
    name = '<property name="internalProxies"'
    text = read(CONTAINER) or ""
    # What stands in a comment is no bean.
    shown = re.sub(r"<!--.*?-->", lambda found: " " * len(found[0]), text, flags=re.S)
    bean = re.search(r'<bean[^>]*"org\.apache\.catalina\.valves\.RemoteIpValve"[^>]*?(/>|>.*?</bean>)', shown, re.S)
    if not bean:
        reason = "conf/jee-container.xml has no RemoteIpValve: AMS would treat every client as the load balancer"
        raise RuntimeError(f"{reason}; use the vendor's image or restore the file")
    inner = "" if bean[1] == "/>" else re.sub(rf"\s*{name}[^>]*/>", "", bean[1][1 : -len("</bean>")])
    value = "|".join(map(pattern, cidrs))
    edited = f'{text[: bean.start(1)].rstrip()}>{inner}{name} value="{value}" /></bean>{text[bean.end() :]}'
    return write(CONTAINER, edited, os.stat(CONTAINER).st_mode & 0o777)


# Java has no option to add an authority, so a store of its own has those of the image's Java and the database's. Every
# JVM reads JAVA_TOOL_OPTIONS, whatever the vendor's unit starts it with.
def trust(authority):
    if authority is None:
        return ""
    store, known = ETC + "/truststore", ETC + "/database-ca.pem"
    if read(known) != authority or not os.path.exists(store):
        found = [shutil.which("keytool"), *sorted(glob.glob(ROOT + "/usr/lib/jvm/*/bin/keytool"))]
        tool = next((path for path in found if path), None)
        if tool is None:
            raise RuntimeError("the image has no keytool")
        cacerts = os.path.dirname(os.path.dirname(os.path.realpath(tool))) + "/lib/security/cacerts"
        new, part = store + ".new", ETC + "/part.pem"
        shutil.copyfile(cacerts, new)
        flags = ("-noprompt", "-storepass", "changeit", "-keystore", new)
        for index, text in enumerate(re.findall(r"-----BEGIN.+?-----END[^\n]+", authority, re.S)):
            write(part, text + "\n")
            command(tool, "-importcert", *flags, "-alias", f"ams-database-{index}", "-file", part)
        os.chmod(new, 0o644)
        settle(new)
        os.replace(new, store)
        write(known, authority)
    words = (f"trustStore={store}", "trustStorePassword=changeit")
    return f"JAVA_TOOL_OPTIONS={' '.join('-Djavax.net.ssl.' + word for word in words)}\n"


def wait(ready, shared, what):
    end = time.monotonic() + shared["joinSeconds"]
    while not ready():
        if time.monotonic() > end:
            raise RuntimeError(f"timeout of {shared['joinSeconds']} s for {what}: {shared.get('why', '')}")
        time.sleep(shared["pollSeconds"])
