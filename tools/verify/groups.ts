import type { Deployment } from "../live/deployment.ts";
import { playlistUrl } from "../live/protocols/hls.ts";
import { send, type Wire } from "../live/protocols/wire.ts";
import { type Check, type Finding, type Flight, fail, needsListener, notRun, pass } from "./check.ts";

/**
 * Which group answers, as far as it can be told from outside. AMS names no node in its answers. But each request for a
 * playlist gets a session (StatisticsFilter.java asks for one before it looks for the file), and a node's Tomcat knows its
 * own sessions alone: it gives a new one to whoever brings another node's. Tomcat takes the first of several session
 * cookies that it knows. So sessions that were begun on one address tell whether the nodes behind another one are the same.
 *
 * `target=origin` on the publish port always leads to origins. Nodes that answer players must not be among those.
 */

/**
 * Sessions to begin, and requests to bring them back with: twice as many as the larger group may have nodes, so that few
 * are missed, and as for the default where the size is not known.
 */
function triesOf({ cluster }: Deployment): number {
  const nodes = cluster === undefined ? unknownNodes : Math.max(cluster.origin.max, cluster.edge.max);
  return Math.min(Math.max(2 * nodes, 8), mostTries);
}

/** @default of ams:edge.max */
const unknownNodes = 10;
const mostTries = 40;

const sessionCookie = "JSESSIONID";

/** No stream has this name, so that nobody is counted as a viewer. */
const nobodysStream = "ams-cluster-verify-none";

async function newSession(wire: Wire, url: string, known: readonly string[]): Promise<string | undefined> {
  const cookie = known.map((id) => `${sessionCookie}=${id}`).join("; ");
  const { headers, status } = await send(wire, { url, headers: cookie === "" ? {} : { Cookie: cookie } });
  if (status >= 500) throw new Error(`HTTP ${status}`);
  const line = (headers["set-cookie"] ?? []).find((one) => one.startsWith(`${sessionCookie}=`));
  return line === undefined ? undefined : /^[^=]+=([^;]*)/.exec(line)?.[1];
}

/** Asks so many times, a few at once, and no further than the answers are wanted. */
async function* ask(wire: Wire, url: string, known: readonly string[], tries: number) {
  for (let done = 0; done < tries; done += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, tries - done) }, () => newSession(wire, url, known));
    yield* await Promise.all(some);
  }
}

const atOnce = 4;

async function begin(wire: Wire, url: string, tries: number): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const id of ask(wire, url, [], tries)) if (id !== undefined) found.push(id);
  return found;
}

/** Whether a node behind the address knows one of the sessions. */
async function knows(wire: Wire, url: string, ids: readonly string[], tries: number): Promise<boolean> {
  for await (const id of ask(wire, url, ids, tries)) if (id === undefined) return true;
  return false;
}

async function apart({ deployment, wire, app }: Flight, base: string, query: string): Promise<Finding> {
  const tries = triesOf(deployment);
  const players = playlistUrl(base, app, nobodysStream, query);
  const origins = playlistUrl(deployment.outputs.publishUrl, app, nobodysStream, "target=origin");
  const ids = await begin(wire, players, tries);
  if (ids.length === 0) return notRun("AMS did not start a session, so the check cannot tell its nodes apart");
  if (!(await knows(wire, players, ids, tries)))
    return notRun("no node recognised its own session: the group has too many nodes, or AMS does not keep sessions");
  if (await knows(wire, origins, ids, tries)) {
    return fail(
      `a node that responds here also serves publishers (tested with ${tries} sessions sent to target=origin)`,
      "wrongGroup",
    );
  }
  return pass(`the nodes are not the ones that serve target=origin (tested with ${ids.length} sessions)`);
}

export function groupChecks({ outputs, hasEdges, publishPort, playPort }: Deployment): readonly Check[] {
  if (!hasEdges) return [];
  const checks: readonly Check[] = [
    {
      id: `group-play-${playPort}`,
      title: `edges respond to HLS on ${playPort}`,
      run: (flight) => apart(flight, outputs.playUrl, ""),
    },
    {
      id: `group-hls-${publishPort}`,
      title: `edges respond to HLS on ${publishPort}`,
      run: (flight) => apart(flight, outputs.publishUrl, ""),
    },
    {
      id: `group-target-${publishPort}`,
      title: `edges respond to target=edge on ${publishPort}`,
      run: (flight) => apart(flight, outputs.publishUrl, "target=edge"),
    },
  ];
  return oneByOne(checks).map(needsListener);
}

/** Two that ask in turn could each meet the same half of the nodes always. */
function oneByOne(checks: readonly Check[]): readonly Check[] {
  let before: Promise<unknown> = Promise.resolve();
  return checks.map((check) => ({
    ...check,
    run: (flight) => {
      const own = before.then(() => check.run(flight));
      before = own.catch(() => undefined);
      return own;
    },
  }));
}
