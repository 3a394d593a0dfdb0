import * as fc from "fast-check";
import type { Balancer } from "../../config/types.ts";
import { toCidr } from "../../model/network/ranges.ts";
import { maxAdminCidrs } from "../../model/traffic/listeners.ts";
import { withoutGpu } from "./databases.ts";

/** Ways into random clusters: networks, balancers, TURN servers and administrators' ranges. */

export const whole = (min: number, max: number) => fc.integer({ min, max });

const networkCidr = fc
  .tuple(fc.constantFrom("10.64.0.0", "172.16.0.0", "192.168.0.0"), whole(16, 18))
  .map(([address, prefix]) => `${address}/${prefix}`);

export const network = fc.record(
  {
    cidr: networkCidr,
    zones: fc.shuffledSubarray(["a", "b", "c", "d", "e", "f"], { minLength: 2 }),
    databaseZones: fc.constantFrom([1, 2, 1], [2, 1, 2], [1, 2]),
    nat: fc.constantFrom("one", "per-zone"),
    media: fc.constantFrom("public", "private"),
    avoid: fc.subarray(["10.0.0.0/16", "192.0.2.0/24"]),
  },
  { requiredKeys: ["cidr", "zones", "nat", "media", "avoid"] },
);

const health = whole(5, 50).chain((intervalSeconds) =>
  fc.record({
    intervalSeconds: fc.constant(intervalSeconds),
    timeoutSeconds: whole(2, intervalSeconds - 1),
    healthyThreshold: whole(2, 10),
    unhealthyThreshold: whole(2, 10),
  }),
);

const way = {
  scheme: fc.constantFrom("internet", "internal"),
  http: fc.constantFrom("redirect", "forward"),
  drainSeconds: whole(10, 900),
  idleTimeoutSeconds: whole(10, 600),
  health,
  panelStickinessSeconds: whole(1, 86400),
  rtmp: fc.boolean(),
  rtmps: fc.boolean(),
  streams: fc.subarray([
    { name: "rtsp", port: 554, protocol: "tcp" as const, targetPort: 5554 },
    { name: "secure", port: 50443, protocol: "tls" as const, targetPort: 1935 },
  ]),
};

const range = fc
  .tuple(whole(8, 32), whole(0, 2 ** 32 - 1))
  .map(([prefix, address]) => toCidr({ prefix, start: Math.floor(address / 2 ** (32 - prefix)) * 2 ** (32 - prefix) }))
  .filter((text) => text !== "255.255.255.255/32");

const proxies = {
  machine: fc.constantFrom(...withoutGpu),
  count: whole(2, 10),
  connectionsPerSource: whole(10, 65_535),
  trustedSources: fc.uniqueArray(range, { maxLength: 60 }),
};

export const balancer: fc.Arbitrary<Balancer> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("managed" as const),
      ...way,
      srt: fc.boolean(),
      ipv6: fc.constant(false),
    }),
  },
  fc.record({ kind: fc.constant("haproxy" as const), ...proxies, ...way, srt: fc.constant(false) }),
  fc.record({ kind: fc.constant("nginx" as const), ...proxies, ...way, srt: fc.boolean() }),
);

export const turn = fc.record(
  {
    default: fc.constantFrom("udp", "tcp", "tcp443"),
    machine: fc.constantFrom(...withoutGpu),
    count: whole(2, 10),
    allocations: whole(10, 8000),
    allocationsPerSource: whole(1, 1000),
    allocationMbps: whole(1, 100),
    credential: whole(1, 999),
  },
  { requiredKeys: [] },
);

/** Few ranges mostly, and now and then as many as there may be. */
const adminCidrs = fc.oneof(
  { weight: 3, arbitrary: fc.uniqueArray(range, { maxLength: 5 }) },
  fc.uniqueArray(range, { minLength: maxAdminCidrs, maxLength: maxAdminCidrs }),
);

export const access = fc.tuple(adminCidrs, fc.boolean()).map(([ranges, ssh]) => ({
  adminCidrs: ranges,
  ...(ssh && ranges.length > 0 ? { sshPublicKey: `ssh-ed25519 ${"A".repeat(68)} admin@example.com` } : {}),
}));
