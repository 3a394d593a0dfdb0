# Settings of an application of the stand-in, as AppSettings.java has them: some of its fields under their names in REST, with
# their types and defaults. test/ams/app-settings.test.ts holds them against the class itself.
import json, random, string

DEFAULTS = {
    "hlsMuxingEnabled": True,
    "mp4MuxingEnabled": False,
    "dashMuxingEnabled": False,
    "lLHLSEnabled": False,
    "encoderSettingsString": "",
    "hlsTime": "2",
    "hlsListSize": "15",
    "deleteHLSFilesOnEnded": True,
    "listenerHookURL": "",
    "acceptOnlyStreamsInDataStore": False,
    "publishTokenControlEnabled": False,
    "playTokenControlEnabled": False,
    "enableTimeTokenForPlay": False,
    "timeTokenSecretForPlay": None,
    "enableTimeTokenForPublish": False,
    "hashControlPublishEnabled": False,
    "hashControlPlayEnabled": False,
    "publishJwtControlEnabled": False,
    "playJwtControlEnabled": False,
    "jwtStreamSecretKey": "",
    "ingestingStreamLimit": -1,
    "webRTCViewerLimit": -1,
    "maxResolutionAccept": 0,
    "s3RecordingEnabled": False,
    "s3BucketName": "",
    "s3RegionName": "",
    "s3Endpoint": "",
    "s3AccessKey": "",
    "s3SecretKey": "",
    "s3Permission": "public-read",
    "s3StreamsFolderPath": "streams",
    "stunServerURI": "stun:stun1.l.google.com:19302",
    "remoteAllowedCIDR": "127.0.0.1",
    "jwtControlEnabled": False,
    "webRTCPortRangeMin": 50000,
    "abrUpScalePacketLostRatio": 0.1,
    "customSettings": {},
    "appStatus": "installed",
    "updateTime": 0,
}
# Its text is the field, and the list is read and written by way of it.
LIST, TEXT = "encoderSettings", "encoderSettingsString"
RENDITION = {"height": 0, "videoBitrate": 0, "audioBitrate": 0, "forceEncode": True}
WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def fresh():
    made = lambda: "".join(random.choices(string.ascii_letters + string.digits, k=32))
    return {**DEFAULTS, "clusterCommunicationKey": made(), "subscriberAuthenticationKey": made()}


# encodersStr2List: the older form has three numbers for each rendition.
def renditions(text):
    try:
        return json.loads(text)
    except ValueError:
        parts = text.split(",")
        sizes = zip(*[iter(map(int, parts))] * 3) if len(parts) >= 3 else []
        return [{**RENDITION, **dict(zip(RENDITION, size))} for size in sizes]


# As REST shows it.
def shown(settings):
    text = settings[TEXT]
    return {**settings, LIST: None if text is None else renditions(text)}


# A value of JSON as Jackson reads it for a field of a type: much is taken for another type, and null is the type's zero.
def value(old, new):
    kind = str if old is None else type(old)
    if new is None:
        return {bool: False, int: 0, float: 0.0}.get(kind)
    if kind is bool:
        return bool(new) if isinstance(new, (bool, int)) else WORDS[new]
    if kind is str and isinstance(new, (bool, int, float, str)):
        return new if isinstance(new, str) else json.dumps(new)
    if kind in (int, float) and isinstance(new, (int, float, str)) and not isinstance(new, bool):
        return kind(new)
    if kind is dict and isinstance(new, dict):
        return new
    # It says the value.
    raise TypeError(f"Cannot deserialize value of type `{kind.__name__}` from {json.dumps(new)}")


def rendition(one):
    return {key: value(RENDITION[key], each) for key, each in {**RENDITION, **one}.items()}


# A body as AppSettings is made of it, in the order of its text: an unknown name is ignored, an absent one gets the default,
# of the two keys that are random a new one. ValueError, KeyError, TypeError or AttributeError for a wrong type.
def read(body):
    known = fresh()
    for name, new in body.items():
        if name == LIST:
            known[TEXT] = "" if new is None else json.dumps([rendition(one) for one in new])
        elif name in known:
            known[name] = value(known[name], new)
    return known


# AntMediaApplicationAdapter.updateSettings: what it refuses, and what it puts right without a word.
def accepted(known):
    if any(one["height"] <= 0 for one in renditions(known[TEXT] or "")):
        return False
    publish = ("publishTokenControlEnabled", "publishJwtControlEnabled", "enableTimeTokenForPublish")
    play = ("playTokenControlEnabled", "playJwtControlEnabled", "enableTimeTokenForPlay")
    if any(sum(known[name] for name in names) > 1 for names in (publish, play)):
        return False
    for name, least, instead in (("hlsListSize", 5, "5"), ("hlsTime", 1, "1")):
        if known[name] is None or int(known[name]) < least:
            known[name] = instead
    return True


# A field as the file has it (AntMediaApplicationAdapter.updateAppSettingsFile).
def text(each):
    if each is None:
        return ""
    return json.dumps(each) if isinstance(each, (bool, dict)) else str(each)


# A bean of which each value of the file makes one field, in the field's own type.
def filled(values):
    known = fresh()
    for name, old in known.items():
        if values.get(name):
            known[name] = json.loads(values[name]) if isinstance(old, dict) else value(old, values[name])
    return known
