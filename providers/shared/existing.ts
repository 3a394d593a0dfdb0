import type { Fault } from "../../config/fault.ts";
import { isKnown } from "../../config/handle.ts";
import { setPath } from "../../config/remedy/command.ts";
import { examples } from "../../config/remedy/examples.ts";
import type { Cluster } from "../../config/types.ts";
import { tiers } from "../../model/network/network.ts";
import { unsupported } from "../contract.ts";
import { inputOf } from "./handles.ts";

/** An id of something that is there already, as one cloud forms it. */
interface Form {
  readonly pattern: RegExp;
  /** What it is of. */
  readonly what: string;
}

export interface ExistingForms {
  readonly network: Form;
  readonly subnet: Form;
  readonly group: Form;
  readonly key: Form;
}

/** The owner's key, as an argument of what is encrypted with it; without one the service's own is used. */
export const ownKey = ({ encryption: { keyId } }: Cluster) => (keyId === undefined ? {} : { kmsKeyId: inputOf(keyId) });

/** Ids of the network, the administrators' group and the key that a stack brings: nothing is looked up. */
export function checkExisting(cluster: Cluster, forms: ExistingForms): readonly Fault[] {
  const { cloud, network, access, encryption } = cluster;
  const { existing } = network;
  const subnets = tiers.flatMap((tier) =>
    (existing?.subnets[tier] ?? []).map(({ id }, index) => ({
      path: `ams:network.existing.subnets.${tier}[${index}].id`,
      id,
      kind: "subnet" as const,
    })),
  );
  const ids = [
    { path: "ams:network.existing.id", id: existing?.id, kind: "network" as const },
    ...subnets,
    { path: "ams:encryption.keyId", id: encryption.keyId, kind: "key" as const },
    { path: "ams:access.adminGroup", id: access.adminGroup, kind: "group" as const },
  ];
  return ids.flatMap(({ path, id, kind }) => {
    if (id === undefined || !isKnown(id) || forms[kind].pattern.test(id)) return [];
    const example = examples[kind](cluster);
    return [unsupported(path, id, cloud, `${forms[kind].what} such as ${example}`, setPath(path, example))];
  });
}
