import { createPrivateKey } from "node:crypto";
import { type SecretKey, secretKeys } from "../model/cluster.ts";
import { nearestName } from "../model/nearest-name.ts";
import { type Fault, isSecretText, shownStep } from "./fault.ts";
import type { RawConfig } from "./raw.ts";
import { removeCommand, removePath, secretCommand, setSecret } from "./remedy/command.ts";

interface SecretForm {
  readonly holds: (value: string) => boolean;
  readonly allowed: string;
  readonly description: string;
  /** A file that it is read from. @default none: it is typed */
  readonly file?: string;
  /** What holds without it. */
  readonly source?: string;
  /** Whether the value is a map, each of whose values is encrypted. */
  readonly isMap?: boolean;
}

/** More than a receiver asks for, and little beside what else the machines' secrets hold. */
const mostHeaders = 5;
const mostHeaderLetters = 1500;

const key = { holds: isPrivateKey, allowed: "one private key in PEM format, without a passphrase", file: "key.pem" };

/** Form and meaning of each secret; a fault never repeats the value. */
export const secretForms: Readonly<Record<SecretKey, SecretForm>> = {
  licenceKey: {
    holds: (value) => /^[A-Za-z0-9_-]{8,128}$/.test(value),
    allowed: "8 to 128 characters: letters, digits, _ and -",
    description: "Licence key for Ant Media Server Enterprise, used if `ams:media.licence` is `key`.",
  },
  certificateKey: {
    ...key,
    description: "Private key for `ams:certificate.pem`, used if `ams:certificate.source` is `uploaded`.",
  },
  panelPassword: {
    holds: isPassword,
    allowed: "12 to 64 letters and digits",
    description: "Password of the web panel administrator.",
    source: "generated",
  },
  // AMS's own scripts lose or refuse other characters on the way (Ant-Media-Server issues 5344 and 7923).
  databasePassword: {
    holds: isPassword,
    allowed: "12 to 64 letters and digits, because AMS's scripts do not support other characters",
    description: "Password of the database users.",
    source: "generated",
  },
  // The same characters as AMS's own filter, less those that its scripts eat: $ * ( ) ; | < > \\ " ' and blanks.
  databaseUrl: {
    holds: (value) =>
      /^mongodb(\+srv)?:\/\/[A-Za-z0-9._~%-]+:[A-Za-z0-9._~%-]+@[A-Za-z0-9.:,-]+(\/[A-Za-z0-9_-]*)?(\?[A-Za-z0-9_=&.,-]+)?$/.test(
        value,
      ),
    allowed:
      "mongodb://USER:PASSWORD@HOST:PORT,... or mongodb+srv://USER:PASSWORD@HOST/..., with all other characters percent-encoded",
    description: "URL of an external MongoDB deployment, used if `ams:database.kind` is `external`.",
  },
  databaseTlsKey: { ...key, description: "Private key for `ams:database.tls.pem`." },
  applicationKeys: {
    holds: isMapOfKeys,
    allowed: "a map of application names to keys of 32 to 128 letters and digits",
    description:
      "Token signing keys, by application name, for applications whose `publish` or `play` is `jwt`. To set the key of a single application, use `--path`.",
    source: "generated",
    isMap: true,
  },
  logHeaders: {
    holds: isMapOfHeaders,
    allowed: `a map of up to ${mostHeaders} HTTP header names to values of 6 to 1000 printable ASCII characters, with at most ${mostHeaderLetters} characters in total; headers that HTTP itself uses are not allowed`,
    description:
      "HTTP headers, such as one with an API key, that the machines send to the receiver in `ams:logs.forward` if its `protocol` is `otlp`. To set a single header, use `--path`.",
    source: "none: the machines do not add any headers",
    isMap: true,
  },
};

const isSecretKey = (key: string): key is SecretKey => (secretKeys as readonly string[]).includes(key);

function isPassword(value: string): boolean {
  return /^[A-Za-z0-9]{12,64}$/.test(value);
}

/** AMS's guide asks for 32 characters (AppSettings.java, "jwtStreamSecretKey"). */
function isMapOfKeys(value: string): boolean {
  return isMapOf(value, ([, one]) => typeof one === "string" && /^[A-Za-z0-9]{32,128}$/.test(one));
}

/** Names are tokens (RFC 9110, 5.1). A shorter value could not be masked in the machines' log. */
function isMapOfHeaders(value: string): boolean {
  if (value.length > mostHeaderLetters) return false;
  const own = /^(host|connection|content-.*|transfer-encoding|te|trailer|upgrade|expect)$/i;
  return isMapOf(
    value,
    ([name, one], _, all) =>
      all.length <= mostHeaders &&
      /^[A-Za-z0-9-]{1,64}$/.test(name) &&
      !own.test(name) &&
      typeof one === "string" &&
      /^[!-~]([ -~]{4,998})[!-~]$/.test(one),
  );
}

type Pair = readonly [name: string, value: unknown];

function isMapOf(value: string, holds: (pair: Pair, index: number, all: readonly Pair[]) => boolean): boolean {
  try {
    const map: unknown = JSON.parse(value);
    return typeof map === "object" && map !== null && !Array.isArray(map) && Object.entries(map).every(holds);
  } catch {
    return false;
  }
}

export function isPrivateKey(value: string): boolean {
  try {
    return createPrivateKey(value).type === "private";
  } catch {
    return false;
  }
}

/** Secrets in plain text, plain values in secret, and secrets without their form. */
export function checkSecrets(raw: RawConfig): readonly Fault[] {
  return [...secretsInPlain(raw), ...recognised(raw.values, "ams:"), ...malformed(raw), ...plainInSecret(raw)];
}

/** A private key or a URL with a password, wherever it stands; the certificate's own check says more about its key. */
function recognised(value: unknown, path: string): readonly Fault[] {
  if (typeof value === "object" && value !== null) {
    const step = (key: string) => shownStep(path, Array.isArray(value) ? Number(key) : key);
    return Object.entries(value).flatMap(([key, part]) => (isTopSecret(path, key) ? [] : recognised(part, step(key))));
  }
  if (typeof value !== "string" || path === "ams:certificate.pem" || !isSecretText(value)) return [];
  const allowed = `values that are not secret; only these keys accept secrets, which must be encrypted: ${secretKeys.join(", ")}`;
  const fix = `Rotate the secret, because it is no longer private, and remove this copy with: ${removeCommand(path)}`;
  return [{ path, got: "a private key or a URL with a password, in plain text", allowed, fix }];
}

const isTopSecret = (path: string, key: string): boolean => path === "ams:" && isSecretKey(key);

function secretsInPlain(raw: RawConfig): readonly Fault[] {
  return secretKeys
    .filter((key) => raw.values[key] !== undefined)
    .map((key) => ({
      path: `ams:${key}`,
      got: "plain text",
      allowed: "an encrypted value",
      fix: `Rotate the secret, because it is no longer private, and set the new one with: ${secretCommand(key)}`,
    }));
}

function malformed(raw: RawConfig): readonly Fault[] {
  return secretKeys.flatMap((key) => {
    const value = raw.secrets[key];
    if (value === undefined || secretForms[key].holds(value)) return [];
    return [
      {
        path: `ams:${key}`,
        got: `a secret of ${value.length} characters in the wrong format`,
        allowed: secretForms[key].allowed,
        fix: setSecret(key, secretForms[key].file),
      },
    ];
  });
}

function plainInSecret(raw: RawConfig): readonly Fault[] {
  return Object.keys(raw.secrets)
    .filter((key) => !isSecretKey(key))
    .map((key) => {
      const [path, nearest] = [shownStep("ams:", key), nearestName(key, secretKeys)];
      const hint = nearest === undefined ? "" : `; the closest match is ams:${nearest}`;
      return {
        path,
        got: "an encrypted value",
        allowed: `a value that is not encrypted; only ${secretKeys.join(", ")} are secrets${hint}`,
        fix: removePath(path),
      };
    });
}

export const valueAt = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
