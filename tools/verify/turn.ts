import { turnListeners } from "../../model/traffic/turn.ts";
import { reasonOf } from "../cli/faults.ts";
import type { Deployment } from "../live/deployment.ts";
import { onMessage, upgrade } from "../live/protocols/websocket.ts";
import { allocate, TurnError, type TurnServer } from "../live/turn/client.ts";
import { addressOf } from "../live/turn/line.ts";
import { type Check, type Finding, type Flight, fail, isNotRun, type NotRun, notRun, pass } from "./check.ts";
import { certificateHolds } from "./identity.ts";

/** The TURN servers, as a page uses them: with the address and the credential that AMS hands out. */

type Server = TurnServer | NotRun;

/** Asks AMS as the vendor's SDK does (webrtc_adaptor.js, getIceServerConfiguration). */
async function handedOut({ deployment, wire, app }: Flight): Promise<Server> {
  const { scheme, web, publishPort } = deployment;
  const answer = await upgrade(wire, `${scheme}://${web}:${publishPort}/${app}/websocket`);
  if ("status" in answer) return { why: `no WebSocket connection (HTTP ${answer.status}); see the WebSocket check` };
  const { socket } = answer;
  try {
    return await new Promise<Server>((resolve) => {
      setTimeout(() => resolve({ why: "AMS does not send a list of ICE servers" }), wire.timeoutMilliseconds);
      onMessage(socket, ({ command, stunServerUri = "", turnServerUsername = "", turnServerCredential = "" }) => {
        if (command !== "iceServerConfig") return;
        const [uri, username, password] = [stunServerUri, turnServerUsername, turnServerCredential].map(String);
        resolve({ uri: uri ?? "", username: username ?? "", password: password ?? "" });
      });
      socket.send(JSON.stringify({ command: "getIceServerConfig" }));
    });
  } finally {
    socket.terminate();
  }
}

async function isHandedOut(flight: Flight, server: Server): Promise<Finding> {
  if (isNotRun(server)) return notRun(server.why);
  const wanted = flight.deployment.outputs.turnUri;
  if (server.uri !== wanted)
    return fail(`AMS provides ${server.uri || "no address"} instead of ${wanted}`, "turnAddress");
  return server.username === ""
    ? fail("AMS provides no credential", "turnAddress")
    : pass(`${wanted}, ${server.username}`);
}

/** What no TURN server may relay to: the metadata service of its machine. */
const forbidden = ["169.254.169.254", 50_000] as const;

/** Takes an allocation, asks for what has to be refused, and gives it back. */
async function relays({ wire }: Flight, uri: string, server: Server): Promise<Finding> {
  if (isNotRun(server)) return notRun(server.why);
  const [address = ""] = await wire.names.addresses(addressOf(uri)?.host ?? "");
  const way = wire.from === undefined ? {} : { localAddress: wire.from };
  try {
    const allocation = await allocate(
      { ...server, uri },
      { timeoutMilliseconds: wire.timeoutMilliseconds, address, ...way },
    );
    const answer = await allocation.permit(...forbidden).catch((error: unknown) => error);
    await allocation.release();
    if (answer instanceof TurnError && answer.code === 403)
      return pass(`allocation at ${allocation.relayed}; forbidden peers are rejected`);
    return fail(
      `the server does not reject the peer ${forbidden[0]}: ${answer === undefined ? "permitted" : reasonOf(answer)}`,
      "turnOpen",
    );
  } catch (error) {
    if (error instanceof TurnError) return fail(reasonOf(error), error.code === 401 ? "turnCredential" : "turnFull");
    return fail(`${uri}: ${reasonOf(error)}`, "turnClosed");
  }
}

export function turnChecks({ outputs: { turnUri, turnsUri } }: Deployment): readonly Check[] {
  const host = addressOf(turnUri)?.host;
  const secure = addressOf(turnsUri);
  if (host === undefined) return [];
  let asked: Promise<Server> | undefined;
  const server = (flight: Flight): Promise<Server> => (asked ??= handedOut(flight));
  return [
    {
      id: "turn-address",
      title: "AMS provides the TURN servers' address",
      run: async (flight) => isHandedOut(flight, await server(flight)),
    },
    ...(secure === undefined
      ? []
      : [
          {
            id: "turn-certificate",
            title: "the TURN servers' certificate is trusted and valid",
            run: (flight: Flight) => certificateHolds(flight, secure),
          },
        ]),
    ...turnListeners.map(({ protocol, port }) => ({
      id: `turn-${protocol}-${port}`,
      title: `TURN relays over ${protocol.toUpperCase()} on ${port}`,
      run: async (flight: Flight) => relays(flight, `turn:${host}:${port}?transport=${protocol}`, await server(flight)),
    })),
  ];
}
