import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { MachineRole } from "../../machine/index.ts";
import { metrics } from "../../model/operation/metrics.ts";
import { type Environment, library, put, remove, run, standIn, tool, unpack } from "./rig.ts";

const roots: string[] = [];

/** A machine's programs, and a way to ask them. */
function machine(role: MachineRole) {
  const root = unpack(role);
  roots.push(root);
  const python = (program: string, env: Environment = {}, before: readonly string[] = []): unknown => {
    const words = [...before, "python3", "-W", "error", "-c", `import json\n${program}`];
    const [command = "", ...rest] = words;
    const done = run(command, rest, { AMS_CLUSTER_ROOT: root, PYTHONPATH: library(root), ...env });
    assert.equal(done.status, 0, done.all);
    return JSON.parse(done.out.trim().split("\n").at(-1) ?? "");
  };
  return { root, python };
}

afterEach(() => {
  for (const root of roots.splice(0)) remove(root);
});

describe("the imbalance in the number of streams", () => {
  for (const [counts, originMin, percent] of [
    [[6, 2], 1, 50],
    [[10, 0], 2, 100],
    [[4, 4, 0, 0, 0], 2, 0],
    [[7], 1, 0],
    [[0, 0], 2, 0],
    // A group of three of which one machine is all that lives.
    [[5], 3, 0],
  ] as const) {
    it(`of ${counts.join(" and ")} streams, over at least ${originMin} origins, is ${percent} % off`, () => {
      const call = `figures.imbalance({"originMin": ${originMin}}, ${JSON.stringify(counts)})`;
      assert.equal(machine("origin").python(`import figures\nprint(json.dumps(${call}))`), percent);
    });
  }
});

describe("the drift of applications", () => {
  for (const [what, state, found] of [
    ["of the node that looked just now", '{"drift": 3, "at": NOW}', { ApplicationsUnread: 0, ApplicationsDrift: 3 }],
    ["of a look that is long over is none", '{"drift": 3, "at": NOW - 200}', {}],
    ["of a node that does not look is none", '{"drift": null, "at": NOW}', { ApplicationsUnread: 0 }],
    [
      "of a machine that cannot read the document",
      '{"unread": true, "drift": null, "at": NOW}',
      { ApplicationsUnread: 1 },
    ],
    ["of such a machine before long is none", '{"unread": true, "drift": null, "at": NOW - 200}', {}],
    ["of a torn state is none", '{"drift": 3, "a', {}],
    ["of an empty state is none", "", {}],
    ["of a state of another form is none", "[3]", {}],
  ] as const) {
    it(what, () => {
      const program = `
import common, figures, time
text = ${JSON.stringify(state)}.replace("NOW - 200", str(round(time.monotonic()) - 200)).replace("NOW", str(round(time.monotonic())))
common.write(common.STATE + "/drift", text)
print(json.dumps(figures.drift({})))`;
      assert.deepEqual(machine("origin").python(program), found);
    });
  }
});

describe("the line of a media machine for status", () => {
  const told = (state: object) => `
import cloud, common, json, record, standing
lines = []
cloud.tell = lines.append
record.api.zone = lambda: 1 / 0
common.write(common.ROOT + "/var/lib/cloud/data/instance-id", "i-1")
common.write(common.DRAIN, ${JSON.stringify(JSON.stringify(state))})
common.write(common.STATE + "/gate", "drain")
common.write(common.STATE + "/drift", "[3]")
shared = {**common.facts(), "address": "10.0.0.11", "decides": "egress", "membership": ("unknown", "HTTP 500: no server")}
record.tell(shared, {"Viewers": 3, "LiveNodes": 2}, standing.standing)
print(json.dumps([line.split(" agent=")[1][13:] for line in lines]))`;
  const leaves = { machine: "i-1", why: "the group is removing this machine", began: 1, until: 1234.6, gateAt: 1 };

  it("says why it leaves and by when, and what nobody knows", () => {
    const line =
      'decides=egress gate=drain member=unknown why="HTTP 500: no server" drain="the group is removing this machine"';
    const { python } = machine("origin");
    assert.deepEqual(python(told(leaves)), [`${line} until=1235 Viewers=3`]);
    assert.deepEqual(python(told({ ...leaves, endless: true })), [`${line} Viewers=3`]);
  });
});

describe("the last restore drill", () => {
  const now = Math.floor(Date.now() / 1000);
  for (const [what, answer, found] of [
    ["is overdue after its days", JSON.stringify({ at: now - 41 * 86_400 }), { RestoreDrillOverdue: 1 }],
    ["is not overdue before", JSON.stringify({ at: now - 39 * 86_400 }), { RestoreDrillOverdue: 0 }],
    [
      "is overdue where none is recorded, as S3 says it",
      "HTTP 403 from a bucket: AccessDenied",
      { RestoreDrillOverdue: 1 },
    ],
    [
      "is overdue where none is recorded, as OSS says it",
      "HTTP 404 from a bucket: NoSuchKey",
      { RestoreDrillOverdue: 1 },
    ],
    ["is unknown while the bucket does not answer", "HTTP 503 from a bucket: SlowDown", "HTTP 503"],
  ] as const) {
    it(what, () => {
      const program = `
import document, figures
answer = ${JSON.stringify(answer)}
def fetch(shared, key):
    assert key == "agent/restore-drill.json"
    if answer.startswith("HTTP"):
        raise RuntimeError(answer)
    return answer
document.fetch = fetch
try:
    print(json.dumps(figures.drill({"restoreDrill": {"maxAgeDays": 40, "object": "agent/restore-drill.json"}})))
except RuntimeError as error:
    print(json.dumps(str(error)[:8]))`;
      assert.deepEqual(machine("origin").python(program), found);
    });
  }

  it("is nothing that a stack without drills asks for", () => {
    assert.deepEqual(machine("origin").python("import figures\nprint(json.dumps(figures.drill({})))"), {});
  });
});

/** A row of /proc/net/tcp as the kernel writes it on a little-endian machine. */
const row = (local: string, remote: string, state: string) =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 12345 1 0 20 4 30 10 -1\n`;

describe("the connections to a port", () => {
  it("are the established ones from outside the cluster, by IPv4 and by IPv6's form of it", () => {
    const { root, python } = machine("origin");
    const head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    const [rtmp, web] = ["0B00000A:078F", "0B00000A:13D8"];
    const rows = [
      row(rtmp, "077100CB:C350", "01"), // 203.0.113.7
      row(rtmp, "057100CB:C350", "06"), // in TIME_WAIT
      row(rtmp, "0C00000A:C350", "01"), // 10.0.0.12, a node
      row(rtmp, "0100007F:C350", "01"),
      row(web, "077100CB:C351", "01"),
    ];
    put(`${root}/proc/net/tcp`, head + rows.join(""));
    const mapped = (address: string) => `0000000000000000FFFF0000${address}`;
    const sixes = [row(`${mapped("0B00000A")}:078F`, `${mapped("05C0000A")}:C352`, "01")]; // 10.0.192.5, a proxy
    put(`${root}/proc/net/tcp6`, head + sixes.join(""));
    const program = 'import sessions\nprint(json.dumps(sessions.connections(1935, ["10.0.0.0/19"])))';
    assert.equal(python(program), 2);
  });

  it("are read from this very kernel's table", () => {
    const { python } = machine("origin");
    const program = `
import socket, sessions
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
sessions.ROOT = ""
inside = sessions.connections(server.getsockname()[1], [])
sessions.ipaddress.ip_network, real = lambda cidr: real("192.0.2.0/24"), sessions.ipaddress.ip_network
print(json.dumps([inside, sessions.connections(server.getsockname()[1], [])]))
`;
    assert.deepEqual(python(program), [0, 1]);
  });
});

describe("a database machine's metrics", () => {
  const secret = { appPassword: "app0123456789" };
  const figures = `
import cloud, json, members
cloud.secret = lambda name: ${JSON.stringify(secret)}
facts = json.load(open(members.ROOT + "/etc/ams-cluster/facts.json"))
`;
  const user = { pwd: secret.appPassword, roles: [{ role: "clusterMonitor" }] };

  function replication(status: readonly object[]) {
    const { root, python } = machine("database");
    put(`${root}/mongo.json`, JSON.stringify({ port: 27017, users: { ams: user }, log: [], status }));
    tool(root, "mongosh", readFileSync(`${standIn}mongosh.mjs`, "utf8"));
    const program = `${figures}
facts["hosts"] = ["db1:27017", "db2:27017", "db3:27017"]
print(json.dumps(members.replication(facts)))`;
    return python(program, { AMS_TEST_MONGO: `${root}/mongo.json`, PATH: `${root}/bin:${process.env["PATH"]}` });
  }
  const of = (stateStr: string, second: number, health = 1) => ({
    stateStr,
    health,
    optimeDate: `2026-11-21T12:00:${String(second).padStart(2, "0")}Z`,
  });

  it("are all that the model names", () => {
    const own = metrics.filter((metric) => metric.machine === "database").map(({ name }) => name);
    const { python } = machine("database");
    const program = `${figures}
members.os.path.ismount = lambda path: True
facts["dataPath"] = ""
print(json.dumps({key: value for each in members.FIGURES.values() for key, value in each(facts).items()}))`;
    const values = python(program) as Readonly<Record<string, number>>;
    assert.deepEqual(Object.keys(values).sort(), [...own].sort());
    assert.deepEqual([values["ReplicationLagSeconds"], values["MembersDown"]], [0, 0]);
  });

  it("say how far the slowest member is behind", () => {
    const found = replication([of("SECONDARY", 10), of("PRIMARY", 40), of("SECONDARY", 39)]);
    assert.deepEqual(found, { MembersDown: 0, ReplicationLagSeconds: 30 });
  });

  it("count the members that do not respond, and omit the replication lag if there is no primary", () => {
    const down = { ...of("(not reachable/healthy)", 0, 0), optimeDate: "1970-01-01T00:00:00Z" };
    assert.deepEqual(replication([of("SECONDARY", 10), down, down]), { MembersDown: 2 });
    assert.deepEqual(replication([of("PRIMARY", 10), down, of("SECONDARY", 10)]), {
      MembersDown: 1,
      ReplicationLagSeconds: 0,
    });
  });

  it("measure the data volume only while it is mounted", () => {
    const { root, python } = machine("database");
    const program = `${figures}
def ask():
    try:
        return members.volume(facts)["DataVolumeUsedPercent"]
    except RuntimeError as error:
        return str(error)
before = ask()
import os, subprocess
path = members.ROOT + facts["dataPath"]
os.makedirs(path, exist_ok=True)
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", path], check=True)
open(path + "/data", "wb").write(bytes(3 << 20))
print(json.dumps([before, ask()]))`;
    const [before, used] = python(program, {}, ["unshare", "--user", "--map-root-user", "--mount"]) as [string, number];
    assert.match(before, /\/var\/lib\/mongodb is not mounted/);
    assert.equal(used, 75);
    assert.ok(root.length > 0);
  });
});
