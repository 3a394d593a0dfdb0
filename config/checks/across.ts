import { mergeRanges, toRange } from "../../model/network/ranges.ts";
import { maxAdminCidrs } from "../../model/traffic/listeners.ts";
import { absent, type Fault, setPath, show } from "../fault.ts";
import type { Chosen, Cluster } from "../types.ts";
import { checkBalancer } from "./balancer.ts";
import { checkDatabase } from "./database.ts";
import { checkElasticity, checkGroup } from "./groups.ts";
import { checkMedia } from "./media.ts";
import { checkNetwork } from "./network.ts";

type Present = Readonly<Record<string, string | undefined>>;

/** Checks that span more than one value; each looks only at sections that have their form. */
export function checkAcross(parts: Chosen, secrets: Present): readonly Fault[] {
  return [
    ...checkNetwork(parts),
    ...checkGroup("origin", parts.origin),
    ...checkGroup("edge", parts.edge),
    ...checkElasticity(parts.edge),
    ...checkDatabase(parts, secrets),
    ...checkMedia(parts.media, secrets),
    ...checkBalancer(parts),
    ...checkTls(parts, secrets),
    ...checkDomain(parts.domain),
    ...checkAccess(parts.access),
  ];
}

function checkTls({ certificate, domain }: Chosen, secrets: Present): readonly Fault[] {
  if (certificate === undefined || certificate.source === "none") return [];
  const faults: Fault[] = [];
  if (domain === undefined) {
    faults.push({
      path: "ams:domain",
      got: absent,
      allowed: "a name and its zone: a certificate is for a name",
      fix: "Set both: pulumi config set --path ams:domain.name live.example.com (and ams:domain.zone example.com), or ams:certificate.source none",
    });
  }
  if (certificate.source === "uploaded" && !("certificateKey" in secrets)) {
    faults.push({
      path: "ams:certificateKey",
      got: absent,
      allowed: "the private key's PEM text, encrypted, for ams:certificate.source uploaded",
      fix: "Set it with: pulumi config set --secret ams:certificateKey < key.pem",
    });
  }
  return faults;
}

function checkDomain(domain: Cluster["domain"] | undefined): readonly Fault[] {
  if (domain === undefined || domain.name === domain.zone || domain.name.endsWith(`.${domain.zone}`)) return [];
  return [
    {
      path: "ams:domain.zone",
      got: show(domain.zone),
      allowed: `the zone that holds ams:domain.name ${domain.name}`,
      fix: setPath("ams:domain.zone", domain.name.split(".").slice(-2).join(".")),
    },
  ];
}

function checkAccess(access: Chosen["access"]): readonly Fault[] {
  if (access === undefined) return [];
  const faults: Fault[] = [];
  access.adminCidrs.forEach((range, index) => {
    if (toRange(range).prefix >= 8) return;
    faults.push({
      path: `ams:access.adminCidrs[${index}]`,
      got: show(range),
      allowed: "ranges of /8 or smaller: the panel's first visitor may own the cluster",
      fix: setPath(`ams:access.adminCidrs[${index}]`, "203.0.113.7/32"),
    });
  });
  const merged = mergeRanges(access.adminCidrs).length;
  if (merged > maxAdminCidrs) {
    faults.push({
      path: "ams:access.adminCidrs",
      got: `${access.adminCidrs.length} ranges, ${merged} after neighbours are merged`,
      allowed: `at most ${maxAdminCidrs}: a listener's rules take three ranges each, and a balancer has 100 rules (quota "Rules per Application Load Balancer")`,
      fix: "Name wider ranges, or let administrators in through a VPN with few addresses",
    });
  }
  const { sshPublicKey, adminCidrs, adminGroup } = access;
  if (sshPublicKey !== undefined && adminCidrs.length === 0 && adminGroup === undefined) {
    faults.push({
      path: "ams:access.adminCidrs",
      got: absent,
      allowed: "at least one range, or ams:access.adminGroup, while ams:access.sshPublicKey is set",
      fix: setPath("ams:access.adminCidrs[0]", "203.0.113.7/32"),
    });
  }
  if (adminGroup !== undefined && sshPublicKey === undefined) {
    faults.push({
      path: "ams:access.adminGroup",
      got: show(adminGroup),
      allowed: "nothing without ams:access.sshPublicKey: SSH is what a group of machines can be let in by",
      fix: "Set the key with: pulumi config set --path ams:access.sshPublicKey KEY, or remove the group",
    });
  }
  return faults;
}
