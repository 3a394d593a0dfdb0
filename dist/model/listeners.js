"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.maxAdminCidrs = exports.panelPort = exports.healthPath = void 0;
exports.httpListeners = httpListeners;
exports.streamListeners = streamListeners;
exports.urls = urls;
const cluster_ts_1 = require("./cluster.js");
const targets_ts_1 = require("./targets.js");
/** GET here needs no login and says whether Tomcat serves; AMS has it since 2.5 (Ant-Media-Server pull request 4513). */
exports.healthPath = "/rest/v2/liveness";
exports.panelPort = 4444;
/** The panel's page and the server's own REST; an application's REST stands below /<app>/rest and has its own filter. */
const adminPaths = ["/", "/rest/*"];
/** What else Tomcat takes to them, and no administrator needs on a port that everybody may use. */
const deniedPaths = [...adminPaths, "/rest", "/index.html", "/index.html/*"];
/**
 * Spellings that Tomcat takes to the panel or its REST, or may: parameters, empty and dot segments, letters and slashes as
 * escapes. A managed balancer compares texts, so that these rules refuse them, to administrators as well.
 *
 * Wildcards, for Alibaba Cloud (its patterns hold letters, digits and `$-_.+/&~@:`, so no `;` and no `%`): what they can't
 * say is left to the node's own filter. Expressions, for AWS (no look-around, 128 characters, five in a rule; API
 * reference, PathPatternConditionConfig): each holds for a part and for the whole of a path.
 */
const oddPaths = ["//*", "/.*", "/*/..*"];
const oddPathRegexes = [
    "^/([/.;%].*|(rest|index[.]html);.*)$",
    "^.*/[.][.].*$",
    "^.*;[^/]*%.*$",
    "^.*%([46][1-9A-Fa-f]|[57][0-9Aa]|2[EFef]|5[Cc]|7[Ff]|[01][0-9A-Fa-f]).*$",
];
/** Both clouds take five values in one rule at most: two paths and three ranges. */
const sourcesPerRule = 3;
/** As many chunks as there are priorities between the first admin rule and the deny rule. */
exports.maxAdminCidrs = sourcesPerRule * 20;
const forward = (to) => ({ kind: "forward", to });
const deny = { kind: "deny" };
function adminRules(adminCidrs, paths) {
    const count = Math.ceil(adminCidrs.length / sourcesPerRule);
    return Array.from({ length: count }, (_, index) => {
        const sources = adminCidrs.slice(index * sourcesPerRule, (index + 1) * sourcesPerRule);
        const when = paths === undefined ? { sources } : { paths, sources };
        return { name: `admin-${index + 1}`, priority: 10 + index, when, action: forward("panel") };
    });
}
/** The proxies judge the whole path themselves (machine/configuration/proxy-rules.ts). */
const oddRule = {
    name: "deny-odd-paths",
    priority: 5,
    when: { paths: oddPaths, pathRegexes: oddPathRegexes },
    action: deny,
};
/** The panel's paths answer admin ranges only, and never over plain HTTP where there is TLS: passwords pass there. */
function guard(cluster, protocol) {
    const isOpen = protocol === "http" && (0, cluster_ts_1.usesTls)(cluster);
    return [
        ...(cluster.balancer.kind === "managed" ? [oddRule] : []),
        ...(isOpen ? [] : adminRules(cluster.access.adminCidrs, adminPaths)),
        { name: "deny-panel", priority: 30, when: { paths: deniedPaths }, action: deny },
    ];
}
const publishRules = [
    {
        name: "target-origin",
        priority: 40,
        when: { query: { key: "target", value: "origin" } },
        action: forward("origin"),
    },
    { name: "target-edge", priority: 41, when: { query: { key: "target", value: "edge" } }, action: forward("edge") },
    { name: "hls", priority: 50, when: { paths: ["/*/streams/*"] }, action: forward("edge") },
    { name: "whip", priority: 60, when: { paths: ["/*/whip/*"] }, action: forward("origin") },
];
function pairListeners(cluster, pair) {
    const serve = (protocol, port) => ({
        name: `${protocol}-${port}`,
        protocol,
        port,
        defaultAction: forward(pair.role),
        rules: [...guard(cluster, protocol), ...pair.rules],
    });
    if (!(0, cluster_ts_1.usesTls)(cluster))
        return [serve("http", pair.http)];
    if (cluster.balancer.http === "forward")
        return [serve("http", pair.http), serve("https", pair.https)];
    const redirect = {
        name: `http-${pair.http}`,
        protocol: "http",
        port: pair.http,
        defaultAction: { kind: "redirect", port: pair.https },
        rules: [],
    };
    return [redirect, serve("https", pair.https)];
}
/** A lone machine plays what it publishes. */
function alone(action) {
    return action.kind === "forward" && action.to === "edge" ? forward("origin") : action;
}
/** Listeners of the application (layer 7) balancer. */
function httpListeners(cluster) {
    const protocol = (0, cluster_ts_1.usesTls)(cluster) ? "https" : "http";
    const listeners = [
        ...pairListeners(cluster, { http: 80, https: 443, role: "origin", rules: publishRules }),
        ...pairListeners(cluster, { http: 5080, https: 5443, role: "edge", rules: [] }),
        {
            name: `${protocol}-${exports.panelPort}`,
            protocol,
            port: exports.panelPort,
            defaultAction: deny,
            rules: adminRules(cluster.access.adminCidrs),
        },
    ];
    if (cluster.mode === "cluster")
        return listeners;
    return listeners.map((listener) => ({
        ...listener,
        defaultAction: alone(listener.defaultAction),
        rules: listener.rules.map((rule) => ({ ...rule, action: alone(rule.action) })),
    }));
}
/** Listeners of the network (layer 4) balancer: ingest only, to the origins. */
function streamListeners(cluster) {
    return (0, targets_ts_1.streamTargets)(cluster).map(({ name, protocol, port }) => ({
        name: `${protocol}-${port}`,
        protocol,
        port,
        defaultAction: forward(name),
        rules: [],
    }));
}
/** Addresses for people, with the port only where the scheme doesn't imply it. */
function urls(cluster, host, streamHost) {
    const tls = (0, cluster_ts_1.usesTls)(cluster);
    const scheme = tls ? "https" : "http";
    return {
        publish: `${scheme}://${host}/`,
        play: `${scheme}://${host}:${tls ? 5443 : 5080}/`,
        rtmp: `rtmp://${streamHost}:1935/`,
        panel: `${scheme}://${host}:${exports.panelPort}/`,
    };
}
