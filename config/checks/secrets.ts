import type { SecretKey } from "../../model/cluster.ts";
import type { Fault } from "../fault.ts";
import { removePath } from "../remedy/command.ts";
import type { Chosen, Sections } from "../types.ts";

type Present = Readonly<Record<string, string | undefined>>;

/** A secret that nothing would read is a mistake about what it belongs to. */
export function checkUnusedSecrets(parts: Chosen, secrets: Present): readonly Fault[] {
  const { certificate, media, database, mode, logs } = parts;
  const unused = (key: SecretKey, isUsed: boolean, owner: string): readonly Fault[] =>
    key in secrets && !isUsed ? [fault(key, owner)] : [];
  return [
    ...unused(
      "certificateKey",
      certificate?.source === "uploaded" || certificate === undefined,
      "ams:certificate.source is uploaded",
    ),
    ...unused("licenceKey", media?.licence === "key" || media === undefined, "ams:media.licence is key"),
    // A lone machine's database settings wait for the way back.
    ...unused(
      "databaseTlsKey",
      database === undefined || mode === "standalone" || hasTls(database),
      "ams:database.tls is set",
    ),
    ...unused(
      "logHeaders",
      logs === undefined || logs.forward?.protocol === "otlp",
      "ams:logs.forward.protocol is otlp",
    ),
  ];
}

const hasTls = (database: Sections["database"]): boolean => "tls" in database && database.tls !== undefined;

const fault = (key: SecretKey, owner: string): Fault => ({
  path: `ams:${key}`,
  got: `not used unless ${owner}`,
  allowed: `a secret only if ${owner}`,
  fix: removePath(`ams:${key}`),
});
