# The one program that user data brings. It fetches the agent's archive by its digest, verifies it before it unpacks or
# runs anything, and keeps it, so that a later boot needs no bucket. The module `bucket` is its cloud's own.
import hashlib, json, os, random, signal, subprocess, time, urllib.request
import bucket

ROOT = os.environ.get("AMS_CLUSTER_ROOT", "")
LASTING = ROOT + "/var/lib/ams-cluster"
KEPT = LASTING + "/agent.json"
# The digest of the archive whose files and commands are all done.
DONE = LASTING + "/agent.done"
MAX_BYTES = 2**20
# For an answer as a whole; the time-out of a socket begins again with each byte.
ANSWER_SECONDS = 30


class Refuse(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


# Neither a proxy of the environment nor another place: the request holds the machine's credentials.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Refuse)


def log(state, **more):
    words = {"step": "agent", "state": state, **more}
    line = " ".join(f"{key}={json.dumps(value) if ' ' in str(value) else value}" for key, value in words.items())
    print("ams-cluster:", line, flush=True)
    os.makedirs(ROOT + "/run/ams-cluster", 0o700, exist_ok=True)
    with open(ROOT + "/run/ams-cluster/status", "w") as file:
        file.write(line + "\n")


def overdue(*_):
    raise TimeoutError(f"the response was not complete within {ANSWER_SECONDS} s")


def http(url, headers, method="GET"):
    signal.alarm(ANSWER_SECONDS)
    try:
        request = urllib.request.Request(url, headers=headers, method=method)
        with opener.open(request, timeout=10) as reply:
            data = reply.read(MAX_BYTES + 1)
    finally:
        signal.alarm(0)
    if len(data) > MAX_BYTES:
        raise RuntimeError(f"the response is longer than {MAX_BYTES} bytes")
    return data


def metadata(path):
    url = os.environ.get("AMS_METADATA_URL", bucket.METADATA) + "/latest/"
    token = http(url + "api/token", {bucket.TOKEN + "-ttl-seconds": "60"}, "PUT").decode()
    return http(url + path, {bucket.TOKEN: token}).decode()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


# Replaces a file whole; True if it was another one.
def write(path, data):
    if read(path) == data:
        return False
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "wb") as file:
        file.write(data)
    os.chmod(path + ".new", 0o644)
    os.replace(path + ".new", path)
    return True


def fetch(name, digest):
    host, path, headers = bucket.request(metadata, name, f"/agent/{digest}.json")
    data = http(os.environ.get("AMS_API_URL", "https://" + host) + path, headers)
    if sha256(data) != digest:
        raise RuntimeError(f"{host}{path} has the SHA-256 {sha256(data)}: rejected")
    write(KEPT, data)
    return data


# A bucket that is away is waited for, as is a role whose rights are not there yet.
def archive(name, digest):
    kept = read(KEPT)
    pause = 1
    while sha256(kept) != digest:
        try:
            kept = fetch(name, digest)
        except Exception as error:
            pause = min(pause * 2, 20)
            seconds = round(pause * random.uniform(0.7, 1), 1)
            log("failed", retrySeconds=seconds, reason=f"{type(error).__name__}: {error}".replace("\n", " "))
            time.sleep(seconds)
    return json.loads(kept.decode())


def main():
    signal.signal(signal.SIGALRM, overdue)
    agent = json.loads(read(ROOT + "/etc/ams-cluster/facts.json").decode())["agent"]
    log("begin")
    parts = archive(agent["bucket"], agent["digest"])
    changed = [write(ROOT + path, "".join(line + "\n" for line in lines).encode()) for path, lines in parts["files"].items()]
    if any(changed) or read(DONE) != agent["digest"].encode():
        # All of it is on the disk before anything of it is enabled.
        os.sync()
        for command in parts["commands"]:
            subprocess.run(command, check=True)
        write(DONE, agent["digest"].encode())
    log("ok", digest=agent["digest"])


if __name__ == "__main__":
    main()
