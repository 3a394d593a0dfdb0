import { mergeRanges, toRange } from "../../model/network/ranges.ts";
import { isWildcard } from "../../model/traffic/issued.ts";
import { maxAdminCidrs } from "../../model/traffic/listeners.ts";
import { ownNames } from "../../model/traffic/stream-names.ts";
import { absent, type Fault, show } from "../fault.ts";
import { removePath, setPath, setSecret, shortenPath } from "../remedy/command.ts";
import type { Chosen, Cloud, Cluster, Domain } from "../types.ts";
import { checkApplications } from "./ams/applications.ts";
import { checkBalancer } from "./balancer.ts";
import { checkCdn } from "./cdn.ts";
import { missingDomain } from "./common.ts";
import { checkDatabase } from "./database.ts";
import { checkElasticity, checkFixedAddresses, checkGroup } from "./groups.ts";
import { checkMedia } from "./media.ts";
import { checkNetwork } from "./network.ts";
import { checkLogs } from "./operation/logs.ts";
import { checkMonitoring } from "./operation/monitoring.ts";
import { checkTurn } from "./turn.ts";

type Present = Readonly<Record<string, string | undefined>>;

/** Checks that span more than one value; each looks only at sections that have their form. */
export function checkAcross(parts: Chosen, secrets: Present): readonly Fault[] {
  return [
    ...checkNetwork(parts),
    ...checkGroup("origin", parts.origin),
    ...checkGroup("edge", parts.edge),
    ...checkElasticity(parts.edge),
    ...checkFixedAddresses(parts),
    ...checkDatabase(parts, secrets),
    ...checkMedia(parts, secrets),
    ...checkApplications(parts, secrets),
    ...checkBalancer(parts),
    ...checkCdn(parts),
    ...checkTurn(parts),
    ...checkTls(parts, secrets),
    ...checkDomain(parts.domain),
    ...checkNames(parts),
    ...checkAccess(parts.access),
    ...checkMonitoring(parts),
    ...checkLogs(parts, secrets),
  ];
}

function checkTls({ certificate, domain }: Chosen, secrets: Present): readonly Fault[] {
  if (certificate === undefined || certificate.source === "none") return [];
  const faults: Fault[] = [];
  if (domain === undefined) {
    faults.push(
      missingDomain(`ams:certificate.source is ${certificate.source}, and a certificate requires a domain name`),
    );
  }
  if (certificate.source === "uploaded" && !("certificateKey" in secrets)) {
    faults.push({
      path: "ams:certificateKey",
      got: absent,
      allowed: "the encrypted private key in PEM format, because ams:certificate.source is uploaded",
      fix: setSecret("certificateKey", "key.pem"),
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
      allowed: `the DNS zone that contains ${domain.name} (ams:domain.name)`,
      fix: setPath("ams:domain.zone", domain.name.split(".").slice(-2).join(".")),
    },
  ];
}

/** Why the proxies can't write the authority's records, and no others, into the zone. */
function notProved(cloud: Cloud, { dns }: Pick<Domain, "dns">): string | undefined {
  // RAM's resources for it are domains, instances and groups, and it has no conditions (Alibaba Cloud DNS, "RAM authorization").
  if (cloud === "alibaba") return "RAM cannot limit the proxies' role to a domain's validation records";
  return dns === "managed"
    ? undefined
    : "the proxies can change records only in a Route 53 hosted zone, which requires ams:domain.dns to be managed";
}

function checkNames({ cloud, domain, certificate, balancer }: Chosen): readonly Fault[] {
  if (domain === undefined) return [];
  const { name, names, zone } = domain;
  const byProxies = certificate?.source === "issued" && balancer !== undefined && balancer.kind !== "managed";
  return names.flatMap((one, index) => {
    const path = `ams:domain.names[${index}]`;
    const refuse = (allowed: string): readonly Fault[] => [{ path, got: show(one), allowed, fix: removePath(path) }];
    if (ownNames({ name }).includes(one))
      return refuse(`a name other than those that the stack adds automatically (${ownNames({ name }).join(", ")})`);
    if (one !== zone && !one.endsWith(`.${zone}`)) return refuse(`a name in the zone ${zone} (ams:domain.zone)`);
    const why = cloud === undefined ? undefined : notProved(cloud, domain);
    if (byProxies && isWildcard(one) && why !== undefined)
      return refuse(
        `a name without a wildcard, because ams:balancer.kind is ${balancer.kind} and ams:certificate.source is issued: Let's Encrypt validates wildcards through DNS, and ${why}. To use wildcards, set ams:certificate.source to uploaded`,
      );
    return [];
  });
}

function checkAccess(access: Chosen["access"]): readonly Fault[] {
  if (access === undefined) return [];
  const faults: Fault[] = [];
  access.adminCidrs.forEach((range, index) => {
    if (toRange(range).prefix >= 8) return;
    faults.push({
      path: `ams:access.adminCidrs[${index}]`,
      got: show(range),
      allowed: "a range no larger than /8, because anyone who can access the panel controls the whole cluster",
      fix: setPath(`ams:access.adminCidrs[${index}]`, "203.0.113.7/32"),
    });
  });
  const merged = mergeRanges(access.adminCidrs).length;
  if (merged > maxAdminCidrs) {
    faults.push({
      path: "ams:access.adminCidrs",
      got: `${access.adminCidrs.length} ranges (${merged} after adjacent ranges are merged)`,
      allowed: `at most ${maxAdminCidrs} ranges, because a listener rule can contain three ranges, and a load balancer can have 100 rules ("Rules per Application Load Balancer" quota). Use wider ranges, or a VPN that has few addresses`,
      fix: shortenPath("ams:access.adminCidrs", access.adminCidrs.length, maxAdminCidrs),
    });
  }
  const { sshPublicKey, adminCidrs, adminGroup } = access;
  if (sshPublicKey !== undefined && adminCidrs.length === 0 && adminGroup === undefined) {
    faults.push({
      path: "ams:access.adminCidrs",
      got: absent,
      allowed: "at least one range or ams:access.adminGroup, because ams:access.sshPublicKey is set",
      fix: setPath("ams:access.adminCidrs[0]", "203.0.113.7/32"),
    });
  }
  if (adminGroup !== undefined && sshPublicKey === undefined) {
    faults.push({
      path: "ams:access.adminGroup",
      got: show(adminGroup),
      allowed: "not set unless ams:access.sshPublicKey is set, because the group is used only for SSH",
      fix: removePath("ams:access.adminGroup"),
    });
  }
  return faults;
}
