import type { Cluster } from "../../config/types.ts";
import { isCidr } from "../network/ranges.ts";

/** Where the machines forward their log lines to, beside the cloud's own log service. */

type Forward = NonNullable<Cluster["logs"]["forward"]>;

/** Syslog over TLS (RFC 5425) and OTLP/HTTP have ports of their own; syslog over TCP has what UDP has. */
export const forwardPort = ({ protocol, tls, port }: Pick<Forward, "protocol" | "tls" | "port">): number =>
  port ?? (protocol === "otlp" ? 4318 : tls ? 6514 : 514);

/** OTLP/HTTP's path for logs. */
export const defaultForwardPath = "/v1/logs";

/** Where a machine's program reads it. */
export const forwardFile = "/etc/ams-cluster/forward.json";

/** The receiver as a range; undefined for a name, whose addresses only a machine knows. */
export const receiverRange = ({ host }: Pick<Forward, "host">): string | undefined =>
  isCidr(`${host}/32`) ? `${host}/32` : undefined;
