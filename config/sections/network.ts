import { maxZones } from "../../model/network/ranges.ts";
import { cidr, cloudId, oneOf, text, whole } from "../parts.ts";
import * as z from "../zod.ts";

const subnet = z.strictObject({
  id: cloudId("subnet").describe("Subnet id."),
  cidr: cidr.describe(
    "Subnet range, used by firewall rules and by the gate on each machine. The program does not look it up.",
  ),
});

const subnets = (what: string, route: string) =>
  z
    .array(subnet, { error: "a list of subnets, each with id and cidr" })
    .describe(`${what} subnets, in the same order as \`zones\`. They need ${route}.`);

const existing = z
  .strictObject({
    id: cloudId("network").describe("Network id, which begins with vpc-."),
    subnets: z.strictObject({
      balancer: subnets("Load balancer", "a route to the internet unless `ams:balancer.scheme` is internal"),
      media: subnets("Media machine", "a route to the internet, or to a NAT gateway if `media` is private"),
      database: subnets("Database", "a route to a NAT gateway"),
    }),
  })
  .optional()
  .meta({
    description:
      "Existing network to use; set `cidr` to the network's range. The stack does not change its routes or gateways.",
    source: "none: the stack creates a network",
  });

export const network = z
  .strictObject({
    cidr: cidr.default("10.0.0.0/16").meta({
      description: "Private IPv4 range of the network, /16 to /21.",
      source: "from the vendor's CloudFormation template",
    }),
    zones: z
      .array(text(/^[a-z]$/, "a zone letter such as a"), { error: "a list of zone letters such as [a, b]" })
      .meta({ example: ["a", "b"] })
      .describe(
        "Two to six zone letters within the region. To add a zone, append its letter: existing zones keep their subnets.",
      ),
    databaseZones: z
      .array(whole(1, maxZones), { error: "positions in ams:network.zones such as [1, 2, 1]" })
      .max(3, "at most three positions: one for each member")
      .optional()
      .meta({
        description:
          "Zone of each database member, as a position in `zones`, starting at 1. If this key is set, adding a zone does not move any member. Otherwise, the third member of a replica set uses the third zone, or the first zone if there are only two.",
        source: "none",
      }),
    nat: oneOf("none", "one", "per-zone").optional().meta({
      description:
        "NAT gateways for machines without a public address: `one` for the whole network, or `per-zone` for one in each zone. Each gateway is billed.",
      source: "`one`, or `none` in an existing network",
    }),
    media: oneOf("public", "private").default("public").meta({
      description:
        "`public`: each AMS machine has a public address for WebRTC media. `private`: AMS machines have no public addresses and reach the internet through a NAT gateway.",
      source: "WebRTC media bypasses the load balancers",
    }),
    avoid: z
      .array(cidr, { error: "a list of IPv4 ranges" })
      .meta({ example: ["192.168.0.0/24"] })
      .default([])
      .describe("IPv4 ranges that the network must not overlap, such as offices and peered networks."),
    existing,
  })
  .describe("The private network and its zones.");
