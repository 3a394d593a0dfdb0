import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { startGroup } from "./group.ts";
import { viewer } from "./neighbour.ts";
import { hurriedDrain } from "./pauses.ts";
import { furnish, watch } from "./published.ts";
import { hurry, library, put, until } from "./rig.ts";
import { closeAll, type Node, node, type Site, site } from "./site.ts";
import { isMember, isOpen } from "./states.ts";

/**
 * Runs a program and ends it without a word at the first call of one of our functions, of all files or of those named: of
 * each in turn, in one process for each. Prints the names of all that it has ended at. A program that waits has come to its end.
 */
const killer = `
import json, os, runpy, signal, sys
library, program, files, *words = sys.argv[1:]
sys.argv = [program, *words]
sys.path.insert(0, library)
seen = []
import time
real = time.sleep
def pause(seconds):
    if sys._getframe(1).f_code.co_filename.startswith(library):
        os._exit(0)
    real(seconds)
while True:
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        sys.stdout = sys.stderr = open(os.devnull, "w")
        def profile(frame, event, _):
            code = frame.f_code
            if event == "call" and code.co_filename.startswith(library) and not code.co_name.startswith("<"):
                file = os.path.basename(code.co_filename)
                at = file + ":" + code.co_name
                if at not in seen and (not files or file in files.split()):
                    os.write(into, at.encode())
                    os.kill(os.getpid(), signal.SIGKILL)
        time.sleep = pause
        sys.setprofile(profile)
        try:
            runpy.run_path(program, run_name="__main__")
        finally:
            os._exit(0)
    os.close(into)
    with os.fdopen(out) as pipe:
        at = pipe.read()
    os.waitpid(child, 0)
    if not at:
        break
    seen.append(at)
print(json.dumps(seen))
`;

/** The cloud that it asks is in this process, which must not wait for it. */
async function killEverywhere(
  one: Node,
  program: string,
  { words = [], files = [] }: { readonly words?: readonly string[]; readonly files?: readonly string[] } = {},
): Promise<readonly string[]> {
  const folder = library(one.root);
  const child = spawn("python3", ["-c", killer, folder, `${folder}/${program}.py`, files.join(" "), ...words], {
    env: { ...process.env, ...one.env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.on("data", (part: Buffer) => (out += part.toString()));
  await new Promise((resolve) => child.once("close", resolve));
  return JSON.parse(out);
}

/** A member with a viewer, whose AMS has written its files anew. */
async function serving(at: Site) {
  await at.databaseUp();
  const group = startGroup("aws", at.cloud);
  watch(at.cloud);
  const one = await node(at);
  furnish(one, 1);
  const service = one.start();
  await until("a member", isMember(one), service.log);
  await service.stop();
  assert.match(readFileSync(`${one.ams}/webapps/live/WEB-INF/red5-web.properties`, "utf8"), /mongodb\\:\/\//);
  return { one, group, watches: await viewer(one), before: one.events().length };
}

describe("our own programs", () => {
  afterEach(closeAll);

  for (const [program, steps] of [
    ["media", ["media.py:stay", "media.py:secret", "media.py:hold", "service.py:start", "watching.py:watch"]],
    ["drain", ["drain.py:turn", "drain.py:notice", "drain.py:welcome", "drain.py:sick"]],
    ["metrics", ["figures.py:clients", "figures.py:member", "figures.py:cluster", "metrics.py:publish"]],
  ] as const) {
    it(`do not interrupt streams when they are killed in each of their functions in turn: ${program}`, async () => {
      const { one, watches, before } = await serving(await site());
      const ends = await killEverywhere(one, program);
      assert.ok(!watches.isCut());
      assert.deepEqual(one.events().slice(before), [], "neither AMS nor the gate was touched");
      for (const step of steps) assert.ok(ends.includes(step), `${step} in ${ends.join(" ")}`);
      const again = one.start();
      await until("a watch", () => /step=watch state=member/.test(again.log()), again.log);
      assert.ok(isOpen(one) && !watches.isCut());
    });
  }

  it("complete a drain without interrupting streams, even if the agent is killed in each of its functions in turn", async () => {
    const { one, group, watches, before } = await serving(await site());
    const pauses = { ...hurriedDrain, gateSeconds: 0, quietChecks: 1, maxSeconds: 600 };
    hurry(one.root, { drain: pauses });
    const own = ["drain.py", "gate.py", "service.py", "sessions.py"];
    group.letGo();
    const ends = await killEverywhere(one, "drain", { files: own });
    for (const step of ["drain.py:begin", "drain.py:save", "drain.py:stay", "gate.py:turn", "drain.py:over"]) {
      assert.ok(ends.includes(step), `${step} in ${ends.join(" ")}`);
    }
    assert.ok(!watches.isCut());
    assert.deepEqual(new Set(one.events().slice(before)), new Set(["gate draining"]));

    watches.leave();
    put(`${one.ams}/clients.json`, "{}");
    group.awaits("drain");
    const last = await killEverywhere(one, "drain", { files: own });
    for (const step of ["drain.py:leave", "drain.py:shut_down", "service.py:stop"]) {
      assert.ok(last.includes(step), `${step} in ${last.join(" ")}`);
    }
    const again = one.agent("drain");
    await until("a completed hook", () => group.told.includes("complete drain CONTINUE"), again.log);
    assert.deepEqual(
      group.told.filter((line) => line.startsWith("complete drain")),
      ["complete drain CONTINUE"],
    );
    assert.ok(one.events().includes("systemctl stop antmedia"));
  });

  it("neither interrupt streams nor open the gate if the gate program is killed in each of its functions in turn", async () => {
    const { one, watches, before } = await serving(await site());
    const ends = await killEverywhere(one, "gate", { words: ["init"] });
    for (const step of ["gate.py:init", "gate.py:form"]) assert.ok(ends.includes(step), ends.join(" "));
    assert.ok(!watches.isCut() && isOpen(one));
    assert.deepEqual(one.events().slice(before), []);

    one.systemctl("stop");
    const sealing = await killEverywhere(one, "gate", { words: ["seal"] });
    for (const step of ["gate.py:seal", "gate.py:turn", "gate.py:rules"]) assert.ok(sealing.includes(step));
    assert.ok(!isOpen(one));
    assert.deepEqual(new Set(one.events().slice(before + 1)), new Set(["gate sealed"]));
    const service = one.start();
    await until("a member again", isMember(one), service.log);
  });
});
