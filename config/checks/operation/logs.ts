import { isElsewhere, isPrivate } from "../../../model/network/ranges.ts";
import { receiverRange } from "../../../model/operation/forward.ts";
import { readCertificate } from "../../certificate.ts";
import { type Fault, show } from "../../fault.ts";
import { pemCommand, removePath, setPath } from "../../remedy/command.ts";
import type { Chosen, Cluster } from "../../types.ts";

type Forward = NonNullable<Cluster["logs"]["forward"]>;
type Present = Readonly<Record<string, string | undefined>>;

const section = "ams:logs.forward";

/** The receiver of forwarded log lines: an address that can be one, and nothing in plain text that others may read. */
export function checkLogs({ logs }: Chosen, secrets: Present): readonly Fault[] {
  const forward = logs?.forward;
  return forward === undefined
    ? []
    : [...checkHost(forward), ...checkTls(forward, secrets), ...checkCa(forward), ...checkPath(forward)];
}

const fault = (key: keyof Forward, got: string, allowed: string, fix: string): Fault => ({
  path: `${section}.${key}`,
  got,
  allowed,
  fix,
});

function checkHost({ host }: Forward): readonly Fault[] {
  if (receiverRange({ host }) === undefined || isElsewhere(host)) return [];
  const allowed = "a host name, or the address of another machine (not a loopback, link-local or multicast address)";
  return [fault("host", show(host), allowed, setPath(`${section}.host`, "logs.example.com"))];
}

function checkTls({ host, tls }: Forward, secrets: Present): readonly Fault[] {
  if (tls) return [];
  const fix = setPath(`${section}.tls`, true);
  const range = receiverRange({ host });
  if (range === undefined || !isPrivate(range)) {
    const allowed =
      "true unless ams:logs.forward.host is a private IPv4 address, because log lines contain addresses and stream names";
    return [fault("tls", `false while ams:logs.forward.host is ${show(host)}`, allowed, fix)];
  }
  if (!("logHeaders" in secrets)) return [];
  return [
    fault(
      "tls",
      "false while ams:logHeaders is set",
      "true, because the headers would otherwise be sent unencrypted",
      fix,
    ),
  ];
}

function checkCa({ ca, tls }: Forward): readonly Fault[] {
  if (ca === undefined) return [];
  if (!tls)
    return [
      fault("ca", "a certificate while tls is false", "a certificate only if tls is true", removePath(`${section}.ca`)),
    ];
  if (readCertificate(ca)?.ca === true) return [];
  const allowed = "the certificate of the CA that issued the receiver's certificate";
  return [
    fault(
      "ca",
      "a certificate that is not a CA certificate",
      allowed,
      `Set it with: ${pemCommand(`${section}.ca`, "ca.pem")}`,
    ),
  ];
}

function checkPath({ path, protocol }: Forward): readonly Fault[] {
  if (path === undefined || protocol === "otlp") return [];
  const allowed = "a path only if ams:logs.forward.protocol is otlp";
  return [fault("path", show(path), allowed, removePath(`${section}.path`))];
}
