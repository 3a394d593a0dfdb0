import { clusterPort, databasePorts, sshPort } from "../../model/network/firewall.ts";
import { exporterPort } from "../../model/operation/exporter.ts";
import { acmePort, proxyHealthPort, statsPort } from "../../model/traffic/balancer.ts";
import { nodePort, rtmpsPort } from "../../model/traffic/targets.ts";
import { reasonOf } from "../cli/faults.ts";
import { type Deployment, hostsOf } from "../live/deployment.ts";
import { NameError } from "../live/names.ts";
import { dial, send } from "../live/protocols/wire.ts";
import { type Check, type Finding, type Flight, fail, notRun, pass } from "./check.ts";

/** What must not answer. A port that says nothing within this is closed. */
const silentMilliseconds = 3000;

/** MongoDB, ApsaraDB for MongoDB, Redis. */
const databases = [...databasePorts, 6379];
/** SSH, AMS between nodes, RTMPS, JMX, the proxies' own. Ports: Ant Media's installation guide, model/traffic/balancer.ts. */
const innerPorts = [sshPort, clusterPort, 5599, proxyHealthPort, exporterPort, acmePort, rtmpsPort, 9998, 9999];

interface Place {
  readonly address: string;
  readonly port: number;
}

async function opens({ wire }: Flight, { address, port }: Place): Promise<boolean> {
  try {
    (await dial({ ...wire, timeoutMilliseconds: silentMilliseconds }, address, port)).destroy();
    return true;
  } catch {
    return false;
  }
}

async function openOnes(flight: Flight, places: readonly Place[]): Promise<readonly Place[]> {
  const found = await Promise.all(places.map((place) => opens(flight, place)));
  return places.filter((_, index) => found[index] === true);
}

async function addressesOf({ deployment, wire, machines }: Flight): Promise<readonly string[]> {
  const known = await Promise.all(hostsOf(deployment).map((host) => wire.names.addresses(host)));
  return [...new Set([...known.flat(), ...machines])];
}

const product = (addresses: readonly string[], ports: readonly number[]): readonly Place[] =>
  addresses.flatMap((address) => ports.map((port) => ({ address, port })));

const nameOf = ({ address, port }: Place): string => `${address}:${port}`;

/** The endpoint's own name is private, or leads to private addresses. */
async function endpoints({ deployment, wire }: Flight): Promise<readonly Place[]> {
  const { databaseEndpoint } = deployment.outputs;
  if (databaseEndpoint === "external" || databaseEndpoint === "none") return [];
  const places: Place[] = [];
  for (const part of databaseEndpoint.split(",")) {
    const [host = "", port] = part.split(":");
    try {
      const addresses = await wire.names.addresses(host);
      places.push(...addresses.map((address) => ({ address, port: Number(port ?? 27017) })));
    } catch (error) {
      if (!(error instanceof NameError)) throw error;
    }
  }
  return places;
}

async function databaseClosed(flight: Flight): Promise<Finding> {
  const places = [...product(await addressesOf(flight), databases), ...(await endpoints(flight))];
  const open = await openOnes(flight, places);
  if (open.length > 0) return fail(`open: ${open.map(nameOf).join(", ")}`, "databaseOpen");
  const external =
    flight.deployment.outputs.databaseEndpoint === "external"
      ? "; the external database was not checked, because its address is unknown"
      : "";
  return pass(`${places.length} addresses and ports are closed${external}`);
}

async function portsClosed(flight: Flight): Promise<Finding> {
  const all = await addressesOf(flight);
  const { statsUrl, rtmpsUrl } = flight.deployment.outputs;
  const served = innerPorts.filter((port) => port !== rtmpsPort || rtmpsUrl === "");
  const inner = [...served, ...(statsUrl === "" ? [statsPort] : [])];
  const places = [...product(all, inner), ...product(flight.machines, [nodePort])];
  const open = await openOnes(flight, places);
  if (open.length > 0) return fail(`open: ${open.map(nameOf).join(", ")}`, "portOpen");
  const own =
    flight.machines.length === 0
      ? "; the machines' own addresses were not checked, because the outputs do not contain them: use --machine ADDRESS"
      : "";
  return pass(`${places.length} addresses and ports are closed${own}`);
}

/** The panel's page and the server's REST, on every listener that serves paths. */
async function panelClosed(flight: Flight): Promise<Finding> {
  const { deployment, stranger, admitted } = flight;
  if (!stranger && (await admitted())) {
    return notRun(
      "the panel accepts this address; run the check with --stranger from an address outside ams:access.adminCidrs",
    );
  }
  const bases = [deployment.outputs.publishUrl, deployment.outputs.playUrl, deployment.outputs.panelUrl];
  const urls = bases.flatMap((base) => ["/", "/rest/v2/liveness"].map((path) => new URL(path, base).href));
  const found = await Promise.all(urls.map(async (url) => ({ url, said: await answerOf(flight, url) })));
  const open = found.filter(({ said }) => typeof said === "number" && said < 400);
  if (open.length > 0) return fail(open.map(({ url, said }) => `${url}: HTTP ${said}`).join("; "), "panelOpen");
  return pass(found.map(({ url, said }) => `${portAndPath(url)} ${said}`).join(", "));
}

const portAndPath = (url: string): string => `${new URL(url).port || "443"}${new URL(url).pathname}`;

async function answerOf({ wire }: Flight, url: string): Promise<number | "closed"> {
  try {
    return (await send(wire, { url })).status;
  } catch (error) {
    if (error instanceof NameError) throw error;
    return "closed";
  }
}

async function statsAsk({ deployment, wire }: Flight): Promise<Finding> {
  const { statsUrl } = deployment.outputs;
  try {
    const { status } = await send(wire, { url: statsUrl });
    if (status === 401) return pass("HTTP 401 without a password");
    if (status === 403) return pass("HTTP 403 for this address");
    return fail(`HTTP ${status} without a password`, "stats");
  } catch (error) {
    if (error instanceof NameError) throw error;
    return pass(`closed for this address (${reasonOf(error)})`);
  }
}

export function closedChecks({ outputs }: Deployment): readonly Check[] {
  return [
    { id: "panel-closed", title: "the panel is blocked for other addresses", run: panelClosed },
    { id: "database-closed", title: "the database is not reachable from outside", run: databaseClosed },
    { id: "ports-closed", title: "internal ports are closed", run: portsClosed },
    ...(outputs.statsUrl === ""
      ? []
      : [{ id: "stats", title: "the statistics page requires a password", run: statsAsk }]),
  ];
}
