import type { Cloud } from "../../config/types.ts";

/** What is there already in a stack's cloud, by ids of its form; the regions are those of the shipped stack files. */
export const existing = {
  aws: {
    key: "arn:aws:kms:ap-south-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
    certificate: "arn:aws:acm:ap-south-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    group: "sg-0123456789abcdef0",
    network: "vpc-0123456789abcdef0",
    subnet: (n: number) => `subnet-0123456789abcdef${n}`,
    image: "ami-0fedcba9876543210",
    snapshot: "snap-0123456789abcdef0",
  },
  alibaba: {
    key: "key-gww8123456789abcdefgh",
    certificate: "12345678-eu-central-1",
    group: "sg-gw8123456789abcdefgh",
    network: "vpc-gw8123456789abcdefghi",
    subnet: (n: number) => `vsw-gw8123456789abcdefgh${n}`,
    image: "m-gw8abcdefabcdefabcd0",
    snapshot: "s-gw8f1e2d3c4b5a697887",
  },
} as const;

/** A network with a subnet of each tier in each zone. */
export function existingNetwork(cloud: Cloud, zones: readonly string[] = ["a", "b"]): object {
  const { network, subnet } = existing[cloud];
  const tier = (first: number) => zones.map((_, n) => ({ id: subnet(first + n), cidr: `10.9.${first + n}.0/24` }));
  const [balancer, media, database] = [0, 1, 2].map((place) => tier(place * zones.length));
  return { cidr: "10.9.0.0/16", zones, existing: { id: network, subnets: { balancer, media, database } } };
}
