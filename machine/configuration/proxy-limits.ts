import type { NodeGroup } from "../../config/types.ts";
import { type MachineSize, vcpusOf } from "../../model/groups/machine-size.ts";

/**
 * Memory of a connection through a proxy with TLS: HAProxy has two buffers of 16 KiB (configuration manual,
 * tune.bufsize) and about 20 KiB of its own and TLS's state (netdata's guide to maxconn); Nginx has nine of 4 KiB
 * (proxy_buffers, proxy_buffer_size) and one of 16 KiB (ssl_buffer_size). The rest is the kernel's, at its least
 * 4 KiB for each end (tcp(7), tcp_rmem and tcp_wmem).
 */
const connectionKiB = 64;

/** The other half of the memory is the system's, the agent's, and old processes' after a reload. */
const share = 0.5;

/** Each connection has two file descriptors, and Linux opens 1,048,576 at most (fs.nr_open). */
const mostConnections = 500_000;

/** Connections that a machine of this size carries at once. */
export function maxConnections(size: MachineSize): number {
  const memoryGiB = vcpusOf(size) * (size.startsWith("compute-") ? 2 : 4);
  return Math.min(mostConnections, Math.floor((memoryGiB * 1024 * 1024 * share) / connectionKiB));
}

/** Parts into which HAProxy's sessions are split, each with one node: many for each node, so that all get about the same. */
export const sessionPlaces = 1024;

/** Places for a group's nodes: all of them twice, because those that drain stay while their successors come. */
export const slotsOf = ({ max }: NodeGroup): number => 2 * max + 2;
