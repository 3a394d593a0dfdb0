import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { parse } from "../../config/parse.ts";
import type { RawConfig } from "../../config/raw.ts";
import type { Cloud, Cluster, ProxyBalancer } from "../../config/types.ts";
import { haproxyConfig } from "../../machine/configuration/haproxy.ts";
import { nginxConfig, nginxRoutes } from "../../machine/configuration/nginx.ts";
import { maxConnections } from "../../machine/configuration/proxy-limits.ts";
import { pathRegex, servedNames } from "../../machine/configuration/proxy-rules.ts";
import { maxUserDataBytes, packedUserData } from "../../machine/index.ts";
import { proxyOf } from "../../model/traffic/balancer.ts";
import { targets } from "../../model/traffic/targets.ts";
import { filesOf, put, remove, run } from "../machine/rig.ts";
import { samples } from "../support/clusters.ts";
import { selfSigned } from "../support/self-signed.ts";
import { behind, kinds } from "./rig.ts";

const { pem, key } = selfSigned();

/** A random cluster, with a proxy in front of it. */
function proxied(raw: RawConfig, kind: ProxyBalancer["kind"], issued: boolean): Cluster {
  const { values, secrets } = raw;
  const known = Object(values["certificate"]) as { readonly source: string };
  const certificate = known.source === "existing" || issued ? { source: "issued" } : known;
  // Let's Encrypt asks from the internet.
  const open = certificate.source === "issued" ? { scheme: "internet" } : {};
  const { ipv6: _ofManaged, ...usual } = Object(values["balancer"]);
  const balancer = { ...usual, kind, srt: kind === "nginx", ...open };
  const domain = { name: "live.example.com", zone: "example.com" };
  const { certificateKey, ...rest } = secrets;
  const given = certificate.source === "uploaded" && certificateKey !== undefined ? { certificateKey } : {};
  const all = { domain, ...values, balancer, certificate };
  const { cluster, faults } = parse({ ...raw, values: all, secrets: { ...rest, ...given } });
  if (cluster === undefined) throw new Error(JSON.stringify(faults));
  return cluster;
}

const balancerOf = (cluster: Cluster): ProxyBalancer => {
  const balancer = proxyOf(cluster);
  if (balancer === undefined) throw new Error("no proxy");
  return balancer;
};

/** As the machine has it before it knows a node. */
function nginxFiles(root: string, cluster: Cluster): void {
  const groups = (protocols: readonly string[]): string =>
    targets(cluster)
      .filter(({ protocol }) => protocols.includes(protocol))
      .map(({ name }) => `upstream ${name} { zone ${name} 64k; least_conn; server 127.0.0.1:9 down; }\n`)
      .join("");
  const acme = cluster.certificate.source === "issued" ? "upstream acme { server 127.0.0.1:8402; }\n" : "";
  put(`${root}/ams-http.conf`, groups(["http"]) + acme);
  put(`${root}/ams-stream.conf`, groups(["tcp", "udp"]));
  for (const name of ["ams-panel.conf", "ams-cookies.conf", "ams-password", "ams-cdn.conf"]) put(`${root}/${name}`, "");
  put(`${root}/ams-routes.conf`, nginxRoutes());
}

describe("the proxies' configuration", () => {
  const root = mkdtempSync(join(tmpdir(), "ams-proxies-"));
  before(() => writeFileSync(`${root}/tls.pem`, pem + key));
  after(() => remove(root));
  const local = (text: string): string =>
    text.replaceAll("/etc/ams-cluster/", `${root}/`).replaceAll("/var/", `${root}/`).replaceAll("/run/", `${root}/`);

  const check = (cluster: Cluster): void => {
    const balancer = balancerOf(cluster);
    const path = `${root}/${balancer.kind}.conf`;
    if (balancer.kind === "haproxy") {
      for (const name of ["sessions.map", "cdn-keys"]) put(`${root}/${name}`, "");
      put(path, local(haproxyConfig(cluster, balancer)));
      const done = run("haproxy", ["-c", "-f", path]);
      assert.equal(done.status, 0, done.all);
      assert.doesNotMatch(done.all, /WARNING/);
    } else {
      for (const folder of ["lib/nginx", "log/nginx"]) mkdirSync(`${root}/${folder}`, { recursive: true });
      nginxFiles(root, cluster);
      put(path, local(nginxConfig(cluster, balancer)));
      const done = run("nginx", ["-t", "-c", path]);
      assert.equal(done.status, 0, done.all);
      // A test may not open as many files as a machine.
      assert.doesNotMatch(done.all.replace(/.*exceed open file resource limit.*\n/g, ""), /warn/);
    }
  };

  for (const kind of kinds) {
    it(`of random clusters is what ${kind} takes`, () => {
      fc.assert(
        fc.property(samples, fc.boolean(), fc.constantFrom("aws", "alibaba"), (sample, issued, cloud) =>
          check(proxied(sample[cloud], kind, issued)),
        ),
        { numRuns: Number(process.env["FC_RUNS"] ?? 15) },
      );
    });

    it(`leaves room in the user data, with as many ranges as there may be: ${kind}`, () => {
      const adminCidrs = Array.from({ length: 60 }, (_, index) => `203.0.${100 + index}.128/25`);
      const largest = behind(kind, {
        access: { adminCidrs },
        certificate: { source: "issued" },
        name: "a-name-of-16-let",
      });
      for (const cloud of ["aws", "alibaba"] as const) {
        const bytes = Buffer.from(packedUserData({ ...largest, cloud }, "proxy"), "base64").length;
        assert.ok(bytes < 0.8 * maxUserDataBytes, `${bytes} bytes for ${cloud}`);
      }
    });

    it(`is in ASCII, holds no secret, and starts a unit that it brings: ${kind}`, () => {
      const files = filesOf("proxy", behind(kind, {}, { pem, key }));
      const all = [...files.values()].join("");
      assert.match(all, /^[\n\x20-\x7e]*$/);
      assert.ok(!all.includes("PRIVATE KEY"));
      assert.ok(files.has("/etc/systemd/system/ams-proxy.service"));
      assert.ok(files.has(`/etc/systemd/system/${kind}.service.d/ams-cluster.conf`));
    });

    it(`has units in which systemd finds no fault: ${kind}`, () => {
      const folder = mkdtempSync(join(tmpdir(), "ams-units-"));
      for (const [path, text] of filesOf("proxy", behind(kind))) put(folder + path, text);
      const units = `${folder}/etc/systemd/system`;
      copyFileSync(`/lib/systemd/system/${kind}.service`, `${units}/${kind}.service`);
      const names = [`${units}/ams-proxy.service`, `${units}/${kind}.service`];
      const env = { SYSTEMD_UNIT_PATH: `${units}:/usr/lib/systemd/system` };
      const done = run("systemd-analyze", ["verify", "--man=no", ...names], env);
      remove(folder);
      assert.equal(done.status, 0, done.all);
      assert.equal(done.all.trim(), "");
    });
  }

  it("limits connections by the machine's memory, and by the files that Linux opens", () => {
    assert.equal(maxConnections("compute-2"), 32_768);
    assert.equal(maxConnections("general-2"), 65_536);
    assert.equal(maxConnections("compute-32"), 500_000);
  });
});

describe("a pattern of the table as a regular expression", () => {
  /** JavaScript has no atomic groups: what a lookahead has found, it keeps too. */
  const inJavaScript = (text: string): RegExp => {
    let groups = 0;
    return new RegExp(text.replace(/\(\?>([^)]*)\)/g, (_, inner) => `(?=(${inner}))\\${++groups}`));
  };
  const matches = (pattern: string, path: string): boolean => inJavaScript(pathRegex(pattern)).test(path);
  it("matches what the clouds' balancers match", () => {
    for (const [pattern, yes, no] of [
      ["/", ["/"], ["/a", "/rest/"]],
      ["/rest/*", ["/rest/", "/rest/v2/x"], ["/rest", "/restless/", "/live/rest/v2"]],
      [
        "/*/streams/*.ts",
        ["/live/streams/streams/a.ts", "/live/streams/a.ts.ts"],
        ["/live/streams/a.ts/b", "/streams/a.ts"],
      ],
      [
        "/*/streams/*/ll-hls/*",
        ["/live/streams/a/b/ll-hls/", "/live/streams/ll-hls/ll-hls/a"],
        ["/live/streams/ll-hls/a"],
      ],
      ["/*/streams/*", ["/live/streams/a", "/a/b/streams/c/d"], ["/streams/a", "/live/streams", "/live/streamsx/a"]],
    ] as const) {
      for (const path of yes) assert.ok(matches(pattern, path), `${pattern} ${path}`);
      for (const path of no) assert.ok(!matches(pattern, path), `${pattern} ${path}`);
    }
  });
  it("takes time in proportion to the path, whatever a client repeats in it", () => {
    const path = `/live${"/streams/ll-hls".repeat(5000)}`;
    const begin = process.cpuUsage();
    for (const pattern of ["/*/streams/*.m3u8", "/*/streams/*/ll-hls/*.m3u8"]) assert.ok(!matches(pattern, path));
    const { user } = process.cpuUsage(begin);
    assert.ok(user < 200_000, `${user} microseconds`);
  });
  it("sees through the parameters that Tomcat drops", () => {
    for (const path of ["/;a/rest/x", "/rest;a=b/x", "/;a;b/;c/rest/"]) assert.ok(matches("/rest/*", path), path);
    for (const path of ["/;a", "/;a/", "/;a/;b"]) assert.ok(matches("/", path), path);
  });
});

describe("the names that a proxy without a domain serves", () => {
  const serves = (cloud: Cloud, region: string, name: string): boolean =>
    new RegExp(servedNames({ cloud, region })).test(name);

  it("are its own balancer's in the cloud's region, and addresses", () => {
    const names = {
      "203.0.113.7": [true, true, true],
      "live-1a2b.elb.eu-west-1.amazonaws.com": [true, false, false],
      "live-1a2b.elb.us-iso-east-1.c2s.ic.gov": [false, true, false],
      "nlb-1a2b.eu-central-1.nlb.aliyuncsslb1.com": [false, false, true],
      "live-1a2b.elb.us-east-1.amazonaws.com": [false, false, false],
      "live-1a2b.elb.eu-west-1.amazonaws.com.evil.example": [false, false, false],
      "live-1a2b.elb.eu-west-1.amazonaws-com": [false, false, false],
    };
    for (const [name, wanted] of Object.entries(names)) {
      const found = [
        serves("aws", "eu-west-1", name),
        serves("aws", "us-iso-east-1", name),
        serves("alibaba", "eu-central-1", name),
      ];
      assert.deepEqual(found, wanted, name);
    }
  });
});
