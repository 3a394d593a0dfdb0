# Runs the operator's script at each boot before the machine's own services, in a unit of its own outside of any sandbox, and
# again until it succeeds. It never ends without that: systemd would start what waits behind it.
import os, time
import cloud
from common import ROOT, STATE, facts, flush, log, pause_after, say, sinks, system, write

# /run is empty after a boot.
DONE = STATE + "/setup"


def once(script, seconds, environment):
    begin = time.monotonic()
    try:
        # Its children end with it.
        return system(f"--property=RuntimeMaxSec={seconds}", script, env=environment, seconds=seconds + 60)
    except Exception as error:
        late = f"it took longer than {seconds} s; " if time.monotonic() - begin >= seconds else ""
        raise RuntimeError(f"{late}{error}")


# The script may ask the internet, to which a machine of a pool has no way before it has its address.
def connected(known):
    if "addressPool" in known:
        import public_address

        public_address.public_address(known)


def main():
    sinks.append(cloud.tell)
    known = facts()
    setup = known["setup"]
    attempt = 0
    while not os.path.exists(DONE):
        log("setup", "begin")
        begin = time.monotonic()
        try:
            connected(known)
            say(once(ROOT + setup["script"], setup["seconds"], setup["environment"]).strip())
        except Exception as error:
            attempt += 1
            pause = pause_after(attempt, known["retrySeconds"])
            reason = str(error).replace("\n", " ")
            log("setup", "failed", attempt=attempt, retrySeconds=round(pause, 1), reason=reason)
            time.sleep(pause)
            continue
        write(DONE, "")
        log("setup", "ok", seconds=round(time.monotonic() - begin, 1))
    flush()


if __name__ == "__main__":
    main()
