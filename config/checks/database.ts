import { isAtLeast } from "../../model/ams/release.ts";
import { hasGpu } from "../../model/groups/machine-size.ts";
import { readCertificate } from "../certificate.ts";
import { absent, type Fault, show } from "../fault.ts";
import type { Chosen, Sections } from "../types.ts";
import { urlOptionsSince } from "./media.ts";

type Present = Readonly<Record<string, string | undefined>>;

export function checkDatabase(parts: Chosen, secrets: Present): readonly Fault[] {
  const { database, mode } = parts;
  if (database === undefined || mode === "standalone") return unusedUrl(parts, secrets);
  return [
    ...checkMachine(database),
    ...checkNat(parts),
    ...checkUrl(parts, secrets),
    ...unusedUrl(parts, secrets),
    ...checkTls(parts, secrets),
    ...checkManagedPassword(parts, secrets),
    ...unusedPassword(database, secrets),
  ];
}

function checkMachine(database: Sections["database"]): readonly Fault[] {
  if (database.kind === "external" || !hasGpu(database.machine)) return [];
  return [
    {
      path: "ams:database.machine",
      got: show(database.machine),
      allowed: "a general or compute size",
      fix: "Set it with: pulumi config set --path ams:database.machine general-4",
    },
  ];
}

function checkNat({ database, network }: Chosen): readonly Fault[] {
  if (network?.nat !== "none" || database?.kind === "managed" || database?.kind === "external") return [];
  return [
    {
      path: "ams:network.nat",
      got: show(network.nat),
      allowed: `one or per-zone while ams:database.kind is ${database?.kind}: its machines have no public address and fetch MongoDB`,
      fix: "Set it with: pulumi config set --path ams:network.nat one",
    },
  ];
}

function checkUrl({ database, media }: Chosen, secrets: Present): readonly Fault[] {
  if (database?.kind !== "external") return [];
  const url = secrets["databaseUrl"];
  const set = "Set it with: pulumi config set --secret ams:databaseUrl";
  if (!("databaseUrl" in secrets)) {
    const allowed = "a mongodb:// or mongodb+srv:// URL, encrypted, for ams:database.kind external";
    return [{ path: "ams:databaseUrl", got: absent, allowed, fix: set }];
  }
  if (url === undefined || media === undefined || !url.includes("?") || isAtLeast(media.version, urlOptionsSince))
    return [];
  return [
    {
      path: "ams:databaseUrl",
      got: `a URL with ? for AMS ${media.version}, which then can't make applications`,
      allowed: `a URL without ?, or AMS ${urlOptionsSince} and newer`,
      fix: "List the replica set's members instead of replicaSet=, or pin a newer image and set ams:media.version",
    },
  ];
}

/** A URL that nothing would read is a mistake about the kind. */
function unusedUrl({ database, mode }: Chosen, secrets: Present): readonly Fault[] {
  if (!("databaseUrl" in secrets) || database === undefined || database.kind === "external" || mode === "standalone")
    return [];
  return [
    {
      path: "ams:databaseUrl",
      got: `a URL while ams:database.kind is ${database.kind}`,
      allowed: "a URL only for ams:database.kind external",
      fix: "Set the kind: pulumi config set --path ams:database.kind external, or remove the URL: pulumi config rm ams:databaseUrl",
    },
  ];
}

function checkTls({ database, media }: Chosen, secrets: Present): readonly Fault[] {
  if (database?.kind !== "instance" && database?.kind !== "replica-set") return [];
  const { tls } = database;
  if (tls === undefined) return [];
  const faults: Fault[] = [];
  const add = (path: string, got: string, allowed: string, fix: string) => faults.push({ path, got, allowed, fix });
  if (!("databaseTlsKey" in secrets)) {
    const fix = "Set it with: pulumi config set --secret ams:databaseTlsKey < key.pem";
    add("ams:databaseTlsKey", absent, "the private key of ams:database.tls.pem, encrypted", fix);
  }
  if (media !== undefined && !isAtLeast(media.version, urlOptionsSince)) {
    const got = `TLS for AMS ${media.version}, whose URL then needs ?tls=true, which breaks making applications`;
    add("ams:database.tls", got, `AMS ${urlOptionsSince} and newer`, "Pin a newer image and set ams:media.version");
  }
  const [own, authority] = [readCertificate(tls.pem), readCertificate(tls.ca)];
  if (own === undefined || authority === undefined || !own.checkIssued(authority)) {
    const allowed = "the certificate of the authority that issued ams:database.tls.pem";
    add(
      "ams:database.tls.ca",
      "another certificate",
      allowed,
      'Set it with: pulumi config set --path ams:database.tls.ca -- "$(cat ca.pem)"',
    );
  }
  return faults;
}

/** ApsaraDB for MongoDB is stricter than AMS about the password of its user (its API's ResetAccountPassword). */
function checkManagedPassword({ cloud, database }: Chosen, secrets: Present): readonly Fault[] {
  const password = secrets["databasePassword"];
  if (cloud !== "alibaba" || database?.kind !== "managed" || password === undefined) return [];
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/];
  if (password.length <= 32 && kinds.every((kind) => kind.test(password))) return [];
  return [
    {
      path: "ams:databasePassword",
      got: `a secret of ${password.length} characters that ApsaraDB for MongoDB refuses`,
      allowed: "12 to 32 characters with small letters, capitals and digits among them",
      fix: "Set it with: pulumi config set --secret ams:databasePassword, or remove it: pulumi config rm ams:databasePassword",
    },
  ];
}

/** An external database's password stands in its URL. */
function unusedPassword(database: Sections["database"], secrets: Present): readonly Fault[] {
  if (database.kind !== "external" || !("databasePassword" in secrets)) return [];
  return [
    {
      path: "ams:databasePassword",
      got: "a password while ams:database.kind is external",
      allowed: "none: the password stands in ams:databaseUrl",
      fix: "Remove it with: pulumi config rm ams:databasePassword",
    },
  ];
}
