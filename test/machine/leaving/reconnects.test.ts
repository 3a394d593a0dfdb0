import assert from "node:assert/strict";
import { library, put, remove, run, unpack, until } from "../rig.ts";
import { closeAll } from "../site.ts";
import { type Cluster, cluster } from "./drain.ts";

const stream = (streamId: string, more: object = {}) => ({
  ...{ streamId, type: "liveStream", status: "broadcasting", publishType: "RTMP", originAdress: "10.0.0.11" },
  ...more,
});
const own = Array.from({ length: 60 }, (_, index) => `rtmp/${index}`);
const notAsked = [
  stream("elsewhere", { originAdress: "10.0.0.12" }),
  stream("pulled", { type: "streamSource" }),
  stream("over", { status: "finished" }),
];

/** A machine that serves these streams and has to go. */
async function leaving(maxSeconds: number, others: Readonly<Record<string, string>>): Promise<Cluster> {
  const all = await cluster("aws", { maxSeconds }, others);
  const known = [...notAsked, ...own.map((id) => stream(id)), stream("webrtc", { publishType: "WebRTC" })];
  put(`${all.one.ams}/streams.json`, JSON.stringify(known));
  put(`${all.one.ams}/clients.json`, JSON.stringify({ localLiveStreams: known.length }));
  all.group.letGo();
  await until("its end", () => /state=over reason="deadline/.test(all.drain.log()), all.drain.log);
  return all;
}

/** What AMS was asked to end, until it was shut down. */
const endings = ({ one }: Cluster): readonly string[] => {
  const events = one.events();
  return events.slice(0, events.indexOf("ams shutdown-properly live")).filter((event) => / end(ed)? /.test(event));
};

describe("publishers of a machine that has to go by a deadline", () => {
  afterEach(closeAll);

  it("are disconnected once each, in small groups, before the deadline, but publishers on other nodes stay connected", async () => {
    const all = await leaving(40, { "i-other": "10.0.0.12" });
    await until("AMS's end", () => all.one.events().includes("ams shutdown-properly live"), all.drain.log);
    const ended = own.map((id) => `ams ended ${id}`);
    assert.deepEqual([...endings(all)].sort(), ["ams did not end webrtc", ...ended].sort());
    const groups = [...all.drain.log().matchAll(/step=drain state=asks publishers=(\d+) of=\d+ seconds=(\d+)/g)];
    assert.ok(groups.length >= 3, all.drain.log());
    for (const [, publishers, seconds] of groups)
      assert.ok(Number(publishers) <= own.length / 2 && Number(seconds) <= 4, all.drain.log());
  });

  it("stay connected until the deadline if no other machine in the group is in service", async () => {
    assert.deepEqual(endings(await leaving(20, {})), []);
  });
});

describe("an AMS that answers late, or not at all, before the deadline", () => {
  const root = unpack("origin");
  after(() => remove(root));

  /** The calls of one turn, `left` seconds before the deadline, of an AMS that takes `slow` of them to end a stream. */
  function turn({ left, slow = 0 }: { readonly left: number; readonly slow?: number }) {
    const program = `
import json, lifecycle, reconnects, rest, time
now, calls = [1000], []
time.time = lambda: now[0]
reconnects.names = lambda: ["broken", "live"]
lifecycle.others_serve = lambda: True
stream = {"type": "liveStream", "status": "broadcasting", "originAdress": "10.0.0.11"}
def application(name, path, key, method=None, seconds=10):
    if name == "broken":
        raise OSError("no response")
    if method is None:
        return json.dumps([{**stream, "streamId": str(n)} for n in range(4)] if "/0/" in path else [])
    calls.append([path.split("/")[1], seconds])
    now[0] += ${slow}
    return '{"success": true}'
rest.application = application
shared = {"address": "10.0.0.11", "secret": {"clusterKey": "k"}, "drain": {"pollSeconds": 10}}
state = {"until": now[0] + ${left}, "began": 0}
reconnects.ask(shared, state, now[0])
print(json.dumps({"calls": calls, "asked": sorted(one for _, one in shared["asked"])}))`;
    const done = run("python3", ["-c", program], { AMS_CLUSTER_ROOT: root, PYTHONPATH: library(root) });
    assert.equal(done.status, 0, done.all);
    return JSON.parse(done.out.trim().split("\n").at(-1) ?? "");
  }

  it("is asked in the other applications when one does not answer", () => {
    assert.deepEqual(turn({ left: 5 }).asked, ["0", "1", "2", "3"]);
  });

  it("is asked no more once the deadline is there, and not waited for beyond it", () => {
    const { calls, asked } = turn({ left: 5, slow: 3 });
    assert.deepEqual(calls, [
      ["0", 5],
      ["1", 2],
    ]);
    assert.deepEqual(asked, ["0", "1"]);
  });
});
