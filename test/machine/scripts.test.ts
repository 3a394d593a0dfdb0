import assert from "node:assert/strict";
import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { drillMinutes, drillUserData, type MachineRole, unpackUserData } from "../../machine/index.ts";
import { cluster } from "../support/cluster.ts";
import { root } from "../support/contract.ts";
import { filesOf, put, remove, run, standIn, unpack } from "./rig.ts";

const folder = new URL("../../machine/agent/", import.meta.url).pathname;
const named = (pattern: RegExp): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => pattern.test(name));

describe("the machines' programs", () => {
  for (const path of [
    ...named(/\.sh$/).map((name) => folder + name),
    ...["systemctl", "systemd-run", "nft", "change_server_mode.sh", "neighbours.sh"].map((name) => standIn + name),
  ]) {
    it(`pass shellcheck: ${path.slice(path.lastIndexOf("/") + 1)}`, () => {
      const done = run("shellcheck", ["--severity=style", path]);
      assert.equal(done.status, 0, done.all);
    });
  }

  for (const name of named(/\.py$/)) {
    it(`compile without a warning, on the oldest Python that an image has: ${name}`, () => {
      const program = `
import ast, sys
text = open(sys.argv[1]).read()
compile(text, sys.argv[1], "exec")
ast.parse(text, feature_version=(3, 6))
`;
      const done = run("python3", ["-W", "error", "-c", program, folder + name]);
      assert.equal(done.status, 0, done.all);
    });
  }

  for (const name of named(/\.js$/)) {
    it(`are read by the shell that runs them: ${name}`, () => {
      assert.equal(run("node", ["--check", folder + name]).status, 0);
    });
  }

  it("all go to some machine", () => {
    const domain = { name: "live.example.com", zone: "example.com", dns: "managed", names: ["*.example.com"] };
    const issued = { certificate: { source: "issued" }, domain };
    const proxies = (["haproxy", "nginx"] as const).map((kind) =>
      filesOf("proxy", cluster({ balancer: { kind }, ...issued })),
    );
    const others = (["origin", "database"] as const).flatMap((role) =>
      (["aws", "alibaba"] as const).map((cloud) => filesOf(role, cluster({ cloud }))),
    );
    const turn = filesOf("turn", cluster({ turn: {}, domain }));
    const script = { path: "setup.sh", text: "#!/bin/sh\n", minutes: 1 };
    const setup = filesOf("origin", { ...cluster(), setup: script });
    const scraped = filesOf("edge", cluster({ monitoring: { scrapeCidrs: ["10.20.0.0/24"] } }));
    const forwarded = (["syslog", "otlp"] as const).map((protocol) =>
      filesOf("edge", cluster({ logs: { forward: { protocol, host: "logs.example.com" } } })),
    );
    const sent = [...others, ...proxies, turn, setup, scraped, ...forwarded];
    // All of it stands in its user data.
    const drill = unpackUserData(drillUserData(cluster({ database: { restoreDrill: {} } })));
    const ofDrill = [...drill.matchAll(/^- path: (\S+)$/gm)].map(([, path = ""]) => path);
    const paths = [...sent.flatMap((files) => [...files.keys()]), ...ofDrill];
    const names = paths.map((path) => path.split("/").at(-1));
    assert.ok(new Set(names).size > 10);
    for (const name of named(/\.(py|sh|js|service|timer|socket)$/)) assert.ok(names.includes(basename(name)), name);
  });

  it("ends a drill's machine when the command and the documentation say", () => {
    const drill = unpackUserData(drillUserData(cluster({ database: { restoreDrill: {} } })));
    assert.match(drill, new RegExp(`^ *OnBootSec=${drillMinutes}min$`, "m"));
    const page = readFileSync(join(root, "docs/machines.md"), "utf8");
    assert.ok(page.includes(`no later than ${drillMinutes} minutes after it boots`));
  });
});

const unitsOf: Readonly<Record<"origin" | "database", readonly string[]>> = {
  origin: [
    ...["ams-media.service", "ams-agent@drain.service", "ams-agent@metrics.service"],
    ...["ams-agent@applications.service", "ams-exporter.service", "antmedia.service"],
    ...["ams-forward.socket", "ams-forward.service"],
  ],
  database: [
    ...["ams-database.service", "ams-database.timer", "ams-agent@metrics.service", "ams-exporter.service"],
    ...["ams-forward.socket", "ams-forward.service", "mongod.service"],
  ],
};

/** The units that come with the vendors' packages, as far as our drop-ins meet them. */
const vendorUnit =
  "[Unit]\nDescription=vendor\n[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n";

for (const role of ["origin", "database"] as const satisfies readonly MachineRole[]) {
  it(`contain only units that systemd accepts: ${role}`, () => {
    const logs = { forward: { protocol: "syslog", host: "logs.example.com" } };
    const root = unpack(role, cluster({ monitoring: { scrapeCidrs: ["10.20.0.0/24"] }, logs }));
    const units = `${root}/etc/systemd/system`;
    for (const name of unitsOf[role]) {
      if (name.includes("@")) copyFileSync(`${units}/${name.replace(/@.*\./, "@.")}`, `${units}/${name}`);
      else if (!existsSync(`${units}/${name}`)) put(`${units}/${name}`, vendorUnit);
    }
    // verify looks for programs where it runs.
    const env = { SYSTEMD_UNIT_PATH: `${units}:/usr/lib/systemd/system` };
    const done = run(
      "systemd-analyze",
      ["verify", "--man=no", ...unitsOf[role].map((name) => `${units}/${name}`)],
      env,
    );
    remove(root);
    assert.equal(done.status, 0, done.all);
    assert.equal(done.all.trim(), "");
  });
}
