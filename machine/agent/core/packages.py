# Packages of the distribution, for what a machine of ours runs beside its own programs.
from common import command, system

QUIET = {"DEBIAN_FRONTEND": "noninteractive"}
WAIT = ("-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3")


def packages(shared):
    try:
        command("dpkg", "--verify", *shared["packages"])
    except RuntimeError:
        system("apt-get", *WAIT, "update", env=QUIET)
        system("apt-get", *WAIT, "install", "--yes", "--no-install-recommends", *shared["packages"], env=QUIET)
        # An upgrade would restart the server under everybody; a new machine has the newest.
        system("apt-mark", "hold", *shared["packages"])
