import { maxZones } from "../../model/network/ranges.ts";
import { cidr, cloudId, oneOf, text, whole } from "../parts.ts";
import * as z from "../zod.ts";

const subnet = z.strictObject({
  id: cloudId("subnet").describe("Subnet id."),
  cidr: cidr.describe(
    "IPv4 range of the subnet, used in firewall rules and by each machine's own firewall (the gate). The range must be correct, because the program does not look it up in the cloud.",
  ),
});

const subnets = (what: string, route: string) =>
  z
    .array(subnet, { error: "a list of subnets, each with the keys id and cidr" })
    .describe(`${what} subnets, in the same order as \`zones\`. These subnets need ${route}.`);

const existing = z
  .strictObject({
    id: cloudId("network").describe("Id of the network, which begins with vpc-."),
    subnets: z.strictObject({
      balancer: subnets("Load balancer", "a route to the internet unless `ams:balancer.scheme` is `internal`"),
      media: subnets("Media machine", "a route to the internet, or to a NAT gateway if `media` is `private`"),
      database: subnets("Database", "a route to a NAT gateway"),
    }),
  })
  .optional()
  .meta({
    description:
      "Existing network to use. Set `cidr` to the network's IPv4 range. The stack does not change the network's routes or gateways.",
    source: "none: the stack creates a network",
  });

export const network = z
  .strictObject({
    cidr: cidr.default("10.0.0.0/16").meta({
      description: "Private IPv4 range of the network, from /16 to /21.",
      source: "from Ant Media's CloudFormation template",
    }),
    zones: z
      .array(text(/^[a-z]$/, "a zone letter such as a"), { error: "a list of zone letters such as [a, b]" })
      .meta({ example: ["a", "b"] })
      .describe(
        "Letters of two to six zones in the region. To add a zone, append its letter to the list; the existing zones keep their subnets.",
      ),
    databaseZones: z
      .array(whole(1, maxZones), { error: "a list of positions in ams:network.zones such as [1, 2, 1]" })
      .max(3, "at most three positions: one for each member")
      .optional()
      .meta({
        description:
          "Zone of each database member, as a position in `zones`; the first position is 1. If this key is set, adding a zone does not move any member. If this key is not set, the third member of a replica set is placed in the third zone, or in the first zone if there are only two zones.",
        source: "none",
      }),
    nat: oneOf("none", "one", "per-zone").optional().meta({
      description:
        "NAT gateways for machines without a public address. `none`: no gateways. `one`: one gateway for the whole network. `per-zone`: one gateway in each zone. The cloud bills you for each gateway.",
      source: "`one`, or `none` in an existing network",
    }),
    media: oneOf("public", "private").default("public").meta({
      description:
        "`public`: each AMS machine has a public address for WebRTC media. `private`: AMS machines have no public addresses and reach the internet through a NAT gateway.",
      source: "because WebRTC media bypasses the load balancers",
    }),
    avoid: z
      .array(cidr, { error: "a list of IPv4 ranges" })
      .meta({ example: ["192.168.0.0/24"] })
      .default([])
      .describe("IPv4 ranges that the network must not overlap, such as the ranges of offices and peered networks."),
    existing,
  })
  .describe("The private network and its zones.");
