# unit.py UNIT DROP-IN: becomes the program of a unit's ExecStart, as systemd would start it, as far as the vendor's unit
# asks for it: environment, working directory, user, variables, and %% for a per cent. What it prints goes where ours does.
import os, pwd, re, shutil, sys

ROOT = os.environ["AMS_CLUSTER_ROOT"]


def read(path):
    try:
        with open(path) as file:
            return file.read().splitlines()
    except FileNotFoundError:
        return []


lines = read(sys.argv[1]) + read(sys.argv[2])
of = lambda key: [line.partition("=")[2] for line in lines if line.startswith(key + "=")]
files = [row for path in of("EnvironmentFile") for row in read(ROOT + path.lstrip("-"))]
env = {**os.environ, **dict(row.split("=", 1) for row in of("Environment") + files if "=" in row)}
# The unit names the Java of one distribution.
if "JAVA_HOME" in env and not os.path.exists(env["JAVA_HOME"]):
    env["JAVA_HOME"] = os.path.dirname(os.path.dirname(os.path.realpath(shutil.which("java") or "/java/bin/java")))
known = lambda found: env.get(found[1] or found[2], "")
whole = lambda word: re.sub(r"\$\{(\w+)\}|\$(\w+)", known, word).replace("%%", "%")
# Variables without braces are split into words.
words = [part for word in of("ExecStart")[-1].split() for part in (whole(word).split() if word[0] == "$" else [whole(word)])]
for folder in of("WorkingDirectory"):
    os.chdir(folder)
for name in of("User"):
    if name in {user.pw_name for user in pwd.getpwall()}:
        user = pwd.getpwnam(name)
        os.initgroups(name, user.pw_gid)
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
os.execvpe(words[0], words, env)
