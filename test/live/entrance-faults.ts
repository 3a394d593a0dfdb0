import { loopback } from "../support/loopback.ts";
import { balancer, type Fault, within } from "./fault.ts";
import { domain } from "./site.ts";

const day = 86_400_000;

/** Faults of listeners, rules and certificates. */
export const entranceFaults: readonly Fault[] = [
  {
    name: "a listener that is not there",
    inject: balancer((text) => text.replace(/frontend https-5443\n(?: {4}.*\n)*/, "")),
    found: ["listener-5443"],
    said: /127\.\d+\.1\.1:5443: .*ECONNREFUSED/,
  },
  {
    name: "a group without healthy nodes",
    inject: balancer((text) =>
      text.replace(/(\nbackend edge\n(?: {4}.*\n)*)/, (part) => part.replaceAll(`${loopback}.3.`, `${loopback}.4.`)),
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
    found: ["certificate-443", "certificate-5443"],
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
    found: ["certificate-443", "certificate-5443"],
    said: /other\.example\.com/,
  },
];
