import { maxZones } from "../../model/network/ranges.ts";
import { cidr, cloudId, oneOf, text, whole } from "../parts.ts";
import * as z from "../zod.ts";

const subnet = z.strictObject({
  id: cloudId("subnet").describe("The subnet's id in the cloud."),
  cidr: cidr.describe("The subnet's range, for firewall rules and the machines' gates. It is not looked up."),
});

const subnets = (what: string) =>
  z
    .array(subnet, { error: "a list of subnets, each with id and cidr" })
    .describe(`${what}, in the order of \`zones\`.`);

const existing = z
  .strictObject({
    id: cloudId("network").describe("The network's id in the cloud, vpc-..."),
    subnets: z.strictObject({
      balancer: subnets(
        "Subnets of the load balancers, routed to the internet unless `ams:balancer.scheme` is internal",
      ),
      media: subnets(
        "Subnets of the media machines, routed to the internet, or to a NAT gateway if `media` is private",
      ),
      database: subnets("Subnets of the database, with a route to a NAT gateway"),
    }),
  })
  .optional()
  .meta({
    description: "An existing network to use; `cidr` is its range. Its routes and gateways remain its owner's.",
    source: "none: the stack creates a network",
  });

export const network = z
  .strictObject({
    cidr: cidr.default("10.0.0.0/16").meta({
      description: "Private range of the whole network, /16 to /21.",
      source: "the vendor's CloudFormation template",
    }),
    zones: z
      .array(text(/^[a-z]$/, "a zone's letter such as a"), { error: "a list of zone letters such as [a, b]" })
      .meta({ example: ["a", "b"] })
      .describe("Zone letters within the region, two to six. Append to add a zone: existing zones keep their subnets."),
    databaseZones: z
      .array(whole(1, maxZones), { error: "positions in ams:network.zones such as [1, 2, 1]" })
      .max(3, "at most three positions: one for each member")
      .optional()
      .meta({
        description:
          "Zone of each database member, as its position in `zones`, from 1. If set, adding a zone moves no member. If not set, the third member of a replica set uses the third zone, or the first of two.",
        source: "none",
      }),
    nat: oneOf("none", "one", "per-zone").optional().meta({
      description:
        "NAT gateways for machines without a public address: `one` for the network, or one `per-zone`; each is billed.",
      source: "`one`, and `none` in an existing network",
    }),
    media: oneOf("public", "private").default("public").meta({
      description:
        "`public`: each AMS machine has a public address for WebRTC media. `private`: none has one, and they reach the internet by a NAT gateway.",
      source: "WebRTC media passes no load balancer",
    }),
    avoid: z
      .array(cidr, { error: "a list of IPv4 ranges" })
      .meta({ example: ["192.168.0.0/24"] })
      .default([])
      .describe("Ranges that the network must not overlap: offices, peered networks."),
    existing,
  })
  .describe("The private network and its zones.");
