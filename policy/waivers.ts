import type { Cloud } from "./rule.ts";

/**
 * A check that others publish and that doesn't apply to something that the stacks make, and why. No rule here is
 * waived: the stack files pass them all.
 */
export interface Waiver {
  /** Id of the check, as a scanner prints it. */
  readonly check: string;
  readonly cloud: Cloud;
  /** What it lets pass, in words. */
  readonly covers: string;
  readonly reason: string;
}

const waive = (cloud: Cloud, check: string, covers: string, reason: string): Waiver => ({
  check,
  cloud,
  covers,
  reason,
});

export const waivers: readonly Waiver[] = [
  waive(
    "aws",
    "CKV_AWS_88",
    "Media machines' launch templates",
    "WebRTC goes over UDP straight to the node, so a node needs a public address; the database has none",
  ),
  waive(
    "aws",
    "CKV2_AWS_35",
    "Media machines' route to the internet gateway",
    "The same: replies to viewers leave by the node's own address, which a NAT gateway would hide",
  ),
  waive(
    "aws",
    "CKV_AWS_260",
    "Port 80 of the balancer",
    "It redirects to HTTPS; rule plain-http-only-redirects sees to that",
  ),
  waive(
    "aws",
    "CKV_AWS_378",
    "HTTP between balancer and nodes",
    "AMS serves 5080 within the VPC, behind TLS that ends at the balancer; rule node-ports-only-from-cluster sees to that",
  ),
  waive(
    "aws",
    "CKV_AWS_382",
    "The nodes' way out",
    "Media goes to viewers' addresses and ports, which nobody knows beforehand; the database's way out is three ports",
  ),
  waive(
    "aws",
    "CKV_AWS_149",
    "The machines' secrets",
    "Encrypted with the account's key of Secrets Manager; a key of one's own has a price and is the owner's choice",
  ),
  waive(
    "aws",
    "CKV_AWS_158",
    "The machines' logs",
    "Encrypted with CloudWatch's own key; a key of one's own has a price and is the owner's choice",
  ),
  waive("aws", "CKV_AWS_189", "The database's volume", "Encrypted with the account's EBS key, for the same reason"),
  waive(
    "aws",
    "CKV2_AWS_57",
    "The machines' secrets",
    "Rotation is ams:generation, which makes new secrets and machines that read them; a Lambda of its own would change passwords under running nodes",
  ),
  waive(
    "aws",
    "CKV2_AWS_28",
    "The web balancer",
    "A web ACL is a paid service with rules for the applications behind it; AMS's own filters and the panel's ranges stand in its place",
  ),
  waive("aws", "CKV2_AWS_38", "The cluster's zone", "The zone is private; DNSSEC is for public ones"),
  waive("aws", "CKV2_AWS_39", "The cluster's zone", "The zone is private; Route 53 logs queries of public zones only"),
  waive(
    "alibaba",
    "CKV_ALI_8",
    "The database's disk",
    "Encrypted with the account's ECS key; a key of one's own needs a paid KMS instance",
  ),
];
