import { reasonOf } from "../cli/faults.ts";
import type { Deployment } from "../live/deployment.ts";
import { upgrade } from "../live/protocols/websocket.ts";
import { send } from "../live/protocols/wire.ts";
import { type Check, type Finding, type Flight, fail, needsListener, notRun, pass } from "./check.ts";

/** The listeners that everybody may use: they answer at each of the balancer's addresses, redirect, and upgrade. */

const mostAddresses = 6;

interface Listener {
  readonly name: string;
  readonly scheme: "http" | "https";
  readonly port: number;
  /** Where a plain one sends to, if it redirects. */
  readonly secure: number | undefined;
}

/** The plain ports beside the secure ones are always there (model/traffic/listeners.ts). */
export function listenersOf({ scheme, publishPort, playPort }: Deployment): readonly Listener[] {
  const own = [
    { name: "publish", scheme, port: publishPort, secure: undefined },
    { name: "play", scheme, port: playPort, secure: undefined },
  ];
  if (scheme === "http") return own;
  return [
    ...own,
    { name: "HTTP publish", scheme: "http", port: 80, secure: publishPort },
    { name: "HTTP play", scheme: "http", port: 5080, secure: playPort },
  ];
}

const urlOf = ({ web }: Deployment, scheme: string, port: number, path: string): string =>
  new URL(path, `${scheme}://${web}:${port}`).href;

/** A page that no rule guards; whether the application has one does not matter, only that a node says so. */
const pageOf = (app: string): string => `/${app}/`;

async function answers(flight: Flight, listener: Listener): Promise<Finding> {
  const { deployment, wire } = flight;
  const addresses = (await wire.names.addresses(deployment.web)).slice(0, mostAddresses);
  const url = urlOf(deployment, listener.scheme, listener.port, pageOf(flight.app));
  const found = await Promise.all(
    addresses.map(async (address) => {
      try {
        return { address, status: (await send(wire, { url, address })).status };
      } catch (error) {
        return { address, error: reasonOf(error) };
      }
    }),
  );
  const closed = found.filter(({ error }) => error !== undefined);
  if (closed.length > 0) {
    return fail(
      closed.map(({ address, error }) => `${address}:${listener.port}: ${error}`).join("; "),
      "closedListener",
    );
  }
  const bad = found.filter(({ status = 0 }) => status >= 500);
  if (bad.length > 0) {
    const said = bad.map(({ address, status }) => `${address}:${listener.port}: HTTP ${status}`).join("; ");
    return fail(said, "noHealthyNode");
  }
  return pass(`${found.length} ${found.length === 1 ? "address" : "addresses"}, HTTP ${found[0]?.status}`);
}

async function redirects(flight: Flight, listener: Listener): Promise<Finding> {
  const { deployment, wire } = flight;
  const path = `${pageOf(flight.app)}?check=redirect`;
  const { status, headers } = await send(wire, { url: urlOf(deployment, "http", listener.port, path) });
  const wanted = urlOf(deployment, "https", listener.secure ?? 443, path);
  const kind = deployment.cluster?.balancer.http;
  const isRedirect = status >= 300 && status < 400;
  if (!isRedirect && kind !== "redirect") {
    return kind === "forward"
      ? pass(`HTTP ${status}, as expected because ams:balancer.http is forward`)
      : notRun(`HTTP ${status}: without --stack, the expected response is unknown`);
  }
  if (!isRedirect) return fail(`HTTP ${status} instead of a redirect to ${wanted}`, "redirect");
  if (kind === "forward") return fail(`HTTP ${status}, but ams:balancer.http is forward`, "redirect");
  const location = headers.location ?? "";
  const isRight = URL.canParse(location) && new URL(location).href === wanted;
  return isRight
    ? pass(`HTTP ${status} to ${wanted}`)
    : fail(`HTTP ${status} redirects to ${location || "an empty location"}, not to ${wanted}`, "redirect");
}

async function upgrades(flight: Flight, port: number, query: string): Promise<Finding> {
  const { deployment, wire, app } = flight;
  const url = urlOf(deployment, deployment.scheme, port, `/${app}/websocket${query}`);
  const answer = await upgrade(wire, url);
  if ("status" in answer) {
    return fail(`HTTP ${answer.status} instead of 101`, answer.status >= 500 ? "noHealthyNode" : "websocket");
  }
  answer.socket.terminate();
  return pass("HTTP 101; AMS does not report which group responded");
}

export function listenerChecks(deployment: Deployment): readonly Check[] {
  const { publishPort, playPort, hasEdges } = deployment;
  const listeners = listenersOf(deployment);
  const sockets: readonly (readonly [string, string, number, string])[] = [
    ["websocket-publish", "WebSocket connections open for publishing", publishPort, ""],
    ...(hasEdges
      ? [["websocket-target", "WebSocket connections open with target=edge", publishPort, "?target=edge"] as const]
      : []),
    ["websocket-play", "WebSocket connections open for playing", playPort, ""],
  ];
  return [
    ...listeners.map((listener) => ({
      id: `listener-${listener.port}`,
      title: `the ${listener.name} listener responds on ${listener.port}`,
      run: (flight: Flight) => answers(flight, listener),
    })),
    ...listeners
      .filter(({ secure }) => secure !== undefined)
      .map((listener) =>
        needsListener({
          id: `redirect-${listener.port}`,
          title: `${listener.port} redirects to ${listener.secure}`,
          run: (flight) => redirects(flight, listener),
        }),
      ),
    ...sockets.map(([id, title, port, query]) =>
      needsListener({ id, title: `${title} on ${port}`, run: (flight) => upgrades(flight, port, query) }),
    ),
  ];
}
