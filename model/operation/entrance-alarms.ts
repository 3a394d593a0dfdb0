import type { Cluster } from "../../config/types.ts";
import { usesTls } from "../cluster.ts";
import { type Alarm, alarm, published } from "./alarm.ts";

/** The alarms of the balancers or the proxies, and of the TURN servers. */
export function entranceAlarms(cluster: Cluster): readonly Alarm[] {
  return [
    ...(cluster.balancer.kind === "managed" ? balancerAlarms(cluster) : proxyAlarms(cluster)),
    ...(cluster.turn === undefined ? [] : turnAlarms),
  ];
}

const balancerAlarms = (cluster: Cluster): readonly Alarm[] => [
  alarm(
    "balancer-errors",
    { kind: "balancer-errors" },
    {
      comparison: "above",
      threshold: 60,
      minutes: 5,
      meaning: "The web load balancer returns more than one error per second: no node behind it is healthy",
      remedy: "Check the alarm unhealthy-hosts and the nodes' logs",
    },
  ),
  alarm(
    "unhealthy-hosts",
    { kind: "unhealthy-hosts" },
    {
      comparison: "above",
      threshold: 0,
      minutes: 15,
      meaning: "A machine has failed its health check for longer than a boot takes",
      remedy: "Read the machine's boot log; if a change to the configuration caused the failure, undo the change",
    },
  ),
  ...(usesTls(cluster)
    ? [
        alarm(
          "certificate",
          { kind: "certificate-days" },
          {
            comparison: "below",
            threshold: 30,
            minutes: 1,
            meaning: "The certificate expires in less than 30 days",
            remedy: "If ACM renews the certificate, check that its DNS record exists; otherwise, set a new certificate",
          },
        ),
      ]
    : []),
];

const refusedConnections = alarm("refused-connections", published("RefusedConnections", "proxy"), {
  comparison: "above",
  threshold: 0,
  minutes: 5,
  meaning: "The proxies reject connections from an address that exceeds ams:balancer.connectionsPerSource",
  remedy:
    "If many clients share the address, add it to ams:balancer.trustedSources; block an attacker's address in the network",
});

/** Renewal begins 30 days before the end (machine/user-data/proxy.ts), and has failed for two weeks where 14 are left. */
const proxyCertificate = (days: number, remedy: string): Alarm =>
  alarm("certificate-proxy", published("CertificateExpirySeconds", "proxy"), {
    comparison: "below",
    threshold: days * 86_400,
    minutes: 60,
    meaning: `The proxies' certificate expires in less than ${days} days`,
    remedy,
  });

function proxyAlarms(cluster: Cluster): readonly Alarm[] {
  if (!usesTls(cluster)) return [refusedConnections];
  const certificate =
    cluster.certificate.source === "issued"
      ? proxyCertificate(14, "Read step=certificate in the proxies' log, which contains the reason why renewal fails")
      : proxyCertificate(30, "Set a new certificate in ams:certificate, and its private key in the secret");
  return [refusedConnections, certificate];
}

const turnAlarms: readonly Alarm[] = [
  alarm("turn-full", published("AllocationsPercent", "turn"), {
    comparison: "above",
    threshold: 80,
    minutes: 5,
    silence: "alarm",
    meaning: "A TURN server uses more than 80 % of its allocations, or no TURN server reports at all",
    remedy: "Raise ams:turn.count, or raise ams:turn.allocations and choose a larger ams:turn.machine",
  }),
  alarm("turn-refusing", published("RefusedAllocations", "turn"), {
    comparison: "above",
    threshold: 0,
    minutes: 5,
    meaning: "The TURN servers reject allocations from an address that exceeds ams:turn.allocationsPerSource",
    remedy:
      "If many users share the address, raise ams:turn.allocationsPerSource; block an attacker's address in the network",
  }),
];
