import assert from "node:assert/strict";
import { parse } from "../../../config/parse.ts";
import { haproxyConfig } from "../../../machine/configuration/haproxy.ts";
import { nginxConfig } from "../../../machine/configuration/nginx.ts";
import { servedNames } from "../../../machine/configuration/proxy-rules.ts";
import { proxyOf } from "../../../model/traffic/balancer.ts";
import { issuedNames } from "../../../model/traffic/issued.ts";
import { render as renderAlibaba } from "../../support/alibaba.ts";
import { render as renderAws } from "../../support/aws.ts";
import { cluster } from "../../support/cluster.ts";
import { assertOnlyFault, faultsOf } from "../../support/faults.ts";
import { raw } from "../../support/raw.ts";
import { selfSigned } from "../../support/self-signed.ts";

const names = ["video.example.com", "*.example.com", "*.live.example.com"];
const domain = { name: "live.example.com", zone: "example.com", names };
const issued = { source: "issued" };

describe("Further names of a domain", () => {
  it("are in ACM's certificate, each proved by one record, and have a record each", async () => {
    const { resources } = await renderAws({ domain, certificate: issued });
    const certificate = resources.find(({ type }) => type === "aws:acm/certificate:Certificate");
    assert.deepEqual(certificate?.inputs["subjectAlternativeNames"], names);
    const records = resources.filter(({ type }) => type === "aws:route53/record:Record").map(({ name }) => name);
    const own = records.filter((name) => !name.includes("database"));
    assert.deepEqual(own.sort(), [
      "ams-test-certificate-proof",
      // Of *.example.com; *.live.example.com has that of the domain itself.
      "ams-test-certificate-proof-example.com",
      "ams-test-certificate-proof-video.example.com",
      "ams-test-dns",
      "ams-test-dns-name-any.example.com",
      "ams-test-dns-name-any.live.example.com",
      "ams-test-dns-name-video.example.com",
      "ams-test-dns-rtmp",
    ]);
  });

  it("have a record each in Alibaba Cloud DNS", async () => {
    const { resources } = await renderAlibaba({ domain, certificate: { source: "none" } });
    const records = resources.filter(({ type }) => type === "alicloud:dns/alidnsRecord:AlidnsRecord");
    assert.deepEqual(records.map(({ inputs }) => inputs["rr"]).sort(), ["*", "*.live", "live", "rtmp.live", "video"]);
  });

  it("are served by proxies, one label for a wildcard, and redirected to themselves", () => {
    const of = (kind: string) => cluster({ domain, balancer: { kind }, certificate: { source: "none" } });
    const served = new RegExp(servedNames(of("nginx")));
    for (const name of ["live.example.com", "video.example.com", "a.example.com", "a.live.example.com."])
      assert.match(name, served);
    for (const name of [
      "example.com",
      "a.b.live.example.com",
      "live.example.org",
      "xlive-example.com",
      "example.com.evil",
    ])
      assert.doesNotMatch(name, served);
    const { pem, key } = selfSigned(90, ["live.example.com", ...names]);
    for (const [kind, make, line] of [
      ["haproxy", haproxyConfig, "https://%[req.hdr(host),host_only,lower]%[pathq]"],
      ["nginx", nginxConfig, "return 301 https://$host$request_uri;"],
    ] as const) {
      const config = raw(
        { domain, balancer: { kind }, certificate: { source: "uploaded", pem } },
        { secrets: { certificateKey: key } },
      );
      const { cluster: made, faults } = parse(config);
      assert.ok(made !== undefined, JSON.stringify(faults));
      const proxy = proxyOf(made);
      assert.ok(proxy !== undefined);
      assert.ok(make(made, proxy).includes(line), kind);
    }
  });

  const refused: readonly (readonly [what: string, config: object, expected: RegExp])[] = [
    ["outside of the zone", { ...domain, names: ["a.example.org"] }, /names\[0\]: .*a name in the zone example\.com/],
    [
      "that is the domain's",
      { ...domain, names: ["live.example.com"] },
      /names\[0\]: .*a name other than those that the stack adds/,
    ],
    [
      "that is the TURN servers'",
      { ...domain, names: ["turn.live.example.com"] },
      /names\[0\]: .*a name other than those that the stack adds/,
    ],
    ["twice", { ...domain, names: ["a.example.com", "a.example.com"] }, /names: .*each name only once/],
    ["with a wildcard within", { ...domain, names: ["a.*.example.com"] }, /names\[0\]: .*name or wildcard/],
  ];
  for (const [what, value, expected] of refused)
    it(`are refused ${what}`, () => {
      assertOnlyFault(faultsOf(raw({ domain: value })), new RegExp(`^ams:domain\\.${expected.source}`));
    });

  it("are refused as wildcards of proxies where these can't write single records, and taken elsewhere", () => {
    const ask = (own: readonly string[], more: object = {}, dns = "managed") =>
      faultsOf(
        raw({ domain: { ...domain, names: own, dns }, balancer: { kind: "haproxy" }, certificate: issued, ...more }),
      );
    assert.deepEqual(ask(["*.example.com"]), []);
    assertOnlyFault(
      ask(["*.example.com"], {}, "external"),
      /^ams:domain\.names\[0\]: .*Let's Encrypt validates wildcards through DNS, .*in a Route 53 hosted zone/,
    );
    assertOnlyFault(
      ask(["*.example.com"], { cloud: "alibaba" }),
      /^ams:domain\.names\[0\]: .*Let's Encrypt validates wildcards through DNS, and RAM cannot limit/,
    );
    for (const more of [{}, { cloud: "alibaba" }]) assert.deepEqual(ask(["video.example.com"], more, "external"), []);
  });

  it("are left out of the proxies' certificate where a wildcard covers them, the domain too", () => {
    const namesOf = (own: readonly string[]) =>
      issuedNames(cluster({ domain: { ...domain, names: own }, balancer: { kind: "nginx" }, certificate: issued }));
    assert.deepEqual(namesOf(["video.example.com"]), ["live.example.com", "video.example.com"]);
    assert.deepEqual(namesOf(["video.example.com", "*.example.com"]), ["*.example.com"]);
    assert.deepEqual(namesOf(["*.live.example.com"]), ["live.example.com", "*.live.example.com"]);
  });

  it("have to be in an uploaded certificate", () => {
    const uploaded = (own: readonly string[]) => {
      const { pem, key } = selfSigned(90, own);
      const certificate = { source: "uploaded", pem };
      return faultsOf(raw({ domain, certificate }, { secrets: { certificateKey: key } }));
    };
    assert.deepEqual(uploaded(["live.example.com", ...names]), []);
    assertOnlyFault(
      uploaded(["live.example.com", "*.example.com"]),
      /^ams:certificate\.pem: .*a certificate for \*\.live\.example\.com \(ams:domain\.name\)/,
    );
  });
});
