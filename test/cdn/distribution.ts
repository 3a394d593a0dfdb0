import { request as ask, createServer } from "node:https";
import type { Pair } from "../live/authority.ts";
import { cdnKey } from "../live/balancer.ts";
import { loopback } from "../support/loopback.ts";
import { handlerOf } from "./edge-function.ts";
import type { EdgeRules } from "./rules.ts";

/** The recorded rules and program of CloudFront, without its cache, before a cluster's balancer. */

export const cdnDomain = "cdn.example.com";
export const cdnAddress = `${loopback}.7.1`;

export interface Distribution {
  /** Faults. */
  readonly state: { isOpen: boolean; showsHeader: boolean };
  readonly close: () => Promise<void>;
}

export interface DistributionOptions {
  readonly rules: EdgeRules;
  readonly certificate: Pair;
  readonly streamKey: string;
  /** Where the balancer is, its name, and the authority of its certificate. */
  readonly origin: { readonly host: string; readonly name: string; readonly ca: string };
}

export async function startDistribution(options: DistributionOptions): Promise<Distribution> {
  const { rules, certificate, streamKey, origin } = options;
  const state = { isOpen: false, showsHeader: true };
  const handler = handlerOf(rules.program ?? "", { live: streamKey });
  const kept = (path: string): boolean =>
    state.isOpen || rules.rules.find(({ pattern }) => new RegExp(pattern).test(path))?.seconds !== undefined;
  const server = createServer({ cert: certificate.certificate, key: certificate.key }, async (incoming, response) => {
    const { pathname: uri } = new URL(incoming.url ?? "", "https://cdn");
    if (!kept(uri)) return response.writeHead(403).end();
    const answer = state.isOpen ? { uri, querystring: {} } : await handler({ uri, querystring: {} });
    if ("statusCode" in answer) return response.writeHead(answer.statusCode).end();
    const token = answer.querystring["token"]?.value;
    const headers = { Host: origin.name, ...(state.showsHeader ? { [rules.sent[0] ?? ""]: cdnKey } : {}) };
    const path = `${answer.uri}${token === undefined ? "" : `?token=${token}`}`;
    return ask({ host: origin.host, servername: origin.name, ca: origin.ca, path, headers, agent: false }, (found) => {
      response.writeHead(found.statusCode ?? 0);
      found.pipe(response);
    })
      .on("error", () => response.writeHead(502).end())
      .end();
  });
  await new Promise<void>((resolve) => server.listen(443, cdnAddress, resolve));
  return {
    state,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
