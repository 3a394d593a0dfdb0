import { proxiesRenew } from "../../model/traffic/balancer.ts";
import { type Fault, show } from "../fault.ts";
import { removePath, setCommand, setPath, stepInto } from "../remedy/command.ts";
import type { Chosen, Turn } from "../types.ts";
import { missingDomain, withoutGpu } from "./common.ts";

/** Settings of an application that the TURN servers decide for all of them. */
const decided = ["turnServerUsername", "portAllocatorFlags"];

/** TURN servers beside what else the stack says. */
export function checkTurn(parts: Chosen): readonly Fault[] {
  const { turn, domain, media } = parts;
  if (turn === undefined) return [];
  const faults: Fault[] = [];
  if (domain === undefined)
    faults.push(missingDomain("ams:turn is set, and the TURN servers use the name turn.<name>"));
  faults.push(...withoutGpu("ams:turn.machine", turn.machine, "TURN servers do not transcode", "compute-2"));
  if (media?.stunServer !== undefined)
    faults.push({
      path: "ams:media.stunServer",
      got: show(media.stunServer),
      allowed:
        "not set, because ams:turn is set: AMS sends clients only one address, and the TURN servers also answer STUN requests",
      fix: removePath("ams:media.stunServer"),
    });
  return [...faults, ...checkKey(turn, parts), ...checkApplications(parts)];
}

const reasons: Readonly<Record<string, string>> = {
  none: "the stack has no certificate",
  existing: "the cloud's certificates cannot be exported to the TURN servers",
  issued: "the stack's ACM certificate is not exportable",
};

/** The key is coturn's, so that its machine has to have it. */
function checkKey({ tls }: Turn, { certificate, balancer }: Chosen): readonly Fault[] {
  if (!tls || certificate === undefined || balancer === undefined || certificate.source === "uploaded") return [];
  if (proxiesRenew({ certificate, balancer })) return [];
  const kind = certificate.source === "issued" ? ` and ams:balancer.kind is ${balancer.kind}` : "";
  return [
    {
      path: "ams:turn.tls",
      got: `true while ams:certificate.source is ${certificate.source}${kind}`,
      allowed: `false, because ${reasons[certificate.source]}. TLS requires that ams:certificate.source is uploaded, or is issued with ams:balancer.kind set to haproxy or nginx`,
      fix: setPath("ams:turn.tls", false),
    },
  ];
}

const checkApplications = ({ applications = {} }: Chosen): readonly Fault[] =>
  Object.entries(applications).flatMap(([name, { settings }]) =>
    decided
      .filter((key) => key in settings)
      .map((key) => {
        const path = ["ams:applications", name, "settings", key].reduce(stepInto);
        const allowed = "not set, because ams:turn determines this setting for all applications";
        return { path, got: show(settings[key]), allowed, fix: removePath(path) };
      }),
  );

/** What AMS can't do with an address of TCP: it asks nobody else for its own public one (libwebrtc, PortConfiguration::StunServers). */
export const turnWarnings = (turn: Turn | undefined): readonly string[] =>
  turn === undefined || turn.default === "udp"
    ? []
    : [
        `ams:turn.default is ${turn.default}: the nodes cannot discover their public addresses, so all WebRTC media passes through the TURN servers. To use the TURN servers only as a fallback, set UDP with: ${setCommand("ams:turn.default", "udp")}`,
      ];
