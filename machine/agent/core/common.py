# What both roles share: facts, the log and status line, steps with retry and backoff, files.
# AMS_CLUSTER_ROOT goes before every path, so that a test or a rehearsal can run in a directory of its own.
import hashlib, html, json, os, random, socket, subprocess, sys, threading, time, traceback, urllib.parse

ROOT = os.environ.get("AMS_CLUSTER_ROOT", "")
STATE = ROOT + "/run/ams-cluster"
LASTING = ROOT + "/var/lib/ams-cluster"
# The drain agent's memory: when it began and how far it is.
DRAIN = LASTING + "/drain.json"
# Who else is told of what is more than a step's begin or end; a call each, on a thread that nobody waits for.
sinks = []
# The file of the last line; an agent beside the machine's main program has its own.
status = os.environ.get("AMS_STATUS", "status")


# Texts that no line of ours may hold, by the secret that they are forms of.
hidden = {}


# How others write a secret: in URLs, JSON, HTML and Java's properties, and as the MD5 that AMS's panel sends.
def forms(line):
    quote = urllib.parse.quote
    yield from (line, quote(line), quote(line, safe=""), urllib.parse.quote_plus(line), json.dumps(line)[1:-1])
    yield html.escape(line)
    yield "".join("\\" + letter if letter in "\\:=#!" else letter for letter in line)
    yield hashlib.md5(line.encode()).hexdigest()


# Takes a secret in, line by line, since an error may show one of them; in the place of its former value if it has a
# name. What is shorter than six letters would hide words.
def hide(text, name=None):
    lines = [line for line in text.splitlines() if len(line) > 5 and not line.startswith("-----")]
    hidden[name or text] = {form for line in lines for form in forms(line)}
    return text


# Before anything is cut: a half of a secret is no longer found. The longest first, as one may hold another.
def masked(text):
    for form in sorted({form for known in hidden.values() for form in known}, key=len, reverse=True):
        text = text.replace(form, "***")
    return text


# All that our programs print goes through here.
def say(text):
    print(masked(text), flush=True)


# What nobody caught, for systemd's journal.
def uncaught(kind, error, trace):
    sys.stderr.write(masked("".join(traceback.format_exception(kind, error, trace))))


sys.excepthook = uncaught


def facts():
    with open(ROOT + "/etc/ams-cluster/facts.json") as file:
        return json.load(file)


# Whether this machine leaves; not whether the one did whose image it was made from.
def draining():
    form = {"machine": str, "why": str, "began": (int, float), "until": (int, float), "gateAt": (int, float)}
    state = recall(DRAIN, None)
    known = isinstance(state, dict) and all(isinstance(state.get(key), kind) for key, kind in form.items())
    return state if known and state["machine"] == machine() else None


def machine():
    return read(ROOT + "/var/lib/cloud/data/instance-id") or ""


# One line a step, to the journal and the machine's console (the unit's StandardOutput), the last one in a file as well.
def log(step, state, **more):
    words = {"step": step, "state": state, **more}
    line = " ".join(f"{key}={json.dumps(value) if ' ' in str(value) else value}" for key, value in words.items())
    line = masked(line)
    say("ams-cluster: " + line)
    os.makedirs(STATE, 0o700, exist_ok=True)
    write(STATE + "/" + status, line + "\n")
    if state not in ("begin", "ok"):
        for sink in sinks:
            threading.Thread(target=sink, args=(line,), daemon=True).start()


# Gives the sinks their time before the process ends.
def flush():
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(15)


failures = {}
# The longest pause before the next attempt: machines start beside the database and its way out, not after them, and
# what comes up has to be found soon. Three calls of the secret store in a minute cost nobody anything.
MAX_PAUSE_SECONDS = 20


# An error as a line of the log has it.
def told(error):
    return f"{type(error).__name__}: {error}".replace("\n", " ")


# Seconds before the next attempt: they double with each one, and machines that fail together don't come back together.
def pause_after(attempt, seconds):
    return min(seconds * 2 ** min(attempt - 1, 10), MAX_PAUSE_SECONDS) * random.uniform(0.7, 1)


# One thing that may fail and is tried again: `instead` if it did, and one line of the log for each new failure.
def attempt(what, action, *words, instead=None):
    try:
        result = action(*words)
        failures.pop(what, None)
        return result
    except Exception as error:
        reason = told(error)
        if failures.get(what) != reason:
            failures[what] = reason
            log(what, "failed", reason=reason)
        return instead


# Runs steps in order; they share a dictionary. The first that fails ends the process after a pause that doubles with
# each attempt; systemd starts it again from the first step, without limit. True if the last run had failed or there was
# none since the machine's start.
def run(steps, shared):
    counter = STATE + "/attempt"
    for name, step in steps:
        log(name, "begin")
        begin = time.monotonic()
        try:
            step(shared)
        except Exception as error:
            tried = recall(counter, 0)
            attempt = (tried if type(tried) is int else 0) + 1
            write(counter, str(attempt))
            pause = pause_after(attempt, shared["retrySeconds"])
            log(name, "failed", attempt=attempt, retrySeconds=round(pause, 1), reason=told(error))
            time.sleep(pause)
            sys.exit(1)
        log(name, "ok", seconds=round(time.monotonic() - begin, 1))
    return write(counter, "0")


# The primary interface's: the source of a route to anywhere; nothing is sent.
def address():
    if "AMS_ADDRESS" in os.environ:
        return os.environ["AMS_ADDRESS"]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        return probe.getsockname()[0]


def command(*words, text=None, env=None, seconds=900):
    done = subprocess.run(
        words,
        input=text or "",
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        timeout=seconds,
    )
    if done.returncode:
        output = masked(done.stdout.strip())[-400:]
        raise RuntimeError(f"{os.path.basename(words[0])} ended with {done.returncode}: {output}")
    return done.stdout


# The same outside of this unit's sandbox: a unit of its own, which the service manager starts, for what changes the whole
# machine: packages, mounts.
def system(*words, env=None, seconds=900):
    given = [f"--setenv={key}={value}" for key, value in (env or {}).items()]
    return command("systemd-run", "--quiet", "--wait", "--collect", "--pipe", *given, *words, seconds=seconds)


def read(path):
    try:
        # Java's properties are Latin-1, which reads and writes any byte.
        with open(path, encoding="latin-1") as file:
            return file.read()
    except FileNotFoundError:
        return None


# A state as JSON. A file that a power failure left empty, in half or full of NUL bytes is none.
def recall(path, default):
    try:
        return json.loads(read(path) or "")
    except ValueError:
        return default


# The disk has what was written before it has the name. /run has no disk.
def settle(path):
    if not path.startswith(STATE):
        place = os.open(path, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


# Replaces a file whole, under its old owner; True if its text changed.
def write(path, text, mode=0o600, owner=None):
    same = read(path) == text
    if not same:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if owner is None and os.path.exists(path):
            owner = (os.stat(path).st_uid, os.stat(path).st_gid)
        with open(path + ".new", "w", encoding="latin-1", opener=lambda p, f: os.open(p, f, 0o600)) as file:
            file.write(text)
        if owner:
            os.chown(path + ".new", *owner)
        settle(path + ".new")
        os.replace(path + ".new", path)
        settle(os.path.dirname(path))
    os.chmod(path, mode)
    return not same
