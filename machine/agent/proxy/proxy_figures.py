# What a proxy measures: the connections that it has refused since the last look, and how long its certificate lasts.
import importlib, ssl, time
import proxy_certificate


def refused(shared):
    return {"RefusedConnections": importlib.import_module("proxy_" + shared["kind"]).refusals()}


# Its own certificate, which stands in for one that the authority has not given, counts for nothing.
def lasts(shared):
    if shared["certificate"] == "none":
        return {}
    if shared["certificate"] == "issued" and proxy_certificate.is_own():
        return {"CertificateExpirySeconds": 0}
    end = ssl.cert_time_to_seconds(proxy_certificate.until())
    return {"CertificateExpirySeconds": max(round(end - time.time()), 0)}


FIGURES = {"refused": refused, "certificate": lasts}
