import { urlOptionsSince } from "../../config/checks/media.ts";
import { type Fault, show } from "../../config/fault.ts";
import { isKnown } from "../../config/handle.ts";
import { setCommand, setPath } from "../../config/remedy/command.ts";
import { examples } from "../../config/remedy/examples.ts";
import type { Cluster } from "../../config/types.ts";
import { isAtLeast } from "../../model/ams/release.ts";
import { partitionOf } from "../../model/network/partitions.ts";
import { checkAddresses } from "../../model/network/subnet-room.ts";
import { type Allowed, unsupported } from "../contract.ts";
import { checkCdn } from "./cdn/check-cdn.ts";
import { checkGroups } from "./check-groups.ts";
import { checkNames } from "./check-names.ts";
import { checkExisting } from "./network/existing.ts";

/** What the neutral fields ask for that this cloud can't do, or not in this form. */
export function checkCluster(cluster: Cluster): readonly Fault[] {
  return [
    ...checkAddresses(cluster),
    ...checkExisting(cluster),
    ...checkCertificate(cluster),
    ...checkCdn(cluster),
    ...checkSshKey(cluster),
    ...checkManaged(cluster),
    ...checkGroups(cluster),
    ...checkNames(cluster),
  ];
}

function checkSshKey({ access: { sshPublicKey } }: Cluster): readonly Fault[] {
  if (sshPublicKey === undefined || !isKnown(sshPublicKey) || /^ssh-(rsa|ed25519) /.test(sshPublicKey)) return [];
  const fix = 'Set it with: pulumi config set --path ams:access.sshPublicKey "$(cat ~/.ssh/id_ed25519.pub)"';
  return [unsupported("ams:access.sshPublicKey", sshPublicKey, "aws", "an RSA or Ed25519 key", fix)];
}

/** An existing certificate is named by an ARN, and a balancer takes those of its own region only. */
function checkCertificate({ certificate, region }: Cluster): readonly Fault[] {
  if (certificate.source !== "existing" || !isKnown(certificate.id)) return [];
  const place = `arn:${partitionOf(region).id}:acm:${region}`;
  if (new RegExp(`^${place}:\\d{12}:certificate/[0-9a-f-]{36}$`).test(certificate.id)) return [];
  return [
    {
      path: "ams:certificate.id",
      got: show(certificate.id),
      allowed: `the ARN of an ACM certificate in ${region}; to use a certificate issued by ACM, set ams:certificate.source to issued`,
      fix: setPath("ams:certificate.id", examples.certificateId({ cloud: "aws", region })),
    },
  ];
}

/**
 * AWS's regions that are not in the service's list (DocumentDB's developer guide, "Region availability",
 * docs.aws.amazon.com/documentdb/latest/developerguide/regions-and-azs.html): a newer region is let through.
 */
const withoutDocumentDb = [
  ...["us-west-1", "ca-west-1", "eu-central-2", "me-south-1"],
  ...["ap-east-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-6"],
];

/** DocumentDB has a protocol version, a URL and names of its own. */
function checkManaged({ database, region, media, name }: Cluster): readonly Fault[] {
  if (database.kind !== "managed") return [];
  const refuse = (path: string, got: unknown, allowed: Allowed, fix: string): Fault =>
    unsupported(path, got, "aws", allowed, fix);
  const faults: Fault[] = [];
  if (withoutDocumentDb.includes(region)) {
    const allowed = ["a kind other than managed", `DocumentDB is not available in ${region}`] as const;
    faults.push(refuse("ams:database.kind", database.kind, allowed, setPath("ams:database.kind", "replica-set")));
  }
  if (database.version !== "5.0") {
    const fix = setPath("ams:database.version", "5.0");
    faults.push(
      refuse(
        "ams:database.version",
        database.version,
        ["5.0", "the program supports only this version of DocumentDB"],
        fix,
      ),
    );
  }
  if (!isAtLeast(media.version, urlOptionsSince)) {
    const allowed = [
      `an image with AMS ${urlOptionsSince} or newer`,
      "the DocumentDB URL contains options that older releases reject",
    ] as const;
    const fix = `If the image is newer: ${setCommand("ams:media.version", urlOptionsSince)}`;
    faults.push(refuse("ams:media.version", media.version, allowed, fix));
  }
  if (name.includes("--")) {
    const allowed = ["a name without consecutive dashes", "DocumentDB rejects names with consecutive dashes"] as const;
    faults.push(refuse("ams:name", name, allowed, setPath("ams:name", name.replace(/-+/g, "-"))));
  }
  return faults;
}
