import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { startGroup } from "./group.ts";
import { viewer } from "./neighbour.ts";
import { furnish, watch } from "./published.ts";
import { library, until } from "./rig.ts";
import { closeAll, type Node, node, type Site, site } from "./site.ts";
import { isMember, isOpen } from "./states.ts";

/**
 * Runs a program and ends it without a word at the first call of one of our functions: of each in turn, in one process for
 * each. Prints the names of all that it has ended at. A program that waits has come to its end.
 */
const killer = `
import json, os, runpy, signal, sys
library, program = sys.argv[1:]
sys.argv = [program]
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
                at = os.path.basename(code.co_filename) + ":" + code.co_name
                if at not in seen:
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
async function killEverywhere(one: Node, program: string): Promise<readonly string[]> {
  const folder = library(one.root);
  const child = spawn("python3", ["-c", killer, folder, `${folder}/${program}.py`], {
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
  startGroup("aws", at.cloud);
  watch(at.cloud);
  const one = await node(at);
  furnish(one, 1);
  const service = one.start();
  await until("a member", isMember(one), service.log);
  await service.stop();
  assert.match(readFileSync(`${one.ams}/webapps/live/WEB-INF/red5-web.properties`, "utf8"), /mongodb\\:\/\//);
  return { one, watches: await viewer(one), before: one.events().length };
}

describe("our own programs", () => {
  afterEach(closeAll);

  for (const [program, steps] of [
    ["media", ["media.py:stay", "media.py:secret", "media.py:hold", "service.py:start", "watching.py:watch"]],
    ["drain", ["drain.py:turn", "drain.py:notice", "drain.py:welcome", "drain.py:sick"]],
    ["metrics", ["figures.py:clients", "figures.py:member", "figures.py:cluster", "metrics.py:publish"]],
  ] as const) {
    it(`cut no stream, wherever they end and however often: ${program}`, async () => {
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
});
