import { type Fault, show } from "../../config/fault.ts";
import type { RawConfig } from "../../config/raw.ts";
import type { Cluster } from "../../config/types.ts";
import { ownDatabase } from "../../model/groups/database.ts";
import { checkAddresses } from "../../model/network/subnet-room.ts";
import { proxyOf } from "../../model/traffic/balancer.ts";
import { unsupported } from "../contract.ts";
import { checkCertificate } from "./balancing/certificate.ts";
import { checkGroups } from "./check-groups.ts";
import { checkTags } from "./check-names.ts";
import { checkExisting } from "./network/existing.ts";
import type { Settings } from "./schema.ts";

/** What the neutral fields ask for that this cloud can't do, or not in this form. */
export function checkCluster(cluster: Cluster): readonly Fault[] {
  return [
    ...checkAddresses(cluster),
    ...checkExisting(cluster),
    ...checkCertificate(cluster),
    ...checkManaged(cluster),
    ...checkGroups(cluster),
    ...checkTags(cluster),
  ];
}

/** What the store of the machines' secrets needs, and what it can hold. */
export const checkStore = (settings: Settings, cluster: Cluster, texts: Texts): readonly Fault[] => [
  ...checkKms(settings, cluster),
  ...checkLengths(settings, cluster, texts),
];

/** A KMS instance of one's own goes with the store that needs it. */
function checkKms({ secretStore, kms }: Settings, { region }: Cluster): readonly Fault[] {
  if ((secretStore === "kms") === (kms !== undefined)) return [];
  return [
    {
      path: "ams:alibaba.kms",
      got: show(kms),
      allowed:
        secretStore === "kms"
          ? `instanceId and keyId of your KMS instance in ${region}, which secretStore kms dependencies`
          : "nothing while secretStore is oos",
      fix: "Set both, or neither: pulumi config set --path ams:alibaba.secretStore kms",
    },
  ];
}

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
      ? [{ path: "ams:certificate.pem", of: "proxies", given: [certificate.pem, texts["certificateKey"]], room: 150 }]
      : []),
    ...(tls === undefined
      ? []
      : [
          {
            path: "ams:database.tls",
            of: "database's machines",
            given: [tls.pem, tls.ca, texts["databaseTlsKey"]],
            // Two passwords and MongoDB's key file of 512 characters.
            room: 800,
          },
        ]),
    {
      path: url === undefined ? "ams:database.tls.ca" : "ams:databaseUrl",
      of: "media machines",
      given: [url, tls?.ca],
      room: 1200,
    },
  ];
}

/** An OOS parameter is short: a chain of certificates with an RSA key is more than it takes. */
function checkLengths({ secretStore }: Settings, cluster: Cluster, texts: Texts): readonly Fault[] {
  if (secretStore !== "oos") return [];
  return contents(cluster, texts).flatMap(({ path, of, given, room }) => {
    const known = given.filter((text) => text !== undefined);
    const length = room + JSON.stringify(known).length;
    if (length <= longestParameter) return [];
    return [
      {
        path,
        got: `some ${length} characters in the secret of the ${of}`,
        allowed: `at most ${longestParameter} in a parameter of OOS`,
        fix: "Take an EC key and as few authorities as clients need, or a KMS instance of yours: pulumi config set --path ams:alibaba.secretStore kms (and ams:alibaba.kms)",
      },
    ];
  });
}

/** Storage is sold by the ten. */
const storageStepGiB = 10;

function checkManaged({ database }: Cluster): readonly Fault[] {
  if (database.kind !== "managed" || database.diskGiB % storageStepGiB === 0) return [];
  const next = Math.ceil(database.diskGiB / storageStepGiB) * storageStepGiB;
  const fix = `Set it with: pulumi config set --path ams:database.diskGiB ${next}`;
  return [
    unsupported("ams:database.diskGiB", database.diskGiB, "alibaba", "tens of GiB for ApsaraDB for MongoDB", fix),
  ];
}
