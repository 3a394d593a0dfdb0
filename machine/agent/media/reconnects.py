# Asks publishers of a node that has to go by a deadline to reconnect before it, a few at a time: all at once they would
# meet the other origins together, whose AMS refuses clients while the first of them take its CPU. To be asked is to lose the
# connection: AMS has no other word for it. It ends one publisher's session and leaves the others alone
# (BroadcastRestService.stopStreamingV2, AntMediaApplicationAdapter.stopStreaming). Viewers are not asked. AMS 3.0 has taken
# away what ended one of them (BroadcastRestService.stopPlaying). blockSubscriber, which is left, wants a subscriber id, which
# viewers need not have, locks that subscriber out, and ends its playback in closed source (stopPlayingBySubscriberId).
import json, math, urllib.parse
import lifecycle, rest
from common import attempt, log
from server import applications

# Of the time to leave, and of that no more than its tenth: before, AMS keeps every stream.
LAST_SECONDS = 60


def names():
    return sorted({path.split("/")[-3] for path in applications()} - {"root"})


# The streams that this AMS takes in, whatever their protocol; what it pulls by itself has no publisher.
def published(shared, name):
    key, found = shared["secret"]["clusterKey"], []
    while True:
        page = json.loads(rest.application(name, f"broadcasts/list/{len(found)}/50", key))
        if not page:
            break
        found += page
    live = [one for one in found if one.get("status") == "broadcasting" and one.get("type") == "liveStream"]
    # AMS spells it so (Broadcast.java).
    return [(name, one["streamId"]) for one in live if one.get("originAdress") == shared["address"]]


def end(shared, name, stream):
    place = f"broadcasts/{urllib.parse.quote(stream, safe='')}/stop"
    answer = rest.application(name, place, shared["secret"]["clusterKey"], "POST")
    return json.loads(answer).get("success")


# One that AMS does not end is not asked again.
def ask(shared, state, now):
    left = state["until"] - now
    if state.get("endless") or left > min(LAST_SECONDS, (state["until"] - state["began"]) / 10):
        return
    asked = shared.setdefault("asked", set())
    streams = [one for name in names() for one in published(shared, name) if one not in asked]
    if not streams or not lifecycle.others_serve():
        return
    # As far apart as this was asked last, so that the last of them have their turn too.
    pause = max(shared["drain"]["pollSeconds"], now - shared.get("askedAt", now))
    group = streams[: math.ceil(len(streams) / max(left // pause - 1, 1))]
    shared["askedAt"] = now
    asked.update(group)
    ended = [one for one in group if attempt("reconnect", end, shared, *one)]
    log("drain", "asks", publishers=len(ended), of=len(streams), seconds=round(left))
