import { createServer } from "node:net";
import type { FlightOptions } from "../../tools/verify/flight.ts";
import { balancerAddress, domain, nodes, type Site, stranger } from "./site.ts";

/** What goes wrong with a cluster, put into the one on loopback, and the checks of the test flight that have to name it. */

const day = 86_400_000;

export interface Fault {
  readonly name: string;
  readonly inject: (site: Site) => Promise<() => Promise<void> | void>;
  /** The checks that have to name it, and no others. */
  readonly found: readonly string[];
  readonly said: RegExp;
  readonly flight?: Partial<FlightOptions>;
  readonly from?: string;
}

/** A change of the balancer's configuration. */
const balancer = (edit: (text: string) => string) => async (of: Site) => {
  await of.balance({ edit });
  return () => of.balance();
};

/** A line of one listener's part, changed. */
const within = (name: string, from: string | RegExp, to: string) =>
  balancer((text) => text.replace(new RegExp(`frontend ${name}\\n(?: {4}.*\\n)*`), (part) => part.replace(from, to)));

export const faults: readonly Fault[] = [
  {
    name: "a listener that is not there",
    inject: balancer((text) => text.replace(/frontend https-5443\n(?: {4}.*\n)*/, "")),
    found: ["listener-5443"],
    said: /127\.9\.1\.1:5443: .*ECONNREFUSED/,
  },
  {
    name: "a group without healthy nodes",
    inject: balancer((text) =>
      text.replace(/(\nbackend edge\n(?: {4}.*\n)*)/, (part) => part.replaceAll("127.9.3.", "127.9.4.")),
    ),
    found: [
      "listener-5443",
      "websocket-target",
      "websocket-play",
      "group-play-5443",
      "group-hls-443",
      "group-target-443",
    ],
    said: /503/,
  },
  {
    name: "a play port that the origins answer",
    inject: within("https-5443", "str(edge)", "str(origin)"),
    found: ["group-play-5443"],
    said: /answers publishers too/,
  },
  {
    name: "HLS on the publish port that the origins answer",
    inject: within("https-443", /(set-var\(txn\.to\)) str\(edge\)(?=.*streams)/, "$1 str(origin)"),
    found: ["group-hls-443"],
    said: /answers publishers too/,
  },
  {
    name: "target=edge that the origins answer",
    inject: within("https-443", /(set-var\(txn\.to\)) str\(edge\)(?=.*urlp)/, "$1 str(origin)"),
    found: ["group-target-443"],
    said: /answers publishers too/,
  },
  {
    name: "a plain port that does not redirect",
    inject: within("http-80", /http-request redirect.*/, "http-request return status 200"),
    found: ["redirect-80"],
    said: /HTTP 200, no redirect to https:\/\/live\.example\.com\/live/,
  },
  {
    name: "a redirect to the wrong port",
    inject: within("http-5080", ":5443", ":4443"),
    found: ["redirect-5080"],
    said: /not to https:\/\/live\.example\.com:5443/,
  },
  {
    name: "a certificate that has expired",
    inject: async (of) => {
      const now = Date.now();
      const expired = of.authority.issue(domain, { from: new Date(now - 90 * day), to: new Date(now - 2 * day) });
      await of.balance({ certificate: expired });
      return () => of.balance();
    },
    // A password is not sent over a connection that is not trusted.
    found: ["certificate-443", "certificate-5443", "panel-login", "cluster-mode", "nodes", "balance"],
    said: /expired/,
  },
  {
    name: "a certificate that ends soon",
    inject: async () => () => undefined,
    found: ["certificate-443", "certificate-5443"],
    said: /days left/,
    flight: { leastDays: 120 },
  },
  {
    name: "a certificate of another name",
    inject: async (of) => {
      const now = Date.now();
      const other = of.authority.issue("other.example.com", {
        from: new Date(now - day),
        to: new Date(now + 90 * day),
      });
      await of.balance({ certificate: other });
      return () => of.balance();
    },
    found: ["certificate-443", "certificate-5443", "panel-login", "cluster-mode", "nodes", "balance"],
    said: /other\.example\.com/,
  },
  {
    name: "a node without a heartbeat",
    inject: async ({ state }) => {
      state.heartbeats.set(nodes.edge[0], 140);
      return () => void state.heartbeats.set(nodes.edge[0], 2);
    },
    found: ["nodes"],
    said: /127\.9\.3\.1: last heartbeat 1[34]\d s ago/,
  },
  {
    name: "fewer nodes than the groups have",
    inject: async ({ state }) => {
      state.heartbeats.delete(nodes.edge[1]);
      return () => void state.heartbeats.set(nodes.edge[1], 2);
    },
    found: ["nodes"],
    said: /^3 alive; the groups have 4 to 8$/,
  },
  {
    name: "a standalone node",
    inject: async ({ state }) => {
      state.standalone.add(nodes.origin[1]);
      return () => void state.standalone.delete(nodes.origin[1]);
    },
    found: ["cluster-mode"],
    said: /standalone/,
  },
  {
    name: "one origin that takes everything",
    inject: async ({ state }) => {
      const streams = Array.from({ length: 8 }, (_, index) => `s${index}`);
      for (const stream of streams) state.streams.set(stream, nodes.origin[0]);
      return () => streams.forEach((stream) => void state.streams.delete(stream));
    },
    found: ["balance"],
    said: /100 % of 8 streams are at 127\.9\.2\.1/,
  },
  {
    name: "a database that anybody reaches",
    inject: () => open(27017),
    found: ["database-closed"],
    said: /127\.9\.1\.1:27017/,
  },
  {
    name: "an inner port that anybody reaches",
    inject: () => open(5000),
    found: ["ports-closed"],
    said: /127\.9\.1\.1:5000/,
  },
  {
    name: "a panel that strangers get",
    inject: balancer((text) => text.replaceAll(/^.*set-var\(txn\.to\) str\(deny\).*\n/gm, "")),
    found: ["panel-closed"],
    said: /443\/.*: HTTP 200/,
    from: stranger,
  },
  {
    name: "REST that asks for no login",
    inject: async ({ state }) => {
      state.restIsOpen = true;
      return () => {
        state.restIsOpen = false;
      };
    },
    found: ["rest-login"],
    said: /HTTP 200 without a login/,
  },
  {
    name: "a panel without an administrator",
    inject: async ({ state }) => {
      state.hasAdministrator = false;
      return () => {
        state.hasAdministrator = true;
      };
    },
    found: ["rest-login"],
    said: /first visitor/,
  },
  {
    name: "a password that AMS does not take",
    inject: async () => () => undefined,
    found: ["panel-login"],
    said: /does not take the password of JamesBond/,
    flight: { login: { kind: "password", password: "wrong" } },
  },
  {
    name: "a statistics page without a password",
    inject: within("statistics", /.*http-request auth.*\n/, ""),
    found: ["stats"],
    said: /HTTP 200 without a password/,
  },
  {
    name: "a CNAME that leads elsewhere",
    inject: async ({ dns }) => {
      dns.aliases.set(domain, "old.balancer.example.net");
      dns.addresses.set("old.balancer.example.net", balancerAddress);
      return () => void dns.aliases.set(domain, "front.balancer.example.net");
    },
    found: ["names"],
    said: /is no CNAME of front\.balancer\.example\.net \(old/,
  },
  {
    name: "RTMP that no origin answers",
    inject: balancer((text) =>
      text.replace(/(\nbackend rtmp\n(?: {4}.*\n)*)/, (part) => part.replaceAll("127.9.2.", "127.9.4.")),
    ),
    found: ["rtmp"],
    said: /1935/,
  },
  {
    name: "edges that do not get streams from origins",
    inject: async ({ state }) => {
      state.edgesReachOrigins = false;
      return () => {
        state.edgesReachOrigins = true;
      };
    },
    found: ["hls-5443", "hls-443", "hls-target-443"],
    said: /HTTP 404/,
    flight: { publish: true, streamSeconds: 6 },
  },
];

/** A port on the balancer's address that answers. */
async function open(port: number): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(port, balancerAddress, resolve));
  return () => new Promise((resolve) => server.close(() => resolve()));
}
