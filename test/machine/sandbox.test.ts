import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Cluster } from "../../config/types.ts";
import type { MachineRole } from "../../machine/index.ts";
import { sandboxed } from "../../machine/user-data/sandbox.ts";
import { cluster } from "../support/cluster.ts";
import { filesOf, put, remove, run } from "./rig.ts";

/** systemd's own measure goes from 0 to 10; its option has it without the point. */
const mostExposure = 5;

/** Units that may be more exposed, and why. */
const exceptions: Readonly<Record<string, string>> = {};

const kinds: readonly (readonly [name: string, role: MachineRole, of: Parameters<typeof cluster>[0]])[] = [
  ["origin", "origin", {}],
  ["edge", "edge", {}],
  ["database", "database", {}],
  ["haproxy", "proxy", { balancer: { kind: "haproxy" } }],
  ["nginx", "proxy", { balancer: { kind: "nginx" } }],
  ["origin with a setup script", "origin", { machines: { setup: "test/honoured/files/setup.sh" } }],
  ["that forwards its log", "edge", { logs: { forward: { protocol: "otlp", host: "logs.example.com" } } }],
  ["scraped", "edge", { monitoring: { scrapeCidrs: ["10.20.0.0/24"] } }],
  ["turn", "turn", { turn: {}, domain: { name: "live.example.com", zone: "example.com" } }],
];

/** Services by name; drop-ins belong to the vendors' units. */
function servicesOf(role: MachineRole, of: Cluster): ReadonlyMap<string, string> {
  const units = [...filesOf(role, of)].filter(([path]) => /^\/etc\/systemd\/system\/[^/]+\.service$/.test(path));
  return new Map(units.map(([path, text]) => [basename(path), text]));
}

/** What systemd says of a unit, without a machine that runs it. */
function analyze(name: string, text: string, more: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), "ams-sandbox-"));
  put(join(folder, name), text);
  const options = ["security", "--offline=true", `--threshold=${mostExposure * 10}`, ...more];
  const done = run("systemd-analyze", [...options, join(folder, name)]);
  remove(folder);
  const exposure = /Overall exposure level for \S+: ([\d.]+)/.exec(done.out)?.[1];
  return { ...done, exposure: Number(exposure) };
}

describe("the sandbox of the machines' units", () => {
  for (const cloud of ["aws", "alibaba"] as const) {
    for (const [kind, role, options] of kinds) {
      const services = servicesOf(role, cluster({ cloud, ...options }));
      it(`is around more than the bootstrap of ${kind} on ${cloud}`, () => assert.ok(services.size >= 2));
      for (const [name, text] of services) {
        it(`leaves ${name} of ${kind} on ${cloud} an exposure of at most ${mostExposure}, or its reason`, () => {
          const { status, exposure, all } = analyze(name, text);
          assert.ok(exposure > 0, all);
          assert.equal(status === 0, exposure <= mostExposure, all);
          // Nor a reason that is over.
          assert.equal(exposure > mostExposure, name in exceptions, all);
        });
      }
    }
  }

  it("is what makes the difference", () => {
    const [name, text] = [...servicesOf("origin", cluster())].find(([unit]) => unit === "ams-media.service") ?? [];
    assert.ok(name !== undefined && text !== undefined);
    const bare = text.replace(
      /^(Capability|Lock|NoNew|Private|Protect|ReadWrite|Restrict(?!Sec)|SystemCall).*\n/gm,
      "",
    );
    const { status, exposure, all } = analyze(name, bare);
    assert.equal(status === 0, false, all);
    assert.ok(exposure > 9, all);
  });

  it("has no unit without a row of its own", () => {
    assert.throws(() => sandboxed("ams-new.service", "[Service]\n"), /sandbox\.ts has no row for ams-new\.service/);
    assert.equal(sandboxed("ams-new.timer", "[Timer]\n"), "[Timer]\n");
  });
});
