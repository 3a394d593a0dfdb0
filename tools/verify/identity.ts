import { checkServerIdentity, type PeerCertificate } from "node:tls";
import { reasonOf } from "../cli/faults.ts";
import { type Deployment, hostsOf } from "../live/deployment.ts";
import { dialTls, type Wire } from "../live/protocols/wire.ts";
import { type Check, type Finding, type Flight, fail, notRun, pass } from "./check.ts";

/** Names and certificates. */

async function namesHold({ deployment, wire }: Flight): Promise<Finding> {
  const { outputs } = deployment;
  const wrong: string[] = [];
  for (const { name, type, value } of outputs.dnsRecordsToAdd) {
    if (type === "ALIAS") {
      wrong.push(...(await strayAddresses(wire, name, value)));
      continue;
    }
    const found = (await wire.names.aliases(name)).map(bare);
    if (!found.includes(bare(value)))
      wrong.push(`${name} is not a CNAME for ${value} (${found.join(", ") || "none found"})`);
  }
  const shown: string[] = [];
  for (const host of hostsOf(deployment)) {
    try {
      shown.push(`${host} ${(await wire.names.addresses(host)).join(" ")}`);
    } catch (error) {
      wrong.push(reasonOf(error));
    }
  }
  return wrong.length > 0 ? fail(wrong.join("; "), "names") : pass(shown.join(", "));
}

/** An alias is answered with addresses, of which a balancer may have more than one answer holds. */
async function strayAddresses({ names }: Wire, name: string, value: string): Promise<readonly string[]> {
  try {
    const [own, wanted] = [await names.addresses(name), await names.addresses(value)];
    if (own.some((address) => wanted.includes(address))) return [];
    return [`${name} resolves to ${own.join(" ")}, not to ${value} (${wanted.join(" ")})`];
  } catch (error) {
    return [reasonOf(error)];
  }
}

/** DNS names compare without case, and with or without the root's dot. */
const bare = (name: string): string => name.toLowerCase().replace(/\.$/, "");

interface Shown {
  readonly certificate: PeerCertificate;
  /** Why a browser would not trust it. */
  readonly error: string | undefined;
}

async function shownBy(wire: Wire, address: string, { host, port }: SecurePort): Promise<Shown> {
  const socket = await dialTls(wire, address, port, host);
  const error: unknown = socket.authorizationError;
  const certificate = socket.getPeerCertificate();
  socket.destroy();
  return { certificate, error: socket.authorized ? undefined : reasonOf(error) };
}

const dayMilliseconds = 86_400_000;

function judge({ certificate, error }: Shown, host: string, leastDays: number): Finding {
  const days = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / dayMilliseconds);
  const until = `until ${new Date(certificate.valid_to).toISOString().slice(0, 10)}`;
  if (days < 0) return fail(`the certificate expired: it was valid ${until}`, "certificateTime");
  const name = checkServerIdentity(host, certificate);
  if (name !== undefined)
    return fail(
      `the certificate covers ${certificate.subjectaltname ?? "no host names"}, but not ${host}`,
      "certificateName",
    );
  if (error !== undefined) return fail(`the certificate is not trusted: ${error}`, "certificateChain");
  if (days < leastDays)
    return fail(`valid ${until} (${days} days left), but at least ${leastDays} days are required`, "certificateTime");
  return pass(`valid ${until} (${days} days left), issued by ${issuerOf(certificate)}`);
}

function issuerOf({ issuer }: PeerCertificate): string {
  const name: unknown = issuer.O ?? issuer.CN;
  return typeof name === "string" ? name : "an unnamed issuer";
}

interface SecurePort {
  readonly host: string;
  readonly port: number;
}

export async function certificateHolds({ wire, leastDays }: Flight, secure: SecurePort): Promise<Finding> {
  const { host, port } = secure;
  const [address = ""] = await wire.names.addresses(host);
  let shown: Shown;
  try {
    shown = await shownBy(wire, address, secure);
  } catch (error) {
    return notRun(`no TLS connection to ${address}:${port} (${reasonOf(error)}); see the listener check`);
  }
  return judge(shown, host, leastDays);
}

export function identityChecks({ scheme, web, publishPort, playPort, ingest }: Deployment): readonly Check[] {
  const secure: readonly SecurePort[] = [
    ...(scheme === "https" ? [publishPort, playPort].map((port) => ({ host: web, port })) : []),
    ...ingest.filter((one) => one.scheme === "rtmps"),
  ];
  return [
    { id: "names", title: "names resolve to the load balancers", run: namesHold },
    ...secure.map((one) => ({
      id: `certificate-${one.port}`,
      title: `the certificate on ${one.port} is trusted and valid`,
      run: (flight: Flight) => certificateHolds(flight, one),
    })),
  ];
}
