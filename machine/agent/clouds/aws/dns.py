# TXT records in a zone of Route 53 (API reference, "ChangeResourceRecordSets", "GetChange"), which each partition has in one
# place (AWS General Reference, "Amazon Route 53 endpoints and quotas"). There is no such module for Alibaba Cloud: RAM grants no
# less than a whole domain (docs/balancers.md).
import time, xml.sax.saxutils
import api

PLACES = {
    "aws-cn": ("route53.amazonaws.com.cn", "cn-northwest-1"),
    "aws-us-gov": ("route53.us-gov.amazonaws.com", "us-gov-west-1"),
}
USUAL = ("route53.amazonaws.com", "us-east-1")
VERSION = "/2013-04-01"
TTL = 60


def ask(path, body=None):
    headers = {} if body is None else {"content-type": "application/xml"}
    answer = api.post("route53", body, headers, VERSION + path, PLACES.get(api.fixed("services/partition"), USUAL))
    return api.xml_of(answer).find(".//ChangeInfo")


# By name its values, each of which goes in quotes.
def change(zone, action, records):
    rows = []
    for name, values in sorted(records.items()):
        texts = [f'<ResourceRecord><Value>"{xml.sax.saxutils.escape(value)}"</Value></ResourceRecord>' for value in values]
        head = f"<Name>{name}.</Name><Type>TXT</Type><TTL>{TTL}</TTL>"
        record = f"<ResourceRecordSet>{head}<ResourceRecords>{''.join(texts)}</ResourceRecords></ResourceRecordSet>"
        rows.append(f"<Change><Action>{action}</Action>{record}</Change>")
    batch = f"<ChangeBatch><Changes>{''.join(rows)}</Changes></ChangeBatch>"
    form = f'<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc{VERSION}/">{batch}</ChangeResourceRecordSetsRequest>'
    return ask(f"/hostedzone/{zone}/rrset/", form)


# Done once all name servers of the zone have them.
def put(zone, records, seconds=300):
    told, end = change(zone, "UPSERT", records), time.monotonic() + seconds
    while told.findtext("Status") != "INSYNC":
        if time.monotonic() > end:
            raise RuntimeError(f"the name servers do not have the records after {seconds} s")
        time.sleep(2)
        told = ask(told.findtext("Id"))


def remove(zone, records):
    change(zone, "DELETE", records)
