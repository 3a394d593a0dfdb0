"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.proxyMachine = proxyMachine;
const balancer_ts_1 = require("../../model/balancer.js");
const cluster_ts_1 = require("../../model/cluster.js");
const listeners_ts_1 = require("../../model/listeners.js");
const naming_ts_1 = require("../../model/naming.js");
const targets_ts_1 = require("../../model/targets.js");
const haproxy_ts_1 = require("../configuration/haproxy.js");
const nginx_ts_1 = require("../configuration/nginx.js");
const proxy_limits_ts_1 = require("../configuration/proxy-limits.js");
const core_ts_1 = require("./core.js");
const metrics_ts_1 = require("./metrics.js");
const render_ts_1 = require("./render.js");
/** As Debian and Ubuntu name them. */
function packages({ kind }, { certificate }) {
    const own = kind === "haproxy" ? ["haproxy"] : ["nginx", "libnginx-mod-stream"];
    return certificate.source === "issued" ? [...own, "certbot"] : own;
}
/** What a proxy has to know; its cloud, its secret and its nodes it learns when it runs. */
function facts(cluster, balancer) {
    const { certificate, domain } = cluster;
    return {
        kind: balancer.kind,
        cluster: cluster.name,
        secretName: (0, naming_ts_1.secretName)(cluster, "proxy"),
        certificateName: (0, naming_ts_1.secretName)(cluster, "certificate"),
        certificate: certificate.source,
        domain: domain?.name ?? cluster.name,
        logGroup: (0, naming_ts_1.logGroup)(cluster),
        packages: packages(balancer, cluster),
        targets: (0, targets_ts_1.targets)(cluster).map(({ name, role, protocol, port, stickySeconds }) => ({
            name,
            role,
            protocol,
            port,
            sticky: stickySeconds > 0,
        })),
        slots: Object.fromEntries((0, cluster_ts_1.groupsOf)(cluster).map(({ role, group }) => [role, (0, proxy_limits_ts_1.slotsOf)(group)])),
        health: { ...balancer.health, port: targets_ts_1.nodePort, path: listeners_ts_1.healthPath },
        acmePort: balancer_ts_1.acmePort,
        healthSeconds: balancer.health.intervalSeconds,
        metrics: (0, metrics_ts_1.metricFacts)(cluster, "proxy"),
        pollSeconds: 5,
        // While the cloud says that it is asked too often.
        throttledSeconds: 60,
        certificateSeconds: 60,
        // Let's Encrypt's own advice for certificates of 90 days.
        renewDays: 30,
        retrySeconds: 2,
    };
}
function configuration(cluster, balancer) {
    const at = (name, text) => ({ path: `/etc/ams-cluster/${name}`, text });
    const { kind } = balancer;
    switch (kind) {
        case "haproxy":
            return [at("haproxy.cfg", (0, haproxy_ts_1.haproxyConfig)(cluster, balancer))];
        case "nginx":
            return [at("nginx.conf", (0, nginx_ts_1.nginxConfig)(cluster, balancer)), at("ams-routes.conf", (0, nginx_ts_1.nginxRoutes)())];
        default:
            return (0, cluster_ts_1.assertNever)(kind);
    }
}
/** More connections to the nodes at once; a silent publisher's end is found in minutes, not in two hours. */
const kernel = [
    ["/proc/sys/net/ipv4/ip_local_port_range", "10240 65000"],
    ["/proc/sys/net/core/somaxconn", "16384"],
    ["/proc/sys/net/ipv4/tcp_keepalive_time", "120"],
]
    .map(([path, value]) => `w- ${path} - - - - ${value}\n`)
    .join("");
/** HAProxy or Nginx, with a program beside it that follows the groups, the health and the certificate. */
function proxyMachine(cluster) {
    const balancer = (0, balancer_ts_1.proxyOf)(cluster);
    if (balancer === undefined)
        throw new Error("the managed balancer has no machines");
    const { kind } = balancer;
    const programs = ["proxy", "refusals", "proxy_nodes", "proxy_health", "proxy_certificate", `proxy_${kind}`];
    return {
        bootCommands: [],
        facts: facts(cluster, balancer),
        files: [
            ...(0, core_ts_1.core)(cluster.cloud),
            ...(0, core_ts_1.ofCloud)(cluster.cloud, "instances"),
            ...programs.map((name) => (0, render_ts_1.installed)(`proxy/${name}.py`)),
            ...configuration(cluster, balancer),
            (0, render_ts_1.unit)("proxy/ams-proxy.service"),
            { path: `/etc/systemd/system/${kind}.service.d/ams-cluster.conf`, text: (0, render_ts_1.source)(`agent/proxy/${kind}-unit.cfg`) },
            { path: "/etc/tmpfiles.d/ams-cluster.conf", text: kernel },
        ],
        commands: [
            ["sh", "-c", "timedatectl set-ntp true || true"],
            ["systemd-tmpfiles", "--create", "/etc/tmpfiles.d/ams-cluster.conf"],
            ["systemctl", "daemon-reload"],
            ["systemctl", "enable", "--now", "--no-block", "ams-proxy.service", "ams-agent@metrics.service"],
        ],
    };
}
