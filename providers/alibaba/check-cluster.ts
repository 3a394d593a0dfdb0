import { absent, type Fault, show } from "../../config/fault.ts";
import type { RawConfig } from "../../config/raw.ts";
import { assignCommand, inOrder, removePath, setCommand, setPath } from "../../config/remedy/command.ts";
import type { Cluster } from "../../config/types.ts";
import { ownDatabase } from "../../model/groups/database.ts";
import { checkAddresses } from "../../model/network/subnet-room.ts";
import { proxyOf, takesIpv6 } from "../../model/traffic/balancer.ts";
import { unsupported } from "../contract.ts";
import { checkCertificate } from "./balancing/certificate.ts";
import { checkCdn } from "./cdn/check-cdn.ts";
import { checkGroups } from "./check-groups.ts";
import { checkTags } from "./check-names.ts";
import { checkExisting } from "./network/existing.ts";
import type { Settings } from "./schema.ts";

/** What the neutral fields ask for that this cloud can't do, or not in this form. */
export function checkCluster(cluster: Cluster): readonly Fault[] {
  return [
    ...checkAddresses(cluster),
    ...(takesIpv6(cluster) ? [withoutIpv6] : []),
    ...checkExisting(cluster),
    ...checkCertificate(cluster),
    ...checkCdn(cluster),
    ...checkManaged(cluster),
    ...checkGroups(cluster),
    ...checkTags(cluster),
  ];
}

/**
 * An ALB begins with a private IPv6 address. The provider makes it public (`ipv6AddressType`, EnableLoadBalancerIpv6Internet),
 * through an IPv6 gateway; to make an ALB dual-stack it replaces the ALB (`addressIpVersion` forces a new one).
 */
const withoutIpv6: Fault = unsupported(
  "ams:balancer.ipv6",
  true,
  "alibaba",
  ["false", "an ALB's IPv6 addresses remain private without an IPv6 gateway, which the stack does not create"],
  setPath("ams:balancer.ipv6", false),
);

/** What the store of the machines' secrets needs, and what it can hold. */
export const checkStore = (settings: Settings, cluster: Cluster, texts: Texts): readonly Fault[] => [
  ...checkKms(settings, cluster),
  ...checkLengths(settings, cluster, texts),
];

/** A KMS instance of one's own goes with the store that needs it. */
function checkKms({ secretStore, kms }: Settings, { region }: Cluster): readonly Fault[] {
  if ((secretStore === "kms") === (kms !== undefined)) return [];
  const path = "ams:alibaba.kms";
  if (kms !== undefined) {
    const allowed = "not set, because ams:alibaba.secretStore is oos";
    return [{ path, got: show(kms), allowed, fix: removePath(path) }];
  }
  const allowed = `the instanceId and keyId of your KMS instance in ${region}, because ams:alibaba.secretStore is kms`;
  return [{ path, got: absent, allowed, fix: setPath(path, kmsExample) }];
}

const kmsExample = { instanceId: "kst-hzz0123456789abcdefgh", keyId: "key-hzz0123456789abcdefgh" };

/** Secret configuration values in clear; undefined where one is there but can't be read. */
export type Texts = RawConfig["secrets"];

/** Characters of a parameter's value (OOS, CreateSecretParameter). */
const longestParameter = 4096;

/** A machine's secret: what of it the stack gives, and room for what the program makes, with all names. */
interface Contents {
  readonly path: string;
  readonly of: string;
  readonly given: readonly (string | undefined)[];
  readonly room: number;
}

function contents(cluster: Cluster, texts: Texts): readonly Contents[] {
  const { certificate } = cluster;
  const tls = ownDatabase(cluster)?.tls;
  const uploaded = proxyOf(cluster) !== undefined && certificate.source === "uploaded";
  const url = cluster.database.kind === "external" ? texts["databaseUrl"] : undefined;
  return [
    ...(uploaded
      ? [
          {
            path: "ams:certificate.pem",
            of: "proxies'",
            given: [certificate.pem, texts["certificateKey"]],
            room: 150,
          },
        ]
      : []),
    ...(tls === undefined
      ? []
      : [
          {
            path: "ams:database.tls",
            of: "database machines'",
            given: [tls.pem, tls.ca, texts["databaseTlsKey"]],
            // Two passwords and MongoDB's key file of 512 characters.
            room: 800,
          },
        ]),
    {
      path: url === undefined ? "ams:database.tls.ca" : "ams:databaseUrl",
      of: "media machines'",
      given: [url, tls?.ca],
      room: 1200,
    },
  ];
}

/** An OOS parameter is short: a chain of certificates with an RSA key is more than it takes. */
function checkLengths({ secretStore }: Settings, cluster: Cluster, texts: Texts): readonly Fault[] {
  if (secretStore !== "oos") return [];
  return contents(cluster, texts).flatMap(({ path, of, given, room }) => {
    // Each machine sends the headers of ams:logHeaders.
    const known = [...given, texts["logHeaders"]].filter((text) => text !== undefined);
    const length = room + JSON.stringify(known).length;
    if (length <= longestParameter) return [];
    return [
      {
        path,
        got: `about ${length} characters in the ${of} secret`,
        allowed: `at most ${longestParameter} characters, the limit for an OOS parameter. Use an EC key and fewer certificates, or your own KMS instance`,
        fix: `To use a KMS instance: ${inOrder(setCommand("ams:alibaba.secretStore", "kms"), assignCommand("ams:alibaba.kms", kmsExample))}`,
      },
    ];
  });
}

/** Storage is sold by the ten. */
const storageStepGiB = 10;

function checkManaged({ database }: Cluster): readonly Fault[] {
  if (database.kind !== "managed" || database.diskGiB % storageStepGiB === 0) return [];
  const next = Math.ceil(database.diskGiB / storageStepGiB) * storageStepGiB;
  const allowed = ["a multiple of 10 GiB", "ApsaraDB for MongoDB allocates storage in steps of 10 GiB"] as const;
  const fix = setPath("ams:database.diskGiB", next);
  return [unsupported("ams:database.diskGiB", database.diskGiB, "alibaba", allowed, fix)];
}
