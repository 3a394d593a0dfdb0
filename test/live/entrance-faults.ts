import { loopback } from "../support/loopback.ts";
import { startAuthority } from "./authority.ts";
import { balancer, type Fault, within } from "./fault.ts";
import { domain } from "./site.ts";

const day = 86_400_000;

/** The checks of each port's certificate. */
const certificates = ["certificate-443", "certificate-5443", "certificate-8443"];

/** Faults of listeners, rules and certificates. */
export const entranceFaults: readonly Fault[] = [
  {
    name: "a listener that is not there",
    inject: balancer((text) => text.replace(/^ *bind \S+:5443 ssl .*\n/m, "")),
    found: ["listener-5443"],
    likely: "closedListener",
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
    likely: "noHealthyNode",
    said: /503/,
  },
  {
    name: "a play port that the origins answer",
    inject: within("https-5443", /str\(edge\)/g, "str(origin)"),
    found: ["group-play-5443"],
    likely: "wrongGroup",
    said: /also serves publishers/,
  },
  {
    name: "HLS on the publish port that the origins answer",
    inject: within("https-443", /(set-var\(txn\.to\)) str\(edge\)(?=.*streams)/, "$1 str(origin)"),
    found: ["group-hls-443"],
    likely: "wrongGroup",
    said: /also serves publishers/,
  },
  {
    name: "target=edge that the origins answer",
    inject: within("https-443", /(set-var\(txn\.to\)) str\(edge\)(?=.*urlp)/, "$1 str(origin)"),
    found: ["group-target-443"],
    likely: "wrongGroup",
    said: /also serves publishers/,
  },
  {
    name: "a plain port that does not redirect",
    inject: within("http-80", /http-request redirect.*/, "http-request return status 200"),
    found: ["redirect-80"],
    likely: "redirect",
    said: /HTTP 200 instead of a redirect to https:\/\/live\.example\.com\/live/,
  },
  {
    name: "a redirect to the wrong port",
    inject: within("http-5080", ":5443", ":4443"),
    found: ["redirect-5080"],
    likely: "redirect",
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
    found: certificates,
    likely: "certificateTime",
    said: /expired/,
  },
  {
    name: "a certificate that ends soon",
    inject: async () => () => undefined,
    found: certificates,
    likely: "certificateTime",
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
    found: certificates,
    likely: "certificateName",
    said: /other\.example\.com/,
  },
  {
    name: "a certificate of an authority that nobody trusts",
    inject: async (of) => {
      const other = startAuthority();
      const now = Date.now();
      const certificate = other.issue(domain, { from: new Date(now - day), to: new Date(now + 90 * day) });
      other.close();
      await of.balance({ certificate });
      return () => of.balance();
    },
    // No password goes that way, so nothing that needs a login fails beside it.
    found: certificates,
    likely: "certificateChain",
    said: /^the certificate is not trusted: /,
  },
  {
    name: "RTMPS that no origin answers",
    inject: balancer((text) =>
      text.replace(/(\nbackend rtmps\n(?: {4}.*\n)*)/, (part) => part.replaceAll(`${loopback}.2.`, `${loopback}.4.`)),
    ),
    found: ["rtmps"],
    likely: "rtmps",
    said: /127\.\d+\.1\.1:8443: connection closed after 0 of 3073 handshake bytes/,
  },
  {
    name: "an RTMPS port that speaks RTMP without TLS",
    inject: balancer((text) => text.replace(/^( *bind \S+:8443) ssl .*/m, "$1")),
    found: ["rtmps"],
    likely: "rtmps",
    said: /:8443: /,
  },
  {
    name: "a play port that opens no WebSocket",
    inject: within(
      "https-5443",
      /( *)use_backend/,
      "$1http-request deny deny_status 404 if { path_end /websocket }\n$&",
    ),
    found: ["websocket-play"],
    likely: "websocket",
    said: /^HTTP 404 instead of 101$/,
  },
];
