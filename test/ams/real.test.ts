import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { layOut } from "../machine/installation.ts";
import { put, remove, standIn, tool } from "../machine/rig.ts";
import { table } from "./real/table.ts";

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Listens where it is told, as a mongod does; the stand-in keeps its data in a file. */
const mongod = `#!/usr/bin/env python3
import socket, sys
server = socket.create_server(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])))
while True:
    server.accept()[0].close()
`;

describe("npm run test:ams", () => {
  // Not below /tmp, which is another one for the server.
  const root = mkdtempSync("/var/tmp/ams-real-test-");
  after(() => remove(root));

  /** An installation of the stand-in, whose server is its source after an edit. */
  function installation(name: string, edit: (source: string) => string): string {
    const [home, source] = [`${root}/${name}/home`, `${root}/${name}/source`];
    layOut(home);
    cpSync(standIn, source, { recursive: true });
    const files = ["ams.py", "ams_settings.py"].map((file) => `${source}/${file}`);
    const before = files.map((file) => readFileSync(file, "utf8"));
    const after = before.map(edit);
    assert.notDeepEqual(after, before, "nothing was edited");
    for (const [place, file] of files.entries()) writeFileSync(file, after[place] ?? "");
    writeFileSync(`${home}/antmedia.service`, `[Service]\nExecStart=/usr/bin/env python3 ${source}/ams.py\n`);
    return home;
  }

  const textOf = (folder: string): string =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}\n${readFileSync(`${parentPath}/${name}`, "latin1")}`)
      .sort()
      .join("\n");

  async function run(...words: readonly string[]): Promise<{ readonly code: number | null; readonly out: string }> {
    const env = { ...process.env, PATH: `${root}/bin:${process.env["PATH"]}` };
    const child = spawn(process.execPath, ["--import", "tsx", file("real/run.ts"), ...words], { env });
    let out = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (out += part.toString()));
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { code, out };
  }
  const differing = (out: string): readonly string[] => out.split("\n").filter((line) => line.includes("DIFFERS"));

  it("says what it needs without an installation, and what a directory lacks", async () => {
    const nothing = await run();
    assert.equal(nothing.code, 2);
    assert.match(nothing.out, /which installation\?[\s\S]+It needs root, unshare, [\s\S]+mongod on the PATH/);
    put(`${root}/half/antmedia.service`, "");
    const half = await run("--home", `${root}/half`);
    assert.equal(half.code, 2);
    assert.match(
      half.out,
      /it has no change_server_mode\.sh, no conf\/red5\.properties, no conf\/jee-container\.xml, no webapps/,
    );
  });

  it("drives a server in both modes on a copy, and touches nothing else", async () => {
    tool(root, "mongod", mongod);
    put(`${root}/storage/old`, "");
    // What a server might do to its own installation, to storage that a link leads to, and to what this machine serves.
    let visits = 0;
    const world = createServer(() => (visits += 1));
    await new Promise<void>((resolve) => world.listen(0, "127.0.0.1", resolve));
    const { port } = world.address() as AddressInfo;
    const home = installation("whole", (source) =>
      source.replace(
        "applications = ams_apps.start()",
        `import socket
for place in (AMS + "/storage/new", "${root}/whole/home/new"):
    try:
        open(place, "w")
    except OSError as error:
        print(error, flush=True)
try:
    socket.create_connection(("127.0.0.1", ${port}), 5)
except OSError as error:
    print(error, flush=True)
applications = ams_apps.start()`,
      ),
    );
    symlinkSync(`${root}/storage`, `${home}/storage`);
    const before = textOf(`${root}/whole`) + textOf(`${root}/storage`);
    const { code, out } = await run("--home", home, "--minutes", "3");
    await new Promise((resolve) => world.close(resolve));
    assert.deepEqual(differing(out), []);
    assert.equal(visits, 0);
    assert.equal(code, 0, out);
    assert.match(out, /^standalone\n {2}ok {7}our programs make it a member/m);
    assert.match(out, /^cluster\n {2}ok {7}our programs make it a member/m);
    assert.equal(out.match(/^ {2}ok {7}our programs bring its applications to a document/gm)?.length, 2);
    assert.equal(out.match(/^ {2}ok {7}absent keys: they have their defaults/gm)?.length, 2);
    assert.equal(textOf(`${root}/whole`) + textOf(`${root}/storage`), before);
    assert.deepEqual(out.split("not asked\n")[1]?.match(/^ {2}.*?:/gm), [
      "  `originAdress` of a broadcast (AMS's spelling):",
      "  `status` of a broadcast:",
      "  `type` of a broadcast:",
      "  `conf/instanceId`:",
      "  `Not enough resource.`:",
    ]);
  });

  it("names each difference in status, form and file, and what an edition without a cluster left out", async () => {
    const home = installation("other", (source) =>
      source
        .replace('"Enterprise Edition"', '"Community Edition"')
        .replace('"errorId": error', '"errorId": str(error)')
        .replace('self.refuse(403, "Invalid Server JWT Token"', 'self.refuse(401, "Invalid Server JWT Token"')
        .replace("/log/ant-media-server.log", "/log/other.log")
        .replace('"hlsListSize", 5, "5"', '"hlsListSize", 5, "6"')
        .replace('"ingestingStreamLimit": -1', '"ingestingStreamLimit": 0'),
    );
    const { code, out } = await run("--home", home, "--minutes", "3");
    assert.equal(code, 1, out);
    const told = differing(out).join("\n");
    assert.match(told, /first-login-status, asked by anybody: the answer\.errorId is string, the stand-in has number/);
    assert.match(told, /system-resources, asked by stranger: status 401, the stand-in has 403/);
    assert.match(told, /log\/ant-media-server\.log: it is absent/);
    assert.match(told, /a playlist of less than five: its length: "6", the stand-in has "5"/);
    assert.match(told, /absent keys: they have their defaults: \[true,0,.*the stand-in has \[true,-1/);
    assert.doesNotMatch(told, /liveness|shutdown-properly|a whole with some keys/);
    assert.match(
      out,
      /`DELETE \/rest\/v2\/cluster\/node\/\{id\}`: this edition has no cluster \(3\.0\.3 Community Edition/,
    );
    assert.doesNotMatch(out, /^cluster$/m);
  });

  it("asks for what docs/machines.md says that the programs rely on", () => {
    const text = readFileSync(new URL("../../docs/machines.md", import.meta.url), "utf8");
    assert.ok(text.includes(`\n\n${table()}\n`), table());
  });
});
