/** Why a setting of conf/red5.properties is refused: what came, in a fault's words, and what to use in its place. */
export interface Reserved {
  readonly got: string;
  readonly allowed: string;
}

const own = "a setting that the cluster manages";
const breaking = "a setting that would break a node";
const secret = "a setting that contains a secret, which would appear in user data in plain text";

const reserve = (got: string, allowed: string, ...names: readonly string[]) =>
  names.map((name) => [name, { got, allowed }] as const);

/**
 * Settings of conf/red5.properties that a stack may not set, in any release. Sources: the machines' programs for what the
 * cluster makes; for the rest ServerSettings.java, jee-container.xml and red5-core.xml of Ant-Media-Server at ams-v3.0.3.
 */
export const reservedProperties: ReadonlyMap<string, Reserved> = new Map([
  ...reserve(
    own,
    "ams:database, because the machines set the database URL in AMS",
    ...["clusterdb.host", "clusterdb.user", "clusterdb.password"],
  ),
  ...reserve(own, "the secret ams:licenceKey if ams:media.licence is key", "server.licence_key"),
  ...reserve(own, "ams:access.adminCidrs", "server.allowed_dashboard_CIDR"),
  ...reserve(
    own,
    "not set, because a node uses this token for requests to its own AMS",
    ...["server.jwtServerControlEnabled", "server.jwtServerSecretKey"],
  ),
  ...reserve(own, "false, because nodes reach each other at their private addresses", "useGlobalIp"),
  ...reserve(own, "ams:media.proxy", "proxy.address"),
  ...reserve(
    own,
    "false, because an unencrypted upgrade to HTTP/2 would bypass the proxy rules",
    "http.upgradeHttp2Protocol",
  ),
  ...reserve(
    own,
    "AMS's default port, used by the listeners, the firewall and the gate",
    ...["http.port", "rtmp.port", "server.srt_port", "server.origin_port"],
  ),
  ...reserve(
    breaking,
    "0.0.0.0, because the load balancer, the other nodes and the machine's own programs connect to different addresses on the machine",
    ...["http.host", "rtmp.host"],
  ),
  ...reserve(breaking, "5443, because the load balancer terminates TLS on this port", "https.port"),
  ...reserve(
    breaking,
    "not set, because AMS would verify tokens only with the keys at that URL, and would reject tokens from its own node",
    "server.jwksURL",
  ),
  ...reserve(
    "an RTMPS setting, although nodes have no RTMPS listener",
    "ams:balancer.rtmps, which adds an RTMPS listener to the load balancer",
    ...["rtmps.enabled", "rtmps.host", "rtmps.port"],
  ),
  ...reserve(
    secret,
    "settings without passwords. If you need key stores, include them in your own image",
    ...["rtmps.keystorepass", "rtmps.truststorepass", "jmx.keystorepass"],
  ),
]);
