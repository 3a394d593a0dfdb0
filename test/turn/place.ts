import { turnListeners, turnPort } from "../../model/traffic/turn.ts";
import { run } from "../machine/rig.ts";

/** Addresses of a cluster's network and of others, all of this network namespace's own loopback interface. */
export const at = {
  turn: "10.0.192.20",
  /** The network balancer's address of the internet. */
  balancer: "198.51.100.1",
  node: "10.0.0.11",
  otherNode: "10.0.32.12",
  database: "10.0.224.11",
  neighbour: "10.0.192.21",
  metadata: "169.254.169.254",
  otherNetwork: "192.168.7.7",
  internet: "8.8.8.8",
  loopback: "127.0.0.1",
} as const;

/** A client of the internet. */
export const client = (number: number): string => `203.0.113.${number}`;

const clients = Array.from({ length: 20 }, (_, index) => client(index + 1));

function must(command: string, parameters: readonly string[], input = ""): string {
  const done = run(command, parameters, {}, input);
  if (done.status !== 0) throw new Error(`${command} ${parameters.join(" ")}: ${done.all}`);
  return done.out;
}

/** Gives the namespace its addresses, and the network balancer its listeners. */
export function settle(): void {
  must("ip", ["link", "set", "lo", "up"]);
  for (const address of [...Object.values(at), ...clients])
    if (address !== at.loopback) must("ip", ["addr", "add", `${address}/32`, "dev", "lo"]);
  const rows = turnListeners.map(
    ({ protocol, port }) =>
      `ip daddr { ${at.balancer}, ${at.loopback} } ${protocol} dport ${port} dnat to ${at.turn}:${turnPort}`,
  );
  const lines = ["type nat hook output priority -100; policy accept", ...rows].join("\n");
  must("nft", ["-f", "-"], `table ip balancer {\nchain output {\n${lines}\n}\n}\n`);
}

export const dropRules = (): string => must("nft", ["delete", "table", "inet", "ams-turn"]);
