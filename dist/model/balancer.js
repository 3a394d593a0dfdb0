"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.acmePort = exports.proxyHealthPath = exports.proxyHealthPort = exports.statsPort = exports.proxiesRenew = void 0;
exports.proxyOf = proxyOf;
/** The proxies, if the balancer runs on machines of our own. */
function proxyOf({ balancer }) {
    return balancer.kind === "managed" ? undefined : balancer;
}
/** Whether the proxies get their certificate from an authority themselves, and share it through a secret. */
const proxiesRenew = (cluster) => proxyOf(cluster) !== undefined && cluster.certificate.source === "issued";
exports.proxiesRenew = proxiesRenew;
/** Statistics page of the proxies: a password, and admin ranges only (seed 004: 6080). */
exports.statsPort = 6080;
/** Where a proxy says that it is at work; for the network balancer's checks alone. */
exports.proxyHealthPort = 6081;
exports.proxyHealthPath = "/";
/** Where the one proxy that renews the certificate answers the authority's HTTP challenge, for the others to ask. */
exports.acmePort = 8402;
