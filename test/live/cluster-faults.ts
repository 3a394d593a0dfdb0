import { loopback } from "../support/loopback.ts";
import { md5, type State } from "./ams.ts";
import { databaseAddress } from "./database.ts";
import { balancer, type Fault, open, within } from "./fault.ts";
import { nodeFaults } from "./node-faults.ts";
import { balancerAddress, domain, jwtKey, nodes, stranger } from "./site.ts";

/** Settings of one application, changed; gives what takes them back. */
function change({ applications }: State, name: string, settings: Readonly<Record<string, unknown>>): () => void {
  const before = applications.get(name) ?? {};
  applications.set(name, { ...before, ...settings });
  return () => void applications.set(name, before);
}

/** Faults of nodes, of what is closed, of names and of streams. */
export const clusterFaults: readonly Fault[] = [
  ...nodeFaults,
  {
    name: "a standalone node",
    inject: async ({ state }) => {
      state.standalone.add(nodes.origin[1]);
      return () => void state.standalone.delete(nodes.origin[1]);
    },
    found: ["cluster-mode"],
    // It has no list of nodes.
    maybe: ["nodes"],
    likely: "standalone",
    said: /standalone/,
  },
  {
    name: "one origin that takes everything",
    inject: async ({ store }) => {
      const streams = Array.from({ length: 8 }, (_, index) => `s${index}`);
      await store.begin(nodes.origin[0], ...streams);
      return () => store.end(...streams);
    },
    found: ["balance"],
    likely: "balance",
    said: /100 % of 8 streams are on 127\.\d+\.2\.1/,
  },
  {
    name: "a rendition that somebody changed in the panel",
    inject: async ({ state }) =>
      change(state, "live", { encoderSettings: [{ height: 1080, videoBitrate: 1, audioBitrate: 1 }] }),
    found: ["applications"],
    likely: "drift",
    said: /^live: encoderSettings is \[.*1080.* in AMS, but \[.*480.* in the stack file/,
  },
  {
    name: "an application that nobody named and that takes publishers",
    inject: async ({ state }) => change(state, "LiveApp", { ingestingStreamLimit: -1 }),
    found: ["applications"],
    likely: "drift",
    said: /^LiveApp: accepts publishers or viewers/,
  },
  {
    name: "an application that AMS lost",
    inject: async ({ state }) => {
      const settings = state.applications.get("live") ?? {};
      state.applications.delete("live");
      return () => void state.applications.set("live", settings);
    },
    found: ["applications"],
    likely: "drift",
    said: /^live: does not exist in AMS/,
  },
  {
    name: "a database that anybody reaches",
    inject: async ({ databaseUp }) => {
      await databaseUp(balancerAddress);
      return () => databaseUp();
    },
    found: ["database-closed"],
    likely: "databaseOpen",
    said: /^open: 127\.\d+\.1\.1:27017$/,
  },
  {
    name: "a database whose name leads to it from outside",
    inject: async ({ dns }) => {
      dns.addresses.set("db1.ams-test.internal", databaseAddress);
      return () => void dns.addresses.delete("db1.ams-test.internal");
    },
    found: ["database-closed"],
    likely: "databaseOpen",
    said: /^open: 127\.\d+\.5\.1:27017$/,
  },
  {
    name: "a database that is down",
    inject: async ({ databaseUp, databaseDown }) => {
      await databaseDown();
      return () => databaseUp();
    },
    found: ["rest-login", "panel-login"],
    likely: "databaseDown",
    said: /^first-login-status/,
  },
  {
    name: "a database that is down, to somebody with AMS's key",
    inject: async ({ databaseUp, databaseDown }) => {
      await databaseDown();
      return () => databaseUp();
    },
    found: ["rest-login", "nodes", "balance"],
    likely: "databaseDown",
    said: /^first-login-status/,
    flight: { login: { kind: "jwt", key: jwtKey } },
  },
  {
    name: "an inner port that anybody reaches",
    inject: () => open(5000),
    found: ["ports-closed"],
    likely: "portOpen",
    said: /127\.\d+\.1\.1:5000/,
  },
  {
    name: "a panel that strangers get",
    inject: balancer((text) => text.replaceAll(/^.*set-var\(txn\.to\) str\(deny\).*\n/gm, "")),
    found: ["panel-closed"],
    likely: "panelOpen",
    said: /443\/.*: HTTP 200/,
    from: stranger,
  },
  {
    name: "a stranger within the admin ranges",
    inject: async () => () => undefined,
    found: ["panel-closed"],
    likely: "panelOpen",
    said: /443\/rest\/v2\/liveness: HTTP 200/,
    flight: { stranger: true },
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
    likely: "restOpen",
    said: /HTTP 200 without a login/,
  },
  {
    name: "a panel without an administrator",
    inject: async ({ store, state }) => {
      await store.removeUser(state.user);
      return () => store.addUser({ email: state.user, password: md5(state.password) });
    },
    found: ["rest-login", "panel-login"],
    likely: "restOpen",
    said: /first visitor/,
  },
  {
    name: "a password that AMS does not take",
    inject: async () => () => undefined,
    found: ["panel-login"],
    likely: "login",
    said: /rejects the password of user JamesBond/,
    flight: { login: { kind: "password", password: "wrong" } },
  },
  {
    name: "a statistics page without a password",
    inject: within("statistics", /.*http-request auth.*\n/, ""),
    found: ["stats"],
    likely: "stats",
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
    likely: "names",
    said: /is not a CNAME for front\.balancer\.example\.net \(old/,
  },
  {
    name: "RTMP that no origin answers",
    inject: balancer((text) =>
      text.replace(/(\nbackend rtmp\n(?: {4}.*\n)*)/, (part) => part.replaceAll(`${loopback}.2.`, `${loopback}.4.`)),
    ),
    found: ["rtmp"],
    likely: "rtmp",
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
    likely: "edgeReachesOrigin",
    said: /HTTP 404/,
    flight: { publish: true, streamSeconds: 6 },
  },
  {
    name: "origins that take no stream",
    inject: async ({ state }) => {
      state.originsTakeStreams = false;
      return () => {
        state.originsTakeStreams = true;
      };
    },
    found: ["publish"],
    likely: "publish",
    said: /./,
    flight: { publish: true },
  },
];
