import assert from "node:assert/strict";
import { behind } from "../proxy/rig.ts";
import { startGroup } from "./group.ts";
import { python } from "./python.ts";
import { put, remove, unpack, until } from "./rig.ts";
import { closeAll, node, site } from "./site.ts";
import { isMember } from "./states.ts";

const whole = '{"machine": "i-1", "why": "x", "began": 1, "until": 2, "gateAt": 1}';

/** What a power failure or another release leaves of a file. */
const broken: Readonly<Record<string, string>> = {
  empty: "",
  NULs: "\0".repeat(64),
  half: whole.slice(0, 30),
  "a list": "[]",
  "a number": "5",
  "a text": '"x"',
  "an object of another form": '{"machine": "i-1"}',
};

/** Runs a program with each broken text in a file's place; prints what it printed. */
const each = `
import contextlib, io, json, os, shutil, sys
root, path, program, texts = sys.argv[1:]
said = {}
for what, text in json.loads(texts).items():
    shutil.rmtree(root + "/run", ignore_errors=True)
    os.makedirs(os.path.dirname(root + path), exist_ok=True)
    with open(root + path, "w") as file:
        file.write(text)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            exec(program, {})
        except SystemExit:
            pass
        except Exception as error:
            print(repr(error))
    said[what] = out.getvalue()
print(json.dumps(said))
`;

describe("a state file that a power failure left broken", () => {
  let root: string;
  before(() => {
    root = unpack("origin");
    put(`${root}/var/lib/cloud/data/instance-id`, "i-1");
  });
  after(() => remove(root));

  const files: Readonly<Record<string, { readonly program: string; readonly means: string; readonly path: string }>> = {
    "drain.json": {
      path: "/var/lib/ams-cluster/drain.json",
      program: "import common; print(common.draining())",
      means: "None\n",
    },
    attempt: {
      path: "/run/ams-cluster/attempt",
      program: `
import common, sys
common.time.sleep = lambda _: None
def step(_):
    raise OSError("no")
common.run([("step", step)], {"retrySeconds": 0})
`,
      means: "attempt=1 ",
    },
    served: {
      path: "/var/lib/ams-cluster/served",
      program: `
import common, drain
common.write(common.STATE + "/gate", "open")
shared = {"served": 0, "due": {}, "drain": {"sickSeconds": 600}}
drain.sick(shared, 1000)
print(shared["served"], common.read(drain.SERVED))
`,
      means: "1000 i-1\n",
    },
    launched: {
      path: "/run/ams-cluster/launched",
      program: `
import common, drain, lifecycle
common.write(common.STATE + "/gate", "open")
lifecycle.target, lifecycle.complete = lambda: None, lambda hook: print(hook)
drain.welcome({"due": {}, "drain": {"lookSeconds": 1}}, 1000)
print(common.read(common.STATE + "/launched"))
`,
      means: "launch\n",
    },
    "instance-id": {
      path: "/var/lib/ams-cluster/instance-id",
      program: `
import common, os, server
os.makedirs(server.AMS + "/conf", exist_ok=True)
server.image({})
print(common.read(common.ROOT + "/var/lib/ams-cluster/instance-id"))
`,
      means: "i-1\n",
    },
  };

  for (const [name, { path, program, means }] of Object.entries(files)) {
    it(`costs nothing: ${name}`, async () => {
      const said = JSON.parse(await python(root, each, [root, path, program, JSON.stringify(broken)]));
      assert.deepEqual(Object.keys(said), Object.keys(broken));
      for (const [what, text] of Object.entries(said)) {
        // Some number of attempts is as good as another.
        const wanted = name === "attempt" && what === "a number" ? "attempt=6" : means;
        assert.ok(String(text).includes(wanted), `${what}: ${text}`);
      }
    });
  }

  it("costs a proxy nothing: its nodes and its certificate come anew", async () => {
    const proxy = unpack("proxy", behind("nginx"));
    const program = `
import certificate, common, cloud, proxy_nodes, proxy_certificate
def discover(shared):
    return {"origin": {}, "edge": {}, "proxy": {"10.0.0.1": "ready"}}
proxy_nodes.discover = discover
def none(name):
    raise OSError("away")
cloud.secret = none
shared = {**common.facts(), "certificate": "issued"}
proxy_nodes.first(shared)
proxy_certificate.first(shared)
print(shared["nodes"]["proxy"], certificate.usable(proxy_certificate.PEM))
`;
    for (const [what, text] of Object.entries({
      NULs: "\0".repeat(64),
      half: '{"proxy": [["10.',
      other: '{"proxy": [5]}',
    })) {
      put(`${proxy}/var/lib/ams-cluster/nodes.json`, text);
      put(`${proxy}/etc/ams-cluster/tls.pem`, text);
      const said = await python(proxy, program);
      assert.ok(said.includes("[['10.0.0.1', 'ready']] True\n"), `${what}: ${said}`);
    }
    remove(proxy);
  });

  it("is there whole before it has its name, and its name is on the disk", async () => {
    const program = `
import common, os
done, replace, fsync = [], os.replace, os.fsync
def names(place):
    done.append("fsync " + os.path.basename(os.readlink(f"/proc/self/fd/{place}")))
    fsync(place)
def named(old, new):
    done.append("replace " + os.path.basename(new))
    replace(old, new)
os.fsync, os.replace = names, named
common.write(common.DRAIN, "{}")
print(*done, sep=", ")
`;
    remove(`${root}/var/lib/ams-cluster`);
    assert.equal(await python(root, program), "fsync drain.json.new, replace drain.json, fsync ams-cluster\n");
  });
});

describe("a machine with a broken drain.json", () => {
  afterEach(closeAll);

  it("becomes a member, and leaves when its group lets it go", async () => {
    const at = await site();
    await at.databaseUp();
    const group = startGroup("aws", at.cloud);
    const one = await node(at);
    put(`${one.root}/var/lib/ams-cluster/drain.json`, "\0".repeat(300));
    const main = one.start();
    const drain = one.agent("drain");
    await until("a member", isMember(one), main.log);
    group.awaits("drain");
    group.letGo();
    await until("a completed hook", () => group.told.includes("complete drain CONTINUE"), drain.log);
  });
});
