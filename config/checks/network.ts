import { tiers } from "../../model/network/network.ts";
import { contains, isPrivate, maxZones, overlaps, toRange } from "../../model/network/ranges.ts";
import { type Fault, show } from "../fault.ts";
import { isKnown } from "../handle.ts";
import { assignCommand, removePath, setCommand, setPath, shortenPath } from "../remedy/command.ts";
import type { Chosen, ExistingSubnet, Sections } from "../types.ts";
import { freeNetwork, freeSubnet } from "./free-range.ts";

type Network = Sections["network"];

export function checkNetwork(parts: Chosen): readonly Fault[] {
  const { network } = parts;
  if (network === undefined) return [];
  return [...checkRange(network), ...checkZones(network), ...checkWayOut(parts, network), ...checkExisting(network)];
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
    const allowed =
      "a range from /16 to /21, because a smaller range does not have enough addresses for the load balancers";
    faults.push(fault("cidr", cidr, allowed, setPath("ams:network.cidr", "10.0.0.0/16")));
  } else if (!isPrivate(cidr)) {
    const allowed =
      "a private range within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, because AMS nodes connect to each other's private addresses";
    faults.push(fault("cidr", cidr, allowed, setPath("ams:network.cidr", "10.0.0.0/16")));
  }
  avoid.forEach((other, index) => {
    if (!overlaps(toRange(cidr), toRange(other))) return;
    const allowed = `ranges that do not overlap ${cidr} (ams:network.cidr)`;
    faults.push(
      fault(
        `avoid[${index}]`,
        other,
        allowed,
        `Change the network's range with: ${setCommand("ams:network.cidr", freeNetwork(avoid))}`,
      ),
    );
  });
  return faults;
}

/** Machines without a public address fetch their agent's packages and reach the cloud's API through NAT. */
function checkWayOut({ database, mode }: Chosen, { media, nat }: Network): readonly Fault[] {
  // Machines of a database, which need it as well, have their own fault.
  const isTold = mode !== "standalone" && (database?.kind === "instance" || database?.kind === "replica-set");
  if (media === "public" || nat !== "none" || isTold) return [];
  const allowed =
    "one or per-zone, because ams:network.media is private and AMS machines have no other route to the internet";
  return [fault("nat", nat, allowed, setPath("ams:network.nat", "one"))];
}

/** Clients that can't reach the machines that they exchange media with. */
export function reachWarnings({ network, balancer, turn }: Chosen): readonly string[] {
  if (network?.media !== "private") return [];
  const direct =
    "WebRTC publishers and players exchange media directly with the private addresses of AMS machines. Clients outside private networks need a VPN";
  const relayed =
    "clients outside private networks exchange WebRTC media only through the TURN servers. Set ams:turn.count high enough for all of these clients";
  const rest = "RTMP, SRT, HLS and DASH pass through the load balancers";
  const said =
    // The TURN servers are as far away as the load balancers.
    balancer?.scheme === "internal"
      ? direct
      : `${turn === undefined ? `${direct} or TURN servers (ams:turn)` : relayed}. ${rest}`;
  return [`ams:network.media is private: ${said}`];
}

function checkZones({ zones, databaseZones = [] }: Network): readonly Fault[] {
  const faults: Fault[] = [];
  databaseZones.forEach((place, member) => {
    if (place <= zones.length) return;
    const allowed = `a position in ams:network.zones, from 1 to ${zones.length}`;
    const key = `databaseZones[${member}]`;
    faults.push(fault(key, place, allowed, setPath(`ams:network.${key}`, 1)));
  });
  if (zones.length < 2 || zones.length > maxZones) {
    const allowed = `2 to ${maxZones} zones, because both clouds' load balancers require at least two`;
    const fix =
      zones.length > maxZones
        ? shortenPath("ams:network.zones", zones.length, maxZones)
        : setPath(
            `ams:network.zones[${zones.length}]`,
            ["a", "b"].find((zone) => !zones.includes(zone)),
          );
    faults.push(fault("zones", zones, allowed, zones.length === 0 ? setPath("ams:network.zones", ["a", "b"]) : fix));
  }
  if (new Set(zones).size !== zones.length) {
    const twice = zones.findIndex((zone, index) => zones.indexOf(zone) < index);
    const fix =
      zones.length > 2
        ? removePath(`ams:network.zones[${twice}]`)
        : setPath(
            `ams:network.zones[${twice}]`,
            ["a", "b"].find((zone) => !zones.includes(zone)),
          );
    faults.push(fault("zones", zones, "each zone only once", fix));
  }
  return faults;
}

function checkExisting(network: Network): readonly Fault[] {
  const { existing, zones, nat } = network;
  if (existing === undefined) return [];
  const faults: Fault[] = [];
  if (nat !== undefined) {
    const allowed = "not set, because ams:network.existing is set and that network has its own gateways";
    faults.push(fault("nat", nat, allowed, removePath("ams:network.nat")));
  }
  for (const tier of tiers) {
    const subnets = existing.subnets[tier];
    if (subnets.length === zones.length) continue;
    const allowed = `${zones.length} subnets, one for each zone in ams:network.zones, in the same order`;
    const path = `ams:network.existing.subnets.${tier}`;
    const fix =
      subnets.length > zones.length
        ? shortenPath(path, subnets.length, zones.length)
        : `Add the next subnet with: ${assignCommand(`${path}[${subnets.length}]`, nextSubnet(network, existing.subnets))}`;
    faults.push(fault(`existing.subnets.${tier}`, subnets.length, allowed, fix));
  }
  return [...faults, ...checkSubnets(network, existing.subnets)];
}

type Subnets = Readonly<Record<(typeof tiers)[number], readonly ExistingSubnet[]>>;

/** The form of another subnet: its id is an example, its range is free. */
function nextSubnet({ cidr }: Network, subnets: Subnets): Readonly<Record<"id" | "cidr", string>> {
  const all = tiers.flatMap((tier) => subnets[tier]);
  const ids = all.flatMap(({ id }) => (isKnown(id) ? [id] : []));
  const range =
    freeSubnet(
      cidr,
      all.map((subnet) => subnet.cidr),
    ) ?? cidr;
  return { id: otherId(ids), cidr: range };
}

/** An id of the same form as those that there are, and none of them. */
function otherId(ids: readonly string[]): string {
  const [first = "subnet-0123456789abcdef0"] = ids;
  const ends = [..."0123456789abcdef"].map((end) => first.slice(0, -1) + end);
  return ends.find((id) => !ids.includes(id)) ?? first;
}

/** An application balancer wants eight free addresses in each subnet (AWS: at least /27); a database counts from .11. */
const smallestPrefix = 27;

function checkSubnets(network: Network, subnets: Subnets): readonly Fault[] {
  const { cidr } = network;
  const next = nextSubnet(network, subnets);
  const all = tiers.flatMap((tier) => subnets[tier].map((subnet, index) => ({ ...subnet, key: `${tier}[${index}]` })));
  return all.flatMap(({ key, id, cidr: own }, place) => {
    const path = `existing.subnets.${key}`;
    const faults: Fault[] = [];
    if (!contains(toRange(cidr), toRange(own))) {
      const allowed = `a range within ams:network.cidr, which is ${cidr}`;
      faults.push(fault(`${path}.cidr`, own, allowed, setPath(`ams:network.${path}.cidr`, next.cidr)));
    }
    if (toRange(own).prefix > smallestPrefix) {
      const allowed = `a range of /${smallestPrefix} or larger`;
      faults.push(fault(`${path}.cidr`, own, allowed, setPath(`ams:network.${path}.cidr`, next.cidr)));
    }
    const twin = all.slice(0, place).find((other) => other.id === id || overlaps(toRange(other.cidr), toRange(own)));
    if (twin !== undefined) {
      const allowed = `a subnet other than existing.subnets.${twin.key}, because each tier and zone needs its own subnet`;
      const key = twin.id === id ? "id" : "cidr";
      faults.push(fault(path, id, allowed, setPath(`ams:network.${path}.${key}`, next[key])));
    }
    return faults;
  });
}
