/** Why a setting of conf/red5.properties is refused: what came, in a fault's words, and what to use in its place. */
export interface Reserved {
  readonly got: string;
  readonly allowed: string;
}

const own = "a setting that the cluster manages";
const breaking = "a setting that breaks a node";
const secret = "a setting that contains a secret, which would be in user data in plain text";

const reserve = (got: string, allowed: string, ...names: readonly string[]) =>
  names.map((name) => [name, { got, allowed }] as const);

/**
 * Settings of conf/red5.properties that a stack may not set, in any release. Sources: the machines' programs for what the
 * cluster makes; for the rest ServerSettings.java, jee-container.xml and red5-core.xml of Ant-Media-Server at ams-v3.0.3.
 */
export const reservedProperties: ReadonlyMap<string, Reserved> = new Map([
  ...reserve(
    own,
    "the database of ams:database; the machines give its URL to AMS",
    ...["clusterdb.host", "clusterdb.user", "clusterdb.password"],
  ),
  ...reserve(own, "the secret ams:licenceKey with ams:media.licence key", "server.licence_key"),
  ...reserve(own, "ams:access.adminCidrs", "server.allowed_dashboard_CIDR"),
  ...reserve(
    own,
    "no other token: a node uses it for requests to its own AMS",
    ...["server.jwtServerControlEnabled", "server.jwtServerSecretKey"],
  ),
  ...reserve(own, "false: nodes reach each other by their private addresses", "useGlobalIp"),
  ...reserve(own, "ams:media.proxy", "proxy.address"),
  ...reserve(
    own,
    "false: an unencrypted upgrade to HTTP/2 would bypass the proxies' rules",
    "http.upgradeHttp2Protocol",
  ),
  ...reserve(
    own,
    "AMS's default port, which the listeners, the firewall and the gate use",
    ...["http.port", "rtmp.port", "server.srt_port", "server.origin_port"],
  ),
  ...reserve(
    breaking,
    "0.0.0.0: the load balancer, the other nodes and the machine's own programs use different addresses of the machine",
    ...["http.host", "rtmp.host"],
  ),
  ...reserve(breaking, "5443: the load balancer terminates TLS on this port", "https.port"),
  ...reserve(
    breaking,
    "not set: with it, AMS verifies tokens only with the keys at that address, and rejects those of its own node",
    "server.jwksURL",
  ),
  ...reserve(
    "a setting of RTMPS, for which a node has no listener",
    "ams:balancer for what viewers and publishers reach",
    ...["rtmps.enabled", "rtmps.host", "rtmps.port"],
  ),
  ...reserve(
    secret,
    "settings without a password; put key stores into an image of your own",
    ...["rtmps.keystorepass", "rtmps.truststorepass", "jmx.keystorepass"],
  ),
]);
