import { tiers } from "../../model/network/network.ts";
import { contains, isPrivate, maxZones, overlaps, toRange } from "../../model/network/ranges.ts";
import { type Fault, setPath, show } from "../fault.ts";
import type { Chosen, ExistingSubnet, Sections } from "../types.ts";

type Network = Sections["network"];

export function checkNetwork({ network }: Chosen): readonly Fault[] {
  if (network === undefined) return [];
  return [...checkRange(network), ...checkZones(network), ...checkExisting(network)];
}

const fault = (key: string, got: unknown, allowed: string, fix: string): Fault => ({
  path: `ams:network.${key}`,
  got: show(got),
  allowed,
  fix,
});

function checkRange({ cidr, avoid, existing }: Network): readonly Fault[] {
  const faults: Fault[] = [];
  const { prefix } = toRange(cidr);
  if (existing === undefined && (prefix < 16 || prefix > 21)) {
    const allowed = "a range from /16 to /21: smaller ones leave no room for the balancers";
    faults.push(fault("cidr", cidr, allowed, setPath("ams:network.cidr", "10.0.0.0/16")));
  } else if (!isPrivate(cidr)) {
    const allowed =
      "a private range within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16: AMS tells its peers its private address";
    faults.push(fault("cidr", cidr, allowed, setPath("ams:network.cidr", "10.0.0.0/16")));
  }
  avoid.forEach((other, index) => {
    if (!overlaps(toRange(cidr), toRange(other))) return;
    const allowed = `ranges that don't overlap ams:network.cidr ${cidr}`;
    faults.push(fault(`avoid[${index}]`, other, allowed, "Choose another ams:network.cidr"));
  });
  return faults;
}

function checkZones({ zones, databaseZones = [] }: Network): readonly Fault[] {
  const faults: Fault[] = [];
  databaseZones.forEach((place, member) => {
    if (place <= zones.length) return;
    const allowed = `the place of a zone in ams:network.zones, which has ${zones.length}`;
    const key = `databaseZones[${member}]`;
    faults.push(fault(key, place, allowed, setPath(`ams:network.${key}`, "1")));
  });
  if (zones.length < 2 || zones.length > maxZones) {
    const allowed = `two to ${maxZones} zones: the balancers of both clouds need two, and one zone alone can fail`;
    faults.push(fault("zones", zones, allowed, setPath("ams:network.zones[1]", "b")));
  }
  if (new Set(zones).size !== zones.length) {
    faults.push(fault("zones", zones, "each zone once", "Remove the repeated one from ams:network.zones"));
  }
  return faults;
}

function checkExisting(network: Network): readonly Fault[] {
  const { existing, zones, nat } = network;
  if (existing === undefined) return [];
  const faults: Fault[] = [];
  if (nat !== undefined) {
    const allowed = "nothing while ams:network.existing is set: its gateways are its owner's";
    faults.push(fault("nat", nat, allowed, "Remove it with: pulumi config rm --path ams:network.nat"));
  }
  for (const tier of tiers) {
    const subnets = existing.subnets[tier];
    if (subnets.length === zones.length) continue;
    const allowed = `${zones.length}, one for each of ams:network.zones in their order`;
    faults.push(fault(`existing.subnets.${tier}`, `${subnets.length} subnets`, allowed, "Add or remove subnets"));
  }
  return [...faults, ...checkSubnets(network, existing.subnets)];
}

/** An application balancer wants eight free addresses in each subnet (AWS: at least /27); a database counts from .11. */
const smallestPrefix = 27;

function checkSubnets(
  { cidr }: Network,
  subnets: Readonly<Record<(typeof tiers)[number], readonly ExistingSubnet[]>>,
): readonly Fault[] {
  const all = tiers.flatMap((tier) => subnets[tier].map((subnet, index) => ({ ...subnet, key: `${tier}[${index}]` })));
  return all.flatMap(({ key, id, cidr: own }, place) => {
    const path = `existing.subnets.${key}`;
    const faults: Fault[] = [];
    if (!contains(toRange(cidr), toRange(own))) {
      const allowed = `a range within ams:network.cidr ${cidr}, the network's own`;
      faults.push(fault(`${path}.cidr`, own, allowed, "Set ams:network.cidr to the network's range"));
    }
    if (toRange(own).prefix > smallestPrefix) {
      const allowed = `a range of /${smallestPrefix} or larger`;
      faults.push(fault(`${path}.cidr`, own, allowed, "Name a larger subnet"));
    }
    const twin = all.slice(0, place).find((other) => other.id === id || overlaps(toRange(other.cidr), toRange(own)));
    if (twin !== undefined) {
      const allowed = `another subnet than existing.subnets.${twin.key}: each tier has firewall rules of its own`;
      faults.push(fault(path, id, allowed, "Name a subnet for each tier and zone"));
    }
    return faults;
  });
}
