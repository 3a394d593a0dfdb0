import type { Cluster } from "../../../config/types.ts";
import type { Settings } from "../schema.ts";

/** What policies are made of. */

export interface Statement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const allow = (
  Action: Statement["Action"],
  Resource: Statement["Resource"],
  Condition?: Statement["Condition"],
): Statement => ({ Effect: "Allow", Action, Resource, ...(Condition === undefined ? {} : { Condition }) });

/**
 * Reading a parameter needs KMS's GetSecretValue as well, on a secret that OOS keeps under oos/ and the parameter's name
 * (OOS, "Control access to different encryption parameters from a RAM user").
 */
export const parameterInKms = (region: string, name: string): string => `acs:kms:${region}:*:secret/oos/${name}`;

/** The right to read a secret of a name. */
export function ownSecret({ region }: Cluster, { kms }: Settings, name: string): readonly Statement[] {
  if (kms === undefined)
    return [
      allow("oos:GetSecretParameter", `acs:oos:${region}:*:secretparameter/${name}`),
      allow("kms:GetSecretValue", parameterInKms(region, name)),
    ];
  return [
    allow("kms:GetSecretValue", `acs:kms:${region}:*:secret/${name}`),
    allow("kms:Decrypt", `acs:kms:${region}:*:key/${kms.keyId}`),
  ];
}
