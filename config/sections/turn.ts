import { flag, machine, oneOf, whole } from "../parts.ts";
import * as z from "../zod.ts";

export const turn = z
  .strictObject({
    default: oneOf("udp", "tcp", "tcp443").default("udp").meta({
      description:
        "Address of the TURN servers that AMS gives to pages and uses itself: UDP or TCP on port 3478, or TCP on port 443. With TCP, AMS finds no public address of its own, and all viewers are relayed.",
      source: "AMS hands out one address; over UDP it also finds the public addresses of its nodes",
    }),
    tls: flag
      .default(false)
      .describe(
        "TLS on port 443 (`turns:`), for pages that name their ICE servers. The machines need the key: ams:certificate.source uploaded, with a certificate that also names turn.<domain>.",
      ),
    machine: machine.default("compute-2").describe("Size of the TURN servers' machines."),
    count: whole(2, 10).default(2).describe("Number of TURN servers, distributed across the zones."),
    allocations: whole(10, 8000).default(1000).meta({
      description: "Maximum of concurrent allocations on each machine. A viewer has one for each network interface.",
      source: "1000 viewers of 1.5 Mbps are 1.5 Gbps each way",
    }),
    allocationsPerSource: whole(1, 1000)
      .default(100)
      .describe(
        "Maximum of concurrent allocations from one client address to each machine. Clients in offices and mobile networks share an address.",
      ),
    allocationMbps: whole(1, 100).default(8).describe("Maximum bandwidth of an allocation in each direction, in Mbps."),
    credential: whole(1, 999)
      .default(1)
      .describe(
        "Number of the credential that AMS hands out. The servers also accept the one before and the one after it. Raise it by one to rotate, by two to revoke the former one at once.",
      ),
  })
  .optional()
  .meta({
    description: "TURN servers for viewers and publishers behind firewalls that stop UDP or direct connections.",
    source: "none",
  });
