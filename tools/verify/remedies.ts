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
    cause: "the record is not there yet, or a resolver keeps an old answer",
    remedy:
      "add the records of `pulumi stack output dnsRecordsToAdd`; with managed DNS, have the zone's name servers delegated",
  },
  certificateTime: {
    cause: "the certificate was not renewed: its DNS proof is gone, or an uploaded one was not replaced",
    remedy:
      "issued: keep the validation record; uploaded: set ams:certificate.pem and ams:certificateKey, then pulumi up",
  },
  certificateChain: {
    cause: "the chain lacks the authority's intermediate certificate, or a proxy still has its self-signed stopgap",
    remedy:
      "upload the full chain (fullchain.pem); on a proxy: journalctl -u ams-proxy | grep step=certificate. A private authority: --ca FILE",
  },
  certificateName: {
    cause: "the certificate is another name's",
    remedy: "ams:domain.name has to be in the certificate; the balancers' own names never are",
  },
  closedListener: {
    cause: "the listener is not there, its firewall rule is not, or this network lets nobody out to that port",
    remedy: "pulumi preview --refresh shows what is missing; try from another network",
  },
  noHealthyNode: {
    cause:
      "no node of that group passes the balancer's health check: none runs, or their gates are closed because AMS does not list them",
    remedy: `look at the group's instances in the cloud's console, then ${status}`,
  },
  clock: {
    cause: "the clock of that node, or of the node that answered, is wrong: tokens and heartbeats carry its time",
    remedy: "on both machines: timedatectl; then timedatectl set-ntp true",
  },
  redirect: {
    cause: "the plain listener forwards, or it redirects to another port or name",
    remedy: "ams:balancer.http has to be redirect; pulumi preview --refresh shows what was changed by hand",
  },
  websocket: {
    cause: "the application is not there, or something between here and the balancer does not let WebSockets through",
    remedy:
      "see whether the panel lists the application, and say another one with --app; 503 is a group without healthy nodes",
  },
  rtmp: {
    cause: "no origin behind the network balancer is healthy, or port 1935 is not open to this address",
    remedy: `see the origins' health in the network balancer's target group; ${status}`,
  },
  publish: {
    cause:
      "the origin does not take the stream: the application is not there, it wants a token, or the node is over its CPU or memory limit",
    remedy:
      "see Not enough resource in the origin's /usr/local/antmedia/log/ant-media-server.log, and the application's security settings",
  },
  edgeReachesOrigin: {
    cause:
      "the edge cannot get the stream from its origin: ports 5080 and 5000 between nodes, or unequal cluster keys (AMS issue 5859), or HLS is off in the application",
    remedy:
      "on the edge: curl -sI http://ORIGIN:5080/rest/v2/liveness; look for `JWT Token is not valid` in its log; the database's health",
  },
  wrongGroup: {
    cause: "the listener or its rule sends to the other group: changed by hand, or a machine was put into both groups",
    remedy: `pulumi preview --refresh, then pulumi up; compare with the listeners in: ${commandLine("plan", "STACK")}`,
  },
  panelOpen: {
    cause: "the panel's rules are gone, or ams:access.adminCidrs is too wide",
    remedy: "narrow ams:access.adminCidrs and run pulumi up; until then anybody can try passwords",
  },
  restOpen: {
    cause: "AMS answers without a login, or has no administrator yet, so that the first visitor becomes it",
    remedy: `run pulumi up so that the machines make the administrator; ${status}`,
  },
  login: {
    cause: "the password was changed in the panel, or the secret is of another generation",
    remedy:
      "log in at panelUrl with the new password, or see docs/machines.md on passwords; AMS blocks a user for a time after many tries",
  },
  standalone: {
    cause:
      "the node's AMS runs standalone: change_server_mode.sh did not switch it (since 3.0.0 it asks y/n about a bare address)",
    remedy: `replace the node, or ${status}`,
  },
  heartbeat: {
    cause: "the node left or died, cannot reach the database, or its clock is wrong",
    remedy: `a node that its group let go is taken off the list within ten minutes; otherwise ${status}; timedatectl; the database's port 27017`,
  },
  notJoining: {
    cause:
      "nodes do not join: the database is not reachable or refuses the password, or the group could not start machines (quota, image, subscription)",
    remedy: `see the group's activity history in the cloud's console; ${status}; on the database: systemctl status mongod`,
  },
  balance: {
    cause:
      "one node takes everything: publishers came while it was alone (connections stay where they are), or the others fail the health check",
    remedy:
      "see the origins' health in both balancers' target groups; let publishers connect anew; status shows streams per node",
  },
  drift: {
    cause:
      "somebody changed an application in the panel, or the media machines have not restored it yet, which takes up to two minutes",
    remedy: `all differences: ${commandLine("apps", "--stack STACK --secret FILE")}; on the first machine by address: journalctl -u ams-agent@applications; with ams:applicationsMode report nothing is restored`,
  },
  databaseDown: {
    cause:
      "AMS gets no answer from its database, which has the users, the nodes and the streams: it is down, full, or not reachable",
    remedy: `on the database: systemctl status mongod, df -h; a managed one: its page in the cloud's console; ${status}. Running streams go on; replace no node for it`,
  },
  databaseOpen: {
    cause: "a firewall rule was added by hand, or something else answers on the database's port",
    remedy:
      "close it now: pulumi preview --refresh shows the rule; then change the database's password (docs/machines.md)",
  },
  portOpen: {
    cause: "a firewall rule or a listener was added by hand",
    remedy: "pulumi preview --refresh shows what the model does not have; pulumi up takes it away",
  },
  stats: {
    cause: "the statistics page has lost its password or its ranges",
    remedy:
      "on a proxy: journalctl -u ams-proxy; a changed configuration is written anew by: systemctl restart ams-proxy",
  },
  broken: {
    cause: "the check itself could not end",
    remedy: "run it again with a longer --timeout; if it stays, this is a fault of the tool",
  },
} as const satisfies Readonly<Record<string, Remedy>>;

export type RemedyName = keyof typeof remedies;
