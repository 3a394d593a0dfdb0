import type { Fault } from "../../config/fault.ts";
import { isKnown } from "../../config/handle.ts";
import type { Cluster } from "../../config/types.ts";
import { tiers } from "../../model/network/network.ts";
import { unsupported } from "../contract.ts";
import { inputOf } from "./handles.ts";

/** An id of something that is there already, as one cloud forms it. */
interface Form {
  readonly pattern: RegExp;
  readonly allowed: string;
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
export function checkExisting({ cloud, network, access, encryption }: Cluster, forms: ExistingForms): readonly Fault[] {
  const { existing } = network;
  const subnets = tiers.flatMap((tier) =>
    (existing?.subnets[tier] ?? []).map(({ id }, index) => ({
      path: `ams:network.existing.subnets.${tier}[${index}].id`,
      id,
      form: forms.subnet,
    })),
  );
  const ids = [
    { path: "ams:network.existing.id", id: existing?.id, form: forms.network },
    ...subnets,
    { path: "ams:encryption.keyId", id: encryption.keyId, form: forms.key },
    { path: "ams:access.adminGroup", id: access.adminGroup, form: forms.group },
  ];
  return ids.flatMap(({ path, id, form: { pattern, allowed } }) => {
    if (id === undefined || !isKnown(id) || pattern.test(id)) return [];
    return [unsupported(path, id, cloud, allowed, `Set it with: pulumi config set --path ${path} ID`)];
  });
}
