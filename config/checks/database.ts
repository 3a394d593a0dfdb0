import { isAtLeast } from "../../model/ams/release.ts";
import { hasGpu } from "../../model/groups/machine-size.ts";
import { readCertificate } from "../certificate.ts";
import { absent, type Fault, show } from "../fault.ts";
import { pemCommand, removePath, setCommand, setPath, setSecret } from "../remedy/command.ts";
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
      fix: setPath("ams:database.machine", "general-4"),
    },
  ];
}

function checkNat({ database, network }: Chosen): readonly Fault[] {
  if (network?.nat !== "none" || database?.kind === "managed" || database?.kind === "external") return [];
  return [
    {
      path: "ams:network.nat",
      got: show(network.nat),
      allowed: `one or per-zone, because ams:database.kind is ${database?.kind}, and the database machines download MongoDB but have no public addresses`,
      fix: setPath("ams:network.nat", "one"),
    },
  ];
}

function checkUrl({ database, media }: Chosen, secrets: Present): readonly Fault[] {
  if (database?.kind !== "external") return [];
  const url = secrets["databaseUrl"];
  if (!("databaseUrl" in secrets)) {
    const allowed = "an encrypted mongodb:// or mongodb+srv:// URL, because ams:database.kind is external";
    return [{ path: "ams:databaseUrl", got: absent, allowed, fix: setSecret("databaseUrl") }];
  }
  if (url === undefined || media === undefined || !url.includes("?") || isAtLeast(media.version, urlOptionsSince))
    return [];
  return [
    {
      path: "ams:databaseUrl",
      got: `a URL with options (?), which prevent AMS ${media.version} from creating applications`,
      allowed: `a URL without options, such as one that lists the replica set members, or an image with AMS ${urlOptionsSince} or newer`,
      fix: `If the image contains a newer release: ${setCommand("ams:media.version", urlOptionsSince)}`,
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
      got: `not used when ams:database.kind is ${database.kind}`,
      allowed: "a URL only if ams:database.kind is external",
      fix: removePath("ams:databaseUrl"),
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
    const allowed = "the encrypted private key for the certificate in ams:database.tls.pem";
    add("ams:databaseTlsKey", absent, allowed, setSecret("databaseTlsKey", "key.pem"));
  }
  if (media !== undefined && !isAtLeast(media.version, urlOptionsSince)) {
    const got = `TLS with AMS ${media.version}, which cannot create applications if its database URL contains ?tls=true`;
    const fix = `If the image contains a newer release: ${setCommand("ams:media.version", urlOptionsSince)}`;
    add("ams:database.tls", got, `an image with AMS ${urlOptionsSince} or newer`, fix);
  }
  const [own, authority] = [readCertificate(tls.pem), readCertificate(tls.ca)];
  if (own === undefined || authority === undefined || !own.checkIssued(authority)) {
    const allowed = "the certificate of the CA that issued ams:database.tls.pem";
    add(
      "ams:database.tls.ca",
      "a certificate that is not the issuer of ams:database.tls.pem",
      allowed,
      `Set it with: ${pemCommand("ams:database.tls.ca", "ca.pem")}`,
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
      got: `a secret of ${password.length} characters that ApsaraDB for MongoDB rejects`,
      allowed:
        "12 to 32 characters, including at least one lower-case letter, one capital letter and one digit. If this key is not set, the program generates a password",
      fix: setSecret("databasePassword"),
    },
  ];
}

/** An external database's password stands in its URL. */
function unusedPassword(database: Sections["database"], secrets: Present): readonly Fault[] {
  if (database.kind !== "external" || !("databasePassword" in secrets)) return [];
  return [
    {
      path: "ams:databasePassword",
      got: "not used when ams:database.kind is external",
      allowed: "not set, because ams:databaseUrl contains the password",
      fix: removePath("ams:databasePassword"),
    },
  ];
}
