import { flag, machine, oneOf, whole } from "../parts.ts";
import * as z from "../zod.ts";

export const mostTurnServers = 10;

export const turn = z
  .strictObject({
    default: oneOf("udp", "tcp", "tcp443").default("udp").meta({
      description:
        "TURN server address that AMS itself uses and sends to web pages. `udp`: UDP port 3478. `tcp`: TCP port 3478. `tcp443`: TCP port 443. Over TCP, AMS nodes cannot discover their public addresses, so all WebRTC media passes through the TURN servers.",
      source:
        "AMS sends clients only one TURN server address; over UDP, AMS nodes can also use this address to discover their own public addresses",
    }),
    tls: flag
      .default(false)
      .describe(
        "Enables TURN over TLS on port 443 (`turns:`), for web pages that configure their own ICE servers. The TURN servers need the certificate's private key, so ams:certificate.source must be `uploaded` or, if the stack has proxies, `issued`. An uploaded certificate must also cover turn.<domain>.",
      ),
    machine: machine.default("compute-2").describe("Machine size of the TURN servers."),
    count: whole(2, mostTurnServers).default(2).describe("Number of TURN servers, spread across the zones."),
    allocations: whole(10, 8000).default(1000).meta({
      description:
        "Maximum number of concurrent allocations on each TURN server. A viewer uses one allocation for each network interface.",
      source: "1000 viewers at 1.5 Mbps need 1.5 Gbps in each direction",
    }),
    allocationsPerSource: whole(1, 1000)
      .default(100)
      .describe(
        "Maximum number of concurrent allocations from one client address on each TURN server. Clients in an office or on a mobile network often share one public address.",
      ),
    allocationMbps: whole(1, 100).default(8).describe("Maximum bandwidth per allocation in each direction, in Mbps."),
    credential: whole(1, 999)
      .default(1)
      .describe(
        "Number of the credential that AMS sends to clients. The TURN servers also accept the previous and next credentials. Increase the number by one to rotate the credential, or by two to revoke the current credential immediately.",
      ),
  })
  .optional()
  .meta({
    description: "TURN servers for viewers and publishers behind firewalls that block UDP or direct connections.",
    source: "none",
  });
