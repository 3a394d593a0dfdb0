import type { Cluster } from "../../model/cluster.ts";
import { type Fault, show } from "../../model/fault.ts";
import { checkCertificate } from "./certificate.ts";
import { checkGroups } from "./check-groups.ts";
import { checkExisting } from "./existing.ts";
import { checkManaged } from "./managed-database.ts";
import type { Settings } from "./settings.ts";

/** What the neutral fields ask for that this cloud can't do, or not in this form. */
export function checkCluster(cluster: Cluster): readonly Fault[] {
  return [
    ...checkExisting(cluster),
    ...checkCertificate(cluster),
    ...checkManaged(cluster),
    ...checkGroups(cluster),
    ...checkTags(cluster),
  ];
}

/** A resource holds twenty tags; two are the program's. */
const maxOwnTags = 18;

function checkTags({ tags }: Cluster): readonly Fault[] {
  const bad = Object.entries(tags)
    .filter((pair) => pair.some((text) => /^(aliyun|acs:|https?:\/\/)/.test(text)))
    .map(([key, value]) => ({
      path: `ams:tags.${key}`,
      got: show(value),
      allowed: "names and values that don't begin with aliyun, acs:, http:// or https:// on alibaba",
      fix: `Remove it with: pulumi config rm --path ams:tags.${key}`,
    }));
  const count = Object.keys(tags).length;
  if (count <= maxOwnTags) return bad;
  const many = {
    path: "ams:tags",
    got: `${count} tags`,
    allowed: `at most ${maxOwnTags} on alibaba`,
    fix: "Remove some of ams:tags",
  };
  return [...bad, many];
}

/** A KMS instance of one's own goes with the store that needs it. */
export function checkStore({ secretStore, kms }: Settings, { region }: Cluster): readonly Fault[] {
  if ((secretStore === "kms") === (kms !== undefined)) return [];
  return [
    {
      path: "ams:alibaba.kms",
      got: show(kms),
      allowed:
        secretStore === "kms"
          ? `instanceId and keyId of your KMS instance in ${region}, which secretStore kms needs`
          : "nothing while secretStore is oos",
      fix: "Set both, or neither: pulumi config set --path ams:alibaba.secretStore kms",
    },
  ];
}
