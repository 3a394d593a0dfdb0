import { WebSocketServer } from "ws";
import { deploymentOf } from "../../tools/live/deployment.ts";
import { namesOf } from "../../tools/live/names.ts";
import { trusting } from "../../tools/live/protocols/wire.ts";
import type { Flight } from "../../tools/verify/check.ts";
import { runChecks } from "../../tools/verify/run.ts";
import { turnChecks } from "../../tools/verify/turn.ts";
import { name, uris } from "./peers.ts";
import { at } from "./place.ts";

interface Login {
  readonly username: string;
  readonly password: string;
}

/** How AMS answers a page that asks for its ICE servers (WebSocketConstants.java). */
async function handOut({ username, password }: Login, port: number): Promise<WebSocketServer> {
  const server = new WebSocketServer({ host: at.balancer, port });
  const config = { stunServerUri: uris.udp, turnServerUsername: username, turnServerCredential: password };
  server.on("connection", (socket) => {
    socket.on("message", (data) => {
      if (JSON.parse(String(data)).command === "getIceServerConfig")
        socket.send(JSON.stringify({ command: "iceServerConfig", ...config }));
    });
  });
  await new Promise((resolve) => server.once("listening", resolve));
  return server;
}

const port = 5080;

/** States of the checks of `verify` by their ids, from a client's address, with TLS where there is an authority to trust. */
export async function verified(from: string, login: Login, ca?: string): Promise<Readonly<Record<string, string>>> {
  const server = await handOut(login, port);
  const url = `http://live.example.com:${port}/`;
  const outputs = {
    publishUrl: url,
    playUrl: url,
    panelUrl: url,
    rtmpUrl: "",
    rtmpsUrl: "",
    cdnUrl: "",
    statsUrl: "",
    turnUri: uris.udp,
    turnsUri: ca === undefined ? "" : uris.tls443,
  };
  const more = { panelUser: "", panelSecret: "", databaseEndpoint: "", dnsRecordsToAdd: [], originGroup: "" };
  const deployment = deploymentOf({ ...outputs, ...more, edgeGroup: "", balancerGroup: "" }, undefined);
  const fixed = new Map(["live.example.com", name].map((host) => [host, at.balancer]));
  const names = namesOf({ servers: [], fixed });
  const trust = ca === undefined ? undefined : trusting(ca);
  const wire = { names, trust, from, timeoutMilliseconds: 4000 };
  const flight = { deployment, wire, app: "live", leastDays: 14 } as unknown as Flight;
  const results = await runChecks(turnChecks(deployment), flight, { totalSeconds: 60, onResult: () => undefined });
  server.close();
  return Object.fromEntries(results.map(({ id, state }) => [id, state]));
}
