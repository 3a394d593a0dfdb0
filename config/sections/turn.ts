import { flag, machine, oneOf, whole } from "../parts.ts";
import * as z from "../zod.ts";

export const mostTurnServers = 10;

export const turn = z
  .strictObject({
    default: oneOf("udp", "tcp", "tcp443").default("udp").meta({
      description:
        "TURN server address that AMS uses itself and sends to web pages: UDP or TCP on port 3478, or TCP on port 443. With TCP, AMS nodes cannot discover their public addresses, so all viewers are relayed.",
      source: "AMS sends clients only one address; over UDP, AMS nodes also use it to discover their public addresses",
    }),
    tls: flag
      .default(false)
      .describe(
        "TLS on port 443 (`turns:`), for pages that configure their own ICE servers. The TURN servers need the private key, so ams:certificate.source must be uploaded, with a certificate that also covers turn.<domain>, or issued, if the stack has proxies.",
      ),
    machine: machine.default("compute-2").describe("TURN server machine size."),
    count: whole(2, mostTurnServers).default(2).describe("Number of TURN servers, spread across the zones."),
    allocations: whole(10, 8000).default(1000).meta({
      description:
        "Maximum number of concurrent allocations on each machine. A viewer uses one for each network interface.",
      source: "1000 viewers at 1.5 Mbps need 1.5 Gbps in each direction",
    }),
    allocationsPerSource: whole(1, 1000)
      .default(100)
      .describe(
        "Maximum number of concurrent allocations from one client address on each machine. Clients in an office or a mobile network often share an address.",
      ),
    allocationMbps: whole(1, 100).default(8).describe("Maximum bandwidth per allocation in each direction, in Mbps."),
    credential: whole(1, 999)
      .default(1)
      .describe(
        "Number of the credential that AMS sends to clients. The TURN servers also accept the previous and the next credential. Raise the number by one to rotate the credential, or by two to revoke the old one immediately.",
      ),
  })
  .optional()
  .meta({
    description: "TURN servers for viewers and publishers behind firewalls that block UDP or direct connections.",
    source: "none",
  });
