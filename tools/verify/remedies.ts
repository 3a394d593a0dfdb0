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
    cause: "the record does not exist yet, or a resolver has cached an old answer",
    remedy:
      "add the records of `pulumi stack output dnsRecordsToAdd`; with managed DNS, delegate the zone's name servers",
  },
  certificateTime: {
    cause:
      "the certificate was not renewed: its validation record is missing, or an uploaded certificate was not replaced",
    remedy:
      "issued: keep the validation record; uploaded: set ams:certificate.pem and ams:certificateKey, then pulumi up",
  },
  certificateChain: {
    cause:
      "the chain lacks the authority's intermediate certificate, or a proxy still uses its temporary self-signed certificate",
    remedy:
      "upload the full chain (fullchain.pem); on a proxy: journalctl -u ams-proxy | grep step=certificate. A private authority: --ca FILE",
  },
  certificateName: {
    cause: "the certificate is for another name",
    remedy: "the certificate must contain ams:domain.name; it never contains the load balancers' own names",
  },
  closedListener: {
    cause: "the listener or its firewall rule is missing, or this network blocks outbound traffic to that port",
    remedy: "pulumi preview --refresh shows what is missing; try from another network",
  },
  noHealthyNode: {
    cause:
      "no node of that group passes the load balancer's health check: none is running, or their gates are closed because AMS does not list them",
    remedy: `check the group's instances in the cloud's console, then ${status}`,
  },
  clock: {
    cause: "the clock of that node, or of the node that responded, is wrong: tokens and heartbeats contain its time",
    remedy: "on both machines: timedatectl; then timedatectl set-ntp true",
  },
  redirect: {
    cause: "the plain listener forwards, or it redirects to another port or name",
    remedy: "ams:balancer.http must be redirect; pulumi preview --refresh shows manual changes",
  },
  websocket: {
    cause: "the application does not exist, or a device between this machine and the load balancer blocks WebSockets",
    remedy:
      "check that the panel lists the application, or select another one with --app; status 503 means that a group has no healthy nodes",
  },
  rtmp: {
    cause: "no origin behind the network balancer is healthy, or port 1935 is not open to this address",
    remedy: `check the origins' health in the network load balancer's target group; ${status}`,
  },
  publish: {
    cause:
      "the origin rejects the stream: the application does not exist, it requires a token, or the node exceeds its CPU or memory limit",
    remedy:
      "search for Not enough resource in the origin's /usr/local/antmedia/log/ant-media-server.log, and check the application's security settings",
  },
  edgeReachesOrigin: {
    cause:
      "the edge cannot get the stream from its origin: ports 5080 and 5000 between nodes, different cluster keys (AMS issue 5859), or HLS disabled in the application",
    remedy:
      "on the edge: curl -sI http://ORIGIN:5080/rest/v2/liveness; search for `JWT Token is not valid` in its log; check the database's health",
  },
  cdnPlays: {
    cause:
      "the CDN's name does not lead to it, its certificate is for another name, or it cannot reach the load balancer by HTTPS; if HLS does not play without the CDN either, see that check first",
    remedy:
      "curl -sI CDN_URL/APP/streams/STREAM.m3u8: 403 is the CDN's refusal or ams:cdn.exclusive with another header, 502 is the load balancer's certificate; see docs/cdn.md",
  },
  cdnOpen: {
    cause: "the function that rejects other paths was taken off the CDN by hand",
    remedy: "pulumi preview --refresh, then pulumi up",
  },
  cdnPassedBy: {
    cause: "the load balancer's rules for ams:cdn.exclusive are missing or come after others",
    remedy: "pulumi preview --refresh, then pulumi up; until then players can take the edges' bandwidth",
  },
  wrongGroup: {
    cause:
      "the listener or its rule forwards to the other group after a manual change, or a machine was added to both groups",
    remedy: `pulumi preview --refresh, then pulumi up; compare with the listeners in: ${commandLine("plan", "STACK")}`,
  },
  panelOpen: {
    cause: "the panel's rules are missing, or ams:access.adminCidrs is too wide",
    remedy: "narrow ams:access.adminCidrs and run pulumi up; until then, any address can try passwords",
  },
  restOpen: {
    cause: "AMS responds without a login, or has no administrator yet, so that the first visitor can create one",
    remedy: `run pulumi up so that the machines create the administrator; ${status}`,
  },
  login: {
    cause: "the password was changed in the panel, or the secret belongs to another generation",
    remedy:
      "log in at panelUrl with the new password, or see Passwords in docs/machines.md; AMS blocks a user temporarily after many attempts",
  },
  standalone: {
    cause:
      "the node's AMS runs standalone: change_server_mode.sh did not switch it (since 3.0.0 it prompts y/n for an address without a scheme)",
    remedy: `replace the node, or ${status}`,
  },
  heartbeat: {
    cause: "the node was removed or failed, cannot reach the database, or its clock is wrong",
    remedy: `a node that its group removed disappears from the list within ten minutes; otherwise check ${status}; timedatectl; the database's port 27017`,
  },
  notJoining: {
    cause:
      "nodes do not join: the database is unreachable or rejects the password, or the group could not start machines (quota, image, subscription)",
    remedy: `read the group's activity history in the cloud's console; ${status}; on the database: systemctl status mongod`,
  },
  balance: {
    cause:
      "one node has all streams: publishers connected while it was the only node (connections do not move), or the others fail the health check",
    remedy:
      "check the origins' health in both load balancers' target groups; reconnect publishers; status shows streams per node",
  },
  drift: {
    cause:
      "an application was changed in the panel, or the media machines have not restored it yet, which takes up to two minutes",
    remedy: `all differences: ${commandLine("apps", "--stack STACK --secret FILE")}; on the first machine by address: journalctl -u ams-agent@applications; with ams:applicationsMode report nothing is restored`,
  },
  databaseDown: {
    cause:
      "AMS's database, which stores the users, nodes and streams, does not respond: it is down, full or unreachable",
    remedy: `on the database: systemctl status mongod, df -h; a managed one: its page in the cloud's console; ${status}. Running streams continue; do not replace nodes`,
  },
  databaseOpen: {
    cause: "a firewall rule was added manually, or another program listens on the database's port",
    remedy:
      "close it now: pulumi preview --refresh shows the rule; then change the database's password (docs/machines.md)",
  },
  portOpen: {
    cause: "a firewall rule or a listener was added manually",
    remedy: "pulumi preview --refresh shows it; pulumi up removes it",
  },
  turnAddress: {
    cause:
      "no media machine has brought the application to the address yet, which takes up to two minutes, or it was changed in the panel",
    remedy: "on the first machine by address: journalctl -u ams-agent@applications",
  },
  turnCredential: {
    cause: "the TURN servers do not know the credential that AMS hands out",
    remedy: "on a TURN server: journalctl -u ams-turn; see whether the secret NAME-turn-N has the user",
  },
  turnFull: {
    cause: "the TURN server has no allocation left, for this address or for all",
    remedy: "raise ams:turn.count, ams:turn.allocations or ams:turn.allocationsPerSource",
  },
  turnClosed: {
    cause: "no TURN server is healthy, or this network blocks that port",
    remedy:
      "try from another network; see the health in the balancer's target group; on a TURN server: journalctl -u ams-turn -u coturn",
  },
  turnOpen: {
    cause: "the TURN server's lists of peers are gone: each client with the credential reaches the network from it",
    remedy:
      "on a TURN server: systemctl restart ams-turn; then pulumi preview --refresh, and rotate ams:turn.credential",
  },
  stats: {
    cause: "the statistics page has no password, or its ranges are missing",
    remedy: "on a proxy: journalctl -u ams-proxy; to restore a changed configuration: systemctl restart ams-proxy",
  },
  broken: {
    cause: "the check itself did not complete",
    remedy: "run it again with a longer --timeout; if the failure persists, report a bug of this tool",
  },
} as const satisfies Readonly<Record<string, Remedy>>;

export type RemedyName = keyof typeof remedies;
