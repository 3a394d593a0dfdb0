# What an application should have, against what AMS says that it has: nothing here asks anybody.
import hmac, struct
from common import hide
from server import AMS, own, turn

KEY = "clusterCommunicationKey"
# AppSettings.java has one field for the renditions, and reads and writes it under both names: the last one counts.
LIST, TEXT = "encoderSettings", "encoderSettingsString"


# Of an application that the document names.
def named(shared, name, one):
    known = shared["secret"].get("applications", {}).get(name, {})
    for key in one["secrets"]:
        if not known.get(key):
            raise LookupError(f"the secret has no applications.{name}.{key}")
    return {**one["settings"], **{key: known[key] for key in one["secrets"]}, KEY: shared["secret"]["clusterKey"]}


# Of one that it does not name: nobody knows the keys of its tokens. The document has each key of the closing for each of its
# own applications too, so that naming one opens it.
def closed(shared, name):
    one, key = shared["document"]["closed"], shared["secret"]["clusterKey"]
    made = hide(hmac.new(key.encode(), f"closed:{name}".encode(), "sha256").hexdigest())
    return {**one["settings"], **{each: made for each in one["secrets"]}, KEY: key}


def scalars(wanted, found):
    if isinstance(wanted, bool) or isinstance(found, bool):
        return wanted is found
    if isinstance(wanted, float) or isinstance(found, float):
        numbers = isinstance(wanted, (float, int)) and isinstance(found, (float, int))
        # AppSettings.java has floats of 32 bits.
        return numbers and struct.pack("f", wanted) == struct.pack("f", found)
    # A text that AMS does not know is null or empty; it takes a number for a text, and a text for a number.
    return str("" if wanted is None else wanted) == str("" if found is None else found)


# AMS adds fields to an element of a list, such as a rendition.
def same(wanted, found, element=False):
    if isinstance(wanted, dict):
        alike = isinstance(found, dict) and (element or wanted.keys() == found.keys())
        return alike and all(key in found and same(value, found[key], element) for key, value in wanted.items())
    if isinstance(wanted, list):
        alike = isinstance(found, list) and len(wanted) == len(found)
        return alike and all(same(one, other, True) for one, other in zip(wanted, found))
    return not isinstance(found, (dict, list)) and scalars(wanted, found)


# What the cluster itself says of every application, whatever the document says: AMS takes its settings from the database, so
# that a file with another address or credential of the TURN servers changes nothing where an application is already.
def relayed(shared):
    known = turn(shared["secret"])
    return {**shared["applicationProperties"], **known} if known else {}


def target(shared, name):
    if shared["document"]["mode"] == "off":
        return {}
    one = shared["document"]["applications"].get(name)
    return closed(shared, name) if one is None else named(shared, name, one)


def converted(texts, settings):
    return {key: typed(text, settings.get(key)) for key, text in texts.items()}


def differences(wanted, settings):
    return sorted(key for key, value in wanted.items() if key not in settings or not same(value, settings[key]))


def typed(text, found):
    return text == "true" if isinstance(found, bool) else int(text) if isinstance(found, int) else text


# A new application has a random cluster key, which tells it; all that a machine's boot gives the image's comes with it.
def furnished(shared, name, wanted, settings):
    if settings.get(KEY) == shared["secret"]["clusterKey"]:
        return wanted
    texts = own(shared, f"{AMS}/webapps/{name}/WEB-INF/red5-web.properties")
    return {**converted(texts, settings), **wanted}


# The whole object: AMS gives each field that is absent its default.
def merged(settings, wanted):
    whole = {**settings, **wanted}
    whole.pop(LIST if TEXT in wanted else TEXT, None)
    return whole
