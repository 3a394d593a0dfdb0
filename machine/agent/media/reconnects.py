# Asks publishers of a node that has to go by a deadline to reconnect before it, a few at a time: all at once they would
# meet the other origins together, whose AMS refuses clients while the first of them take its CPU. To be asked is to lose the
# connection: AMS has no other word for it. It ends one publisher's session and leaves the others alone
# (BroadcastRestService.stopStreamingV2, AntMediaApplicationAdapter.stopStreaming). Viewers are not asked. AMS 3.0 has taken
# away what ended one of them (BroadcastRestService.stopPlaying). blockSubscriber, which is left, wants a subscriber id, which
# viewers need not have, locks that subscriber out, and ends its playback in closed source (stopPlayingBySubscriberId).
import json, math, time, urllib.parse
import lifecycle, rest
from common import attempt, log
from server import applications

# Of the time to leave, and of that no more than its tenth: before, AMS keeps every stream.
LAST_SECONDS = 60


def names():
    return sorted({path.split("/")[-3] for path in applications()} - {"root"})


# What a request may take: AMS may be slow to answer, and the deadline is the machine's.
def seconds(state):
    return min(10, state["until"] - time.time())


# The streams that this AMS takes in, whatever their protocol; what it pulls by itself has no publisher.
def published(shared, state, name):
    key, found = shared["secret"]["clusterKey"], []
    while True:
        page = json.loads(rest.application(name, f"broadcasts/list/{len(found)}/50", key, seconds=seconds(state)))
        if not page:
            break
        found += page
    live = [one for one in found if one.get("status") == "broadcasting" and one.get("type") == "liveStream"]
    # AMS spells it so (Broadcast.java).
    return [(name, one["streamId"]) for one in live if one.get("originAdress") == shared["address"]]


# An application that does not answer keeps nobody in the others from being asked.
def waiting(shared, state, asked):
    found = [attempt(f"publishers of {name}", published, shared, state, name, instead=[]) for name in names()]
    return [one for streams in found for one in streams if one not in asked]


def end(shared, state, name, stream):
    place = f"broadcasts/{urllib.parse.quote(stream, safe='')}/stop"
    answer = rest.application(name, place, shared["secret"]["clusterKey"], "POST", seconds(state))
    return json.loads(answer).get("success")


# One that AMS does not end is not asked again.
def ask(shared, state, now):
    left = state["until"] - now
    if state.get("endless") or left > min(LAST_SECONDS, (state["until"] - state["began"]) / 10):
        return
    asked = shared.setdefault("asked", set())
    streams = waiting(shared, state, asked)
    if not streams or not lifecycle.others_serve():
        return
    # As far apart as this was asked last, so that the last of them have their turn too.
    pause = max(shared["drain"]["pollSeconds"], now - shared.get("askedAt", now))
    group = streams[: math.ceil(len(streams) / max(left // pause - 1, 1))]
    shared["askedAt"] = now
    ended = 0
    for one in group:
        if seconds(state) <= 0:
            break
        asked.add(one)
        ended += bool(attempt("reconnect", end, shared, state, *one))
    log("drain", "asks", publishers=ended, of=len(streams), seconds=round(left))
