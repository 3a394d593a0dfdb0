# The files of the stand-in: what its faults are, and Java's properties as java.util.Properties loads and stores them. It is
# written from that class's documentation and shares no line with the machines' own reader.
import os, re, time

ROOT = os.environ["AMS_CLUSTER_ROOT"]
AMS = ROOT + "/usr/local/antmedia"
SERVER = AMS + "/conf/red5.properties"


# The text of a file in the directory `faults`, or None: each changes one behaviour.
def fault(name):
    try:
        with open(f"{AMS}/faults/{name}") as file:
            return file.read()
    except OSError:
        return None


def event(text):
    with open(os.environ["AMS_TEST_EVENTS"], "a") as file:
        file.write(f"ams {text}\n")


def web(app):
    return f"{AMS}/webapps/{app}/WEB-INF/red5-web.properties"


def unescape(text):
    known = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
    one = lambda found: chr(int(found[1][1:], 16)) if len(found[1]) > 1 else known.get(found[1], found[1])
    return re.sub(r"\\(u[0-9a-fA-F]{4}|.)", one, text, flags=re.S)


def load(path):
    with open(path, encoding="latin-1", newline="") as file:
        lines = re.split(r"\r\n|\r|\n", file.read())
    found, held = {}, ""
    for line in lines:
        line = line.lstrip(" \t\f")
        if not held and line[:1] in ("", "#", "!"):
            continue
        whole = held + line
        if len(re.search(r"\\*$", whole)[0]) % 2:
            held = whole[:-1]
            continue
        held = ""
        key, value = re.match(r"((?:\\.|[^\\=: \t\f])*)[ \t\f]*[=:]?[ \t\f]*(.*)$", whole, re.S).groups()
        found[unescape(key)] = unescape(value)
    return found


def escape(text, spaces):
    signs = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\f": "\\f", **{sign: "\\" + sign for sign in "\\=:#!"}}
    one = lambda sign: signs.get(sign) or (sign if " " <= sign <= "~" else f"\\u{ord(sign):04X}")
    whole = "".join(one(sign) for sign in text)
    return whole.replace(" ", "\\ ") if spaces else re.sub("^ ", r"\\ ", whole)


# Sorted, under a comment with the date: each start in a cluster writes an application's file so.
def store(path, values):
    lines = [time.strftime("#%a %b %d %H:%M:%S UTC %Y", time.gmtime())]
    lines += [f"{escape(key, True)}={escape(values[key], False)}" for key in sorted(values)]
    with open(path, "w", encoding="latin-1") as file:
        file.write("\n".join(lines) + "\n")
