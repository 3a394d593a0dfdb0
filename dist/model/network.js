"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.ownAddress = exports.firstOwnAddress = exports.isPrivate = exports.maxZones = exports.tiers = void 0;
exports.toRange = toRange;
exports.toCidr = toCidr;
exports.isCidr = isCidr;
exports.overlaps = overlaps;
exports.contains = contains;
exports.planSubnets = planSubnets;
exports.subnetsOf = subnetsOf;
exports.memberZone = memberZone;
exports.databaseAddress = databaseAddress;
const ipaddr_js_1 = __importDefault(require("ipaddr.js"));
exports.tiers = ["balancer", "media", "database"];
exports.maxZones = 6;
function toRange(cidr) {
    const [address, prefix] = ipaddr_js_1.default.IPv4.parseCIDR(cidr);
    return { start: address.octets.reduce((sum, octet) => sum * 256 + octet, 0), prefix };
}
const sizeOf = (range) => 2 ** (32 - range.prefix);
function toCidr(range) {
    return `${addressAt(range, 0)}/${range.prefix}`;
}
function addressAt(range, offset) {
    const value = range.start + offset;
    return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
/** Whether the text is an IPv4 range whose address is the range's first one, e.g. 10.0.0.0/16 but not 10.0.0.1/16. */
function isCidr(text) {
    if (!ipaddr_js_1.default.IPv4.isValidCIDRFourPartDecimal(text))
        return false;
    const range = toRange(text);
    return range.start % sizeOf(range) === 0;
}
function overlaps(a, b) {
    return a.start < b.start + sizeOf(b) && b.start < a.start + sizeOf(a);
}
function contains(outer, inner) {
    return outer.start <= inner.start && inner.start + sizeOf(inner) <= outer.start + sizeOf(outer);
}
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(toRange);
/** AMS advertises an RFC 1918 address to its peers, so the network must be one. */
const isPrivate = (cidr) => privateRanges.some((range) => contains(range, toRange(cidr)));
exports.isPrivate = isPrivate;
/** The nth block of `prefix` bits within a range. */
function block(range, prefix, index) {
    return { start: range.start + index * 2 ** (32 - prefix), prefix };
}
/**
 * Eight slots of the network: six for the zones' media machines, the seventh for the balancers, the eighth for the
 * databases. A zone's subnets depend on its place in the list alone, so appending a zone moves nothing.
 */
function planSubnets(network) {
    if (network.existing !== undefined)
        return existingSubnets(network.zones, network.existing);
    const whole = toRange(network.cidr);
    const slot = (index) => block(whole, whole.prefix + 3, index);
    const rangeOf = (tier, index) => {
        if (tier === "media")
            return slot(index);
        return block(slot(tier === "balancer" ? exports.maxZones : exports.maxZones + 1), whole.prefix + 6, index);
    };
    return exports.tiers.flatMap((tier) => network.zones.map((zone, index) => ({
        key: `${tier}-${zone}`,
        tier,
        zone,
        cidr: toCidr(rangeOf(tier, index)),
        public: tier !== "database",
    })));
}
function existingSubnets(zones, { subnets }) {
    return exports.tiers.flatMap((tier) => subnets[tier].map((subnet, index) => {
        const zone = zones[index] ?? "";
        return { key: `${tier}-${zone}`, tier, zone, public: tier !== "database", ...subnet };
    }));
}
function subnetsOf(network, tier) {
    return planSubnets(network).filter((subnet) => subnet.tier === tier);
}
/** Both clouds keep the first addresses and the last ones of a subnet for themselves; ours count from .11. */
exports.firstOwnAddress = 11;
/**
 * Place in the network's zones, from 0, of a database member. `databaseZones` says it; without that it follows the
 * number of zones, and an added zone asks for another home of the third member.
 */
function memberZone({ zones, databaseZones = [] }, member) {
    const said = databaseZones[member];
    return said === undefined ? member % zones.length : said - 1;
}
/** The fixed address of a database member: the same for as long as the network's range and the member's zone stay. */
function databaseAddress(network, member) {
    const zone = memberZone(network, member);
    const home = subnetsOf(network, "database")[zone];
    if (home === undefined)
        throw new Error(`a database member has no home in zone ${zone + 1}`);
    const before = Array.from({ length: member }, (_, other) => memberZone(network, other));
    return (0, exports.ownAddress)(home, before.filter((other) => other === zone).length);
}
/** The nth address of a subnet that is given to something by name. */
const ownAddress = ({ cidr }, index) => addressAt(toRange(cidr), exports.firstOwnAddress + index);
exports.ownAddress = ownAddress;
