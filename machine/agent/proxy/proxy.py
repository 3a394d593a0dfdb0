# Makes this machine a proxy of the cluster, then follows the cluster: nodes that come and go, the certificate, the
# password, the CDN's key. The running HAProxy or Nginx needs none of this to go on as it is.
import importlib, threading, time
import cloud, proxy_certificate, proxy_nodes
from common import STATE, facts, log, run, sinks, told, write
from packages import packages

# One change of the proxy at a time.
lock = threading.Lock()


def secret(shared):
    shared["secret"] = cloud.secret(shared["secretName"])


def certificate(shared):
    proxy_certificate.first(shared)


def nodes(shared):
    proxy_nodes.first(shared)


def start(shared):
    shared["proxy"].start(shared)
    write(STATE + "/attempt", "0")


def repeat(work, shared, seconds):
    def loop():
        while True:
            pause = shared[seconds]
            try:
                pause = work(shared) or pause
            except Exception as error:
                log(work.__name__, "failed", reason=told(error))
            time.sleep(pause)

    threading.Thread(target=loop, daemon=True).start()


# What the cloud can't say just now stays as it was.
def follow_nodes(shared):
    seconds = proxy_nodes.refresh(shared)
    with lock:
        shared["proxy"].apply(shared)
    return seconds


def follow_certificate(shared):
    before = shared["secret"]
    secret(shared)
    if any(before.get(key) != shared["secret"].get(key) for key in ("statsPassword", "cdnKey")):
        with lock:
            shared["proxy"].start(shared)
    if proxy_certificate.changed(shared):
        with lock:
            shared["proxy"].certify(shared)
        log("certificate", "changed", until=proxy_certificate.until())


def watch(shared):
    repeat(follow_certificate, shared, "certificateSeconds")
    repeat(shared["proxy"].follow_health, shared, "healthSeconds")
    log("proxy", "ready")
    while True:
        begin = time.monotonic()
        try:
            seconds = follow_nodes(shared)
        except Exception as error:
            seconds = shared["pollSeconds"]
            log("nodes", "failed", reason=told(error))
        time.sleep(max(0.1, seconds - (time.monotonic() - begin)))


if __name__ == "__main__":
    sinks.append(cloud.tell)
    known = facts()
    known["proxy"] = importlib.import_module("proxy_" + known["kind"])
    known["lock"] = lock
    steps = (packages, secret, certificate, nodes, start, watch)
    run([(step.__name__, step) for step in steps], known)
