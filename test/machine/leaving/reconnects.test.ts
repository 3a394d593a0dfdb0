import assert from "node:assert/strict";
import { put, until } from "../rig.ts";
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

describe("publishers of a machine that has to go by a deadline", function () {
  this.timeout(120_000);
  afterEach(closeAll);

  it("are asked to reconnect in its last part, each once and a few at a time, and others' are not", async () => {
    const all = await leaving(40, { "i-other": "10.0.0.12" });
    await until("AMS's end", () => all.one.events().includes("ams shutdown-properly live"), all.drain.log);
    const ended = own.map((id) => `ams ended ${id}`);
    assert.deepEqual([...endings(all)].sort(), ["ams did not end webrtc", ...ended].sort());
    const groups = [...all.drain.log().matchAll(/step=drain state=asks publishers=(\d+) of=\d+ seconds=(\d+)/g)];
    assert.ok(groups.length >= 3, all.drain.log());
    for (const [, publishers, seconds] of groups)
      assert.ok(Number(publishers) <= own.length / 2 && Number(seconds) <= 4, all.drain.log());
  });

  it("are kept until the end where no other machine of the group serves", async () => {
    assert.deepEqual(endings(await leaving(20, {})), []);
  });
});
