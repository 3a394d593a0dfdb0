import { commandLine } from "../cli/invocation.ts";
/**
 * What is likely behind a failure, and what to do: the troubleshooting of the vendor's documents (seed 003) as far as it
 * is true, with this project's own machines and commands.
 */

export interface Remedy {
  readonly cause: string;
  readonly remedy: string;
}

const status = "on the machine: cat /run/ams-cluster/status; journalctl -u ams-media";

export const remedies = {
  names: {
    cause: "the record does not exist yet, or a resolver has cached an old response",
    remedy:
      "add the records from `pulumi stack output dnsRecordsToAdd`; if ams:domain.dns is managed, delegate the zone to its name servers",
  },
  certificateTime: {
    cause:
      "the certificate was not renewed: its validation record is missing, or an uploaded certificate was not replaced",
    remedy:
      "for an issued certificate, keep the validation record; for an uploaded certificate, set ams:certificate.pem and ams:certificateKey, then run pulumi up",
  },
  certificateChain: {
    cause:
      "the certificate chain lacks the CA's intermediate certificate, or a proxy or TURN server still uses its temporary self-signed certificate",
    remedy:
      "upload the full chain (fullchain.pem); on a proxy: journalctl -u ams-proxy | grep step=certificate. If a private CA issued the certificate, use --ca FILE",
  },
  certificateName: {
    cause: "the certificate was issued for another name",
    remedy:
      "use a certificate that covers ams:domain.name and, if ams:turn.tls is set, this name with the prefix turn.; no certificate can cover the load balancers' own names",
  },
  closedListener: {
    cause: "the listener or its firewall rule is missing, or this network blocks outbound traffic to that port",
    remedy: "to create what is missing, run pulumi up --refresh; if nothing is missing, try from another network",
  },
  noHealthyNode: {
    cause:
      "no node in that group passes the load balancer's health check: no node is running, or the gates are closed because AMS does not list the nodes",
    remedy: `check the group's instances in the cloud's console, then ${status}`,
  },
  clock: {
    cause: "the clock on that node, or on the node that responded, is wrong: tokens and heartbeats contain timestamps",
    remedy: "on both machines, run timedatectl, then timedatectl set-ntp true",
  },
  redirect: {
    cause:
      "the HTTP listener forwards requests instead of redirecting them to HTTPS, or redirects them to the wrong port or host name",
    remedy: "set ams:balancer.http to redirect; to undo manual changes, run pulumi up --refresh",
  },
  websocket: {
    cause: "the application does not exist, or a device between this machine and the load balancer blocks WebSockets",
    remedy:
      "check that the panel lists the application, or select another one with --app; HTTP 503 means that a group has no healthy nodes",
  },
  rtmp: {
    cause: "no origin behind the network load balancer is healthy, or port 1935 is not open to this address",
    remedy: `check the origins' health in the network load balancer's target group; ${status}`,
  },
  rtmps: {
    cause:
      "no origin behind the network load balancer is healthy, or the listener on port 8443 is missing, does not use TLS, or is not open to this address",
    remedy: `if the rtmp check also fails, fix that problem first; otherwise, to create what is missing, run pulumi up --refresh; ${status}`,
  },
  publish: {
    cause:
      "the origin rejects the stream: the application does not exist or requires a token, or the node exceeds its CPU or memory limit",
    remedy:
      "search the origin's /usr/local/antmedia/log/ant-media-server.log for `Not enough resource`, and check the application's security settings",
  },
  edgeReachesOrigin: {
    cause:
      "the edge cannot fetch the stream from its origin: ports 5080 and 5000 are blocked between nodes, the nodes have different cluster keys (AMS issue 5859), or HLS is disabled in the application",
    remedy:
      "on the edge: curl -sI http://ORIGIN:5080/rest/v2/liveness; search the edge's log for `JWT Token is not valid`; check the database's health",
  },
  cdnPlays: {
    cause:
      "the CDN's name does not resolve to the CDN, the CDN's certificate was issued for another name, or the CDN cannot reach the load balancer over HTTPS; if HLS does not play without the CDN either, fix that problem first",
    remedy:
      "curl -sI CDN_URL/APP/streams/STREAM.m3u8: 403 means that the CDN rejects the path or the token, or that ams:cdn.exclusive expects a different header; 502 means that the load balancer's certificate is wrong; see docs/cdn.md",
  },
  cdnOpen: {
    cause: "the function that rejects all other paths was removed from the CDN manually",
    remedy: "run pulumi up --refresh",
  },
  cdnPassedBy: {
    cause: "the load balancer's rules for ams:cdn.exclusive are missing or have too low a priority",
    remedy: "run pulumi up --refresh; until then, players can bypass the CDN and use the edges' bandwidth",
  },
  wrongGroup: {
    cause:
      "the listener or its rule was changed manually and forwards to the wrong group, or a machine was added to both groups",
    remedy: `run pulumi up --refresh; to list the expected listeners: ${commandLine("plan", "STACK")}`,
  },
  panelOpen: {
    cause: "the panel's rules are missing, or ams:access.adminCidrs is too wide",
    remedy:
      "narrow ams:access.adminCidrs and run pulumi up; until then, anyone who can reach the panel can try passwords",
  },
  restOpen: {
    cause: "AMS responds without a login, or has no administrator yet, so the first visitor can create one",
    remedy: `run pulumi up so that the machines create the administrator; ${status}`,
  },
  login: {
    cause: "the password was changed in the panel, or the secret is from another ams:generation",
    remedy:
      "log in at panelUrl with the new password, or see the Passwords section in docs/machines.md; AMS temporarily blocks a user after many failed attempts",
  },
  standalone: {
    cause:
      "AMS on the node runs in standalone mode: change_server_mode.sh did not switch the mode (since 3.0.0, the script prompts for y/n if an address has no scheme)",
    remedy: `replace the node, or ${status}`,
  },
  heartbeat: {
    cause: "the node was removed, has failed, or cannot reach the database, or its clock is wrong",
    remedy: `a node removed by its group disappears from the list within ten minutes; otherwise, ${status}; timedatectl; also check that port 27017 on the database is reachable`,
  },
  notJoining: {
    cause:
      "nodes do not join because the database is unreachable or rejects the password, or because the group could not start machines (quota, image, subscription)",
    remedy: `read the group's activity history in the cloud's console; ${status}; on the database machine: systemctl status mongod`,
  },
  balance: {
    cause:
      "one node has all the streams because the publishers connected while it was the only node (existing connections do not move), or because the other nodes fail the health check",
    remedy:
      "check the origins' health in both load balancers' target groups; reconnect the publishers; the status command shows the streams on each node",
  },
  drift: {
    cause:
      "an application was changed in the panel, or the media machines have not applied ams:applications yet: this takes up to two minutes",
    remedy: `to list all differences: ${commandLine("apps", "--stack STACK --secret FILE")}; on the machine whose address sorts first: journalctl -u ams-agent@applications; if ams:applicationsMode is report, the machines do not restore the settings`,
  },
  databaseDown: {
    cause:
      "AMS's database, which stores the users, nodes and streams, does not respond: it is down, full or unreachable",
    remedy: `on the database machine: systemctl status mongod; df -h. For a managed database, see its page in the cloud's console; ${status}. Running streams continue; do not replace nodes`,
  },
  databaseOpen: {
    cause: "a firewall rule was added manually, or another program listens on the database port",
    remedy:
      "close the port immediately: delete the rule in the database's security group in the cloud's console; then change the database password (docs/machines.md)",
  },
  portOpen: {
    cause: "a firewall rule or a listener was added manually",
    remedy:
      "delete the rule or the listener in the cloud's console: Pulumi does not manage it, so pulumi up does not remove it",
  },
  turnAddress: {
    cause:
      "the TURN address was changed in the panel, or no media machine has set it in the application yet: this takes up to two minutes",
    remedy: "on the machine whose address sorts first: journalctl -u ams-agent@applications",
  },
  turnCredential: {
    cause: "AMS provides clients with a credential that the TURN servers do not have",
    remedy: "on a TURN server: journalctl -u ams-turn; also check that the secret NAME-turn-N contains the user",
  },
  turnFull: {
    cause: "the TURN server has no allocations left, either for this address or in total",
    remedy: "raise ams:turn.count, ams:turn.allocations or ams:turn.allocationsPerSource",
  },
  turnClosed: {
    cause: "no TURN server is healthy, or this network blocks that port",
    remedy:
      "try from another network; check the servers' health in the load balancer's target group; on a TURN server: journalctl -u ams-turn -u coturn",
  },
  turnOpen: {
    cause: "the TURN server's peer lists are missing: any client with the credential can reach the network through it",
    remedy: "on a TURN server: systemctl restart ams-turn; then rotate ams:turn.credential",
  },
  stats: {
    cause: "the statistics page has no password, or its address ranges are missing",
    remedy: "on a proxy: journalctl -u ams-proxy; to restore a changed configuration: systemctl restart ams-proxy",
  },
  broken: {
    cause: "the check itself did not complete",
    remedy: "run the check again with a longer --timeout; if the failure persists, report a bug in this tool",
  },
} as const satisfies Readonly<Record<string, Remedy>>;

export type RemedyName = keyof typeof remedies;
