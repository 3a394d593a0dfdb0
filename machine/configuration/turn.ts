import type { Cluster, Turn } from "../../config/types.ts";
import { subnetsOf } from "../../model/network/network.ts";
import { addressAt, toRange } from "../../model/network/ranges.ts";
import { mediaPorts, relayPorts, turnName, turnPort } from "../../model/traffic/turn.ts";

/** What coturn and the kernel of its machine let pass; the machine puts its own address in the place of `@ADDRESS@`. */

/** Where the machine keeps the certificate and the key of `turns:`, for coturn alone. */
const pem = "/etc/ams-cluster/turn.pem";

const tls = (isOn: boolean): readonly string[] =>
  isOn ? [`cert=${pem}`, `pkey=${pem}`, "no-tlsv1", "no-tlsv1_1", "no-dtls"] : ["no-tls", "no-dtls"];

const ends = (cidr: string): string => {
  const range = toRange(cidr);
  return `${addressAt(range, 0)}-${addressAt(range, 2 ** (32 - range.prefix) - 1)}`;
};

const mediaRanges = ({ network }: Cluster): readonly string[] => subnetsOf(network, "media").map(({ cidr }) => cidr);

/** turnserver.conf (its manual page). An address that is both denied and allowed is allowed, so that all but the nodes are denied. */
export function turnConfig(cluster: Cluster, { tls: hasTls, allocations, allocationMbps }: Turn): string {
  if (cluster.domain === undefined) throw new Error("TURN servers without a domain were let through");
  const lines = [
    `listening-port=${turnPort}`,
    "listening-ip=@ADDRESS@",
    "relay-ip=@ADDRESS@",
    `min-port=${relayPorts[0]}`,
    `max-port=${relayPorts[1]}`,
    "fingerprint",
    "lt-cred-mech",
    `realm=${turnName(cluster.domain)}`,
    "userdb=/var/lib/turn/turndb",
    `total-quota=${allocations}`,
    `max-bps=${allocationMbps * 125_000}`,
    // As long as conntrack remembers a silent client, whose allocations the kernel counts.
    "max-allocate-lifetime=600",
    "denied-peer-ip=0.0.0.0-255.255.255.255",
    "denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ...mediaRanges(cluster).map((cidr) => `allowed-peer-ip=${ends(cidr)}`),
    "no-multicast-peers",
    "no-tcp-relay",
    "no-cli",
    "no-dynamic-ip-list",
    "no-dynamic-realms",
    "no-rfc5780",
    "no-stun-backward-compatibility",
    "response-origin-only-with-rfc5780",
    "no-software-attribute",
    ...tls(hasTls),
    "simple-log",
    "log-file=stdout",
  ];
  return `${lines.join("\n")}\n`;
}

/** Request type of Allocate, a datagram's first two bytes (RFC 8656, 18). */
const allocate = "0x0003";

/**
 * nftables' rules. coturn knows no limit for an address and no ports of peers. A client has an allocation for each of its own
 * ports at most; requests of Allocate alone count, so that STUN stays open to a node's many sessions. What coturn itself begins
 * goes to the nodes' media ports and nowhere else.
 */
export function turnRules(cluster: Cluster, { allocationsPerSource }: Turn): string {
  const over = `ip saddr ct count over ${allocationsPerSource}`;
  return `table inet ams-turn
delete table inet ams-turn
table inet ams-turn {
 ct timeout client {
  protocol udp
  l3proto ip
  policy = { unreplied: 60, replied: 600 }
 }
 set tcp-sources {
  type ipv4_addr
  size 65535
  flags dynamic
 }
 set udp-sources {
  type ipv4_addr
  size 65535
  flags dynamic
 }
 counter refused {
 }
 chain input {
  type filter hook input priority -10; policy accept;
  udp dport ${turnPort} ct state new ct timeout set "client"
  tcp dport ${turnPort} ct state new add @tcp-sources { ${over} } counter name "refused" reject with tcp reset
  udp dport ${turnPort} @th,64,16 ${allocate} add @udp-sources { ${over} } counter name "refused" drop
 }
 chain output {
  type filter hook output priority -10; policy accept;
  meta skuid turnserver ct state new jump peers
 }
 chain peers {
  ip daddr { ${mediaRanges(cluster).join(", ")} } udp sport ${relayPorts.join("-")} udp dport ${mediaPorts.join("-")} accept
  reject
 }
}
`;
}
