import type { SecretKey } from "../../model/cluster.ts";
import { checkSecrets } from "../../model/secret.ts";
import type { Comment } from "./comments.ts";

/** What each secret is for; the model has their names alone, since they never stand inside it. */
export const secretMeanings: Readonly<Record<SecretKey, Comment>> = {
  licenceKey: { text: "Licence key of Ant Media Server Enterprise, while `ams:media.licence` is `key`." },
  certificateKey: {
    text: "Private key of the certificate in `ams:certificate.pem`, while `ams:certificate.source` is `uploaded`.",
  },
  panelPassword: { text: "Password of the panel's administrator.", byDefault: "the stack makes one" },
  databasePassword: { text: "Password of the database's users.", byDefault: "the stack makes one" },
  databaseUrl: { text: "URL of a MongoDB of somebody else's, while `ams:database.kind` is `external`." },
  databaseTlsKey: { text: "Private key of the certificate in `ams:database.tls.pem`." },
};

/** The form of a secret, as a fault says it. */
export function secretForm(key: SecretKey): string {
  const faults = checkSecrets({ stack: "", values: {}, secrets: { [key]: "" }, regions: {} });
  const fault = faults.find(({ path }) => path === `ams:${key}`);
  if (fault === undefined) throw new Error(`an empty ams:${key} passes`);
  return fault.allowed;
}
