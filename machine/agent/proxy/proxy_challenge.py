# certbot's hook for challenges through DNS (its user guide, "Pre and Post Validation Hooks"), once for each name. An order's
# records go into the zone together, with the last of them: a wildcard and the name that it is below share one.
import json, os, sys
import dns
from common import recall, write

PREFIX = "_acme-challenge."


def put(zone, path, told):
    records = recall(path, {})
    records.setdefault(PREFIX + told["CERTBOT_DOMAIN"], []).append(told["CERTBOT_VALIDATION"])
    write(path, json.dumps(records))
    if told["CERTBOT_REMAINING_CHALLENGES"] == "0":
        dns.put(zone, records)


def remove(zone, path, _):
    records = recall(path, {})
    if records:
        os.remove(path)
        dns.remove(zone, records)


if __name__ == "__main__":
    {"put": put, "remove": remove}[sys.argv[1]](os.environ["AMS_ZONE"], os.environ["AMS_CHALLENGES"], os.environ)
