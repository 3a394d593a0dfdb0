import { isDrift } from "../../model/applications/drift.ts";
import { driftLines } from "../applications/page.ts";
import { readDrift } from "../applications/read.ts";
import { type Ams, aliveSeconds, isSilence, RefusedError, restUrl, ServerFaultError } from "../live/ams.ts";
import { shareOf } from "../live/balance.ts";
import { type Deployment, nodeCounts } from "../live/deployment.ts";
import { type Member, members } from "../live/nodes.ts";
import { send } from "../live/protocols/wire.ts";
import { type Check, type Finding, type Flight, fail, isNotRun, notRun, pass, rejected } from "./check.ts";

/** What only AMS knows: asked through the panel's address, from an admin's address. */

/** REST without a login, from an address that may come: it has to refuse, and there has to be an administrator. */
async function refuses({ deployment, wire, admitted }: Flight): Promise<Finding> {
  if (!(await admitted())) return notRun(rejected);
  const { panelUrl } = deployment.outputs;
  const { status } = await send(wire, { url: restUrl(panelUrl, "cluster/nodes/0/50") });
  if (status !== 401 && status !== 403) return fail(`cluster/nodes returns HTTP ${status} without a login`, "restOpen");
  const first = await send(wire, { url: restUrl(panelUrl, "first-login-status") });
  if (first.status !== 200) throw new ServerFaultError(`first-login-status: HTTP ${first.status}`);
  if (/"success"\s*:\s*true/.test(first.body))
    return fail("there is no administrator: the first visitor can create one", "restOpen");
  return pass(`HTTP ${status} without a login; an administrator exists`);
}

async function withAms(
  flight: Flight,
  ask: (ams: Ams) => Promise<Finding>,
  noLogin: (error: Error) => Finding = () => notRun("login failed; see the panel-login check"),
): Promise<Finding> {
  try {
    const ams = await flight.login().catch((error: unknown) => (isSilence(error) ? error : Promise.reject(error)));
    if (ams instanceof Error) return noLogin(ams);
    return isNotRun(ams) ? notRun(ams.why) : await ask(ams);
  } catch (error) {
    if (error instanceof RefusedError) return noLogin(error);
    if (isDistrust(error))
      return notRun(`the password is not sent over untrusted TLS (${error.code}); see the certificate check`);
    throw error;
  }
}

/** Whoever may ask, and gets no answer, meets AMS without its database: all that is asked here is there. */
const needsDatabase = (check: Check): Check => ({
  ...check,
  run: async (flight) => {
    try {
      return await check.run(flight);
    } catch (error) {
      if (isSilence(error)) return fail(error.message, "databaseDown");
      throw error;
    }
  },
});

/** As Node names what OpenSSL has against a certificate, and a name that is not in it. */
const isDistrust = (error: unknown): error is Error & { readonly code: unknown } =>
  error instanceof Error &&
  "code" in error &&
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_)/.test(String(error.code));

async function logsIn(flight: Flight): Promise<Finding> {
  const ask = async (ams: Ams): Promise<Finding> => {
    const { versionName, versionType } = await ams.version();
    return pass(`AMS ${versionName ?? "of an unknown version"} ${versionType ?? ""}`.trim());
  };
  return await withAms(flight, ask, (error) => fail(error.message, isSilence(error) ? "databaseDown" : "login"));
}

/** Sessions of their own, so that the balancer leads them to different origins. */
const samples = 6;

async function clustered(flight: Flight): Promise<Finding> {
  if (flight.deployment.cluster?.mode === "standalone")
    return notRun("the stack has a single machine (ams:mode is standalone)");
  return await withAms(flight, async (first) => {
    const modes = [await first.clusterMode()];
    while (modes.length < samples && !modes.includes(false)) {
      const next = await flight.login();
      if (isNotRun(next)) break;
      modes.push(await next.clusterMode());
    }
    if (modes.includes(false)) return fail("a node reports that it is in standalone mode", "standalone");
    return pass(`${modes.length} of ${modes.length} sessions reached a node in cluster mode`);
  });
}

async function alive(flight: Flight): Promise<Finding> {
  const { cluster } = flight.deployment;
  if (cluster?.mode === "standalone") return notRun("the stack has a single machine (ams:mode is standalone)");
  return await withAms(flight, async (ams) => {
    const nodes = await members(ams);
    const dead = nodes.filter(({ alive: lives }) => !lives);
    const count = nodes.length - dead.length;
    if (dead.length > 0) return fail(dead.map(lastSeen).join("; "), "heartbeat");
    const off = nodes.filter(({ clockIsOff }) => clockIsOff);
    if (off.length > 0) return fail(off.map(wrongClock).join("; "), "clock");
    if (cluster === undefined)
      return count > 0
        ? pass(`${count} alive; without --stack, the expected number is unknown`)
        : fail("no nodes", "notJoining");
    const { min, max } = nodeCounts(cluster);
    const twins = nodes.reduce((sum, { deadTwins }) => sum + deadTwins, 0);
    const wanted = `expected ${min} to ${max}${twins === 0 ? "" : `; the list contains ${twins} dead duplicates of live nodes`}`;
    return count >= min && count <= max
      ? pass(`${count} alive; ${wanted}`)
      : fail(`${count} alive; ${wanted}`, "notJoining");
  });
}

const lastSeen = ({ node, heartbeatSeconds }: Member): string =>
  `${node.ip}: last heartbeat ${heartbeatSeconds} s ago; a live node sends a heartbeat at least every ${aliveSeconds} s`;

const wrongClock = ({ node, heartbeatSeconds }: Member): string =>
  `${node.ip}: sends heartbeats, but its clock is ${heartbeatSeconds} s behind`;

/** Below this many streams any split may be chance. */
const fewStreams = 6;
const mostShare = 0.8;

async function balanced(flight: Flight): Promise<Finding> {
  return await withAms(flight, async (ams) => {
    const streams = (await ams.streams(flight.app)).filter(({ status }) => status === "broadcasting");
    if (streams.length < fewStreams)
      return notRun(`${streams.length} streams in ${flight.app}: too few to judge the distribution`);
    const { node, share, nodes } = shareOf(streams);
    const least = flight.deployment.cluster?.origin.min ?? nodes;
    if (Math.max(least, nodes) < 2) return notRun("the stack has one origin");
    const said = `${Math.round(share * 100)} % of ${streams.length} streams are on ${node}`;
    return share > mostShare ? fail(said, "balance") : pass(said);
  });
}

/** As many differences as fit a line; `apps` has all. */
const mostDifferences = 5;

async function asTheFile(flight: Flight): Promise<Finding> {
  const { cluster } = flight.deployment;
  if (cluster === undefined) return notRun("without --stack, no stack file is available for comparison");
  if (cluster.applications === undefined) return notRun("the stack file has no ams:applications");
  const names = Object.keys(cluster.applications).join(", ");
  return await withAms(flight, async (ams) => {
    const drift = await readDrift(cluster, ams);
    if (drift === undefined || !isDrift(drift)) return pass(names);
    const lines = driftLines(drift);
    const more = lines.length > mostDifferences ? `; and ${lines.length - mostDifferences} more` : "";
    return fail(`${lines.slice(0, mostDifferences).join("; ")}${more}`, "drift");
  });
}

export function insideChecks({ hasEdges }: Deployment): readonly Check[] {
  const checks: readonly Check[] = [
    { id: "rest-login", title: "the server's REST API requires a login", run: refuses },
    { id: "panel-login", title: "the panel accepts the administrator's login", run: logsIn },
    ...(hasEdges
      ? [
          { id: "cluster-mode", title: "nodes run in cluster mode", run: clustered },
          { id: "nodes", title: "nodes are alive, and their number matches the groups", run: alive },
          { id: "balance", title: "streams are distributed across origins", run: balanced },
        ]
      : []),
    { id: "applications", title: "AMS's applications match the stack file", run: asTheFile },
  ];
  return checks.map(needsDatabase);
}
