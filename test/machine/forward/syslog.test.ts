import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { MachineRole } from "../../../machine/index.ts";
import { remove, tells, until } from "../rig.ts";
import { freePort } from "../site.ts";
import { type Machine, startMachine } from "./machine.ts";
import { issue, newFolder, type Receiver, rsyslog, type Syslog, syslogOf } from "./receivers.ts";

/** A machine's lines at Debian's rsyslog. */

const open: (() => unknown)[] = [];

const folderOf = (): string => {
  const folder = newFolder();
  open.push(() => remove(folder));
  return folder;
};

async function started(receiver: Promise<Receiver>): Promise<Receiver> {
  const one = await receiver;
  open.push(() => one.service.stop());
  return one;
}

async function sender(form: Readonly<Record<string, unknown>>, role?: MachineRole): Promise<Machine> {
  const one = await startMachine("syslog", form, role);
  open.push(one.stop);
  return one;
}

const arrive = (receiver: Receiver, from: Machine, text: string): Promise<void> =>
  until(
    `a line with ${text}`,
    () => syslogOf(receiver).some((line) => line.text.includes(text)),
    () => from.forwarder.log() + receiver.service.log(),
    60,
  );

const textsOf = (receiver: Receiver): readonly string[] => syslogOf(receiver).map(({ text }) => text);

describe("lines that are forwarded by syslog", () => {
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });

  for (const role of ["origin", "edge", "database", "proxy", "turn"] as const)
    it(`arrive at rsyslog over TLS with all fields, and in the cloud's log: ${role}`, async () => {
      const folder = folderOf();
      const { ca } = issue(folder);
      const receiver = await started(rsyslog(folder));
      const one = await sender({ port: receiver.port, ca }, role);
      const before = Date.now();
      await one.say("step=watch state=open node=10.0.0.12", 'step=ready state=failed reason="no ] \\" é"');
      await arrive(receiver, one, "step=ready");
      const [first, second] = syslogOf(receiver);
      const { time = "", data = "", ...rest }: Partial<Syslog> = first ?? {};
      assert.deepEqual(rest, {
        ...{ facility: "daemon", severity: "info", machine: "i-0123", app: "ams-cluster", program: "media" },
        text: `cluster=ams-test role=${role} step=watch state=open node=10.0.0.12`,
      });
      assert.ok(Math.abs(Date.parse(time) - before) < 20_000, time);
      assert.equal(data, '[origin ip="10.0.0.11" software="ams-cluster"][meta sequenceId="1"]');
      assert.equal(second?.severity, "err");
      assert.match(second?.text ?? "", /state=failed reason="no \] \\" é"$/);
      assert.equal(one.inCloud().length, 2);
    });

  it("arrive over TCP without TLS", async () => {
    const receiver = await started(rsyslog(folderOf(), false));
    const one = await sender({ port: receiver.port, tls: false });
    await one.say("step=watch state=open");
    await arrive(receiver, one, "state=open");
  });

  for (const [what, name, isOther] of [
    ["for another name", "DNS:logs.example.com", false],
    ["of another authority", "IP:127.0.0.1", true],
  ] as const)
    it(`do not go to a receiver with a certificate ${what}, and wait for the right one`, async () => {
      const [folder, right] = [folderOf(), folderOf()];
      const { ca } = issue(right);
      issue(folder, name);
      // The same authority, which issues a certificate for another name; or one that nobody trusts.
      const trusted = isOther ? ca : readFileSync(`${folder}/ca.pem`, "utf8");
      const receiver = await started(rsyslog(folder));
      const one = await sender({ port: receiver.port, ca: trusted });
      await one.say("step=watch state=open");
      await tells(one.forwarder, /step=forward state=failed reason=.*certificate verify failed/);
      assert.equal(receiver.arrived(), "");
      await until("the cloud's line about it", () => one.inCloud().some((line) => line.includes("step=forward")));
      if (!isOther) return;
      await receiver.service.stop();
      const next = await started(rsyslog(right, true, receiver.port));
      await arrive(next, one, "state=open");
      await arrive(next, one, "step=forward state=resumed");
      await until("the cloud's line", () => one.inCloud().some((line) => line.includes("state=resumed")));
    });

  it("wait in order while the receiver is away, and none is lost when it ends and comes back", async () => {
    const folder = folderOf();
    const { ca } = issue(folder);
    const port = await freePort();
    const one = await sender({ port, ca });
    const numbered = (from: number) => Array.from({ length: 5 }, (_, index) => `step=test number=${from + index}`);
    await one.say(...numbered(0));
    await tells(one.forwarder, /step=forward state=failed reason=.*refused/);
    const first = await rsyslog(folder, true, port);
    await arrive(first, one, "number=4");
    await first.service.stop();
    await one.say(...numbered(5));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const second = await started(rsyslog(folder, true, port));
    await arrive(second, one, "number=9");
    const seen = textsOf(second).flatMap((text) => /number=(\d+)/.exec(text)?.[1] ?? []);
    assert.deepEqual(seen, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  });

  it("are discarded, oldest first, when there are too many, and the number of lost lines is reported", async () => {
    const folder = folderOf();
    const { ca } = issue(folder);
    const port = await freePort();
    const one = await sender({ port, ca });
    const count = 900;
    // As fast as the forwarder takes them, and some faster; the last one says what the hand-over lost.
    const program = `
import logs
for number in range(${count}):
    logs.over([f"step=test number={number} " + "x" * 6900])
    time.sleep(0.002 if number > 100 else 0)
time.sleep(2)
logs.over(["step=test last"])`;
    assert.equal(await one.python(program), "");
    const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${one.pid()}/status`, "utf8"))?.[1];
    assert.ok(Number(memory) < 96 * 1024, `${memory} KiB`);
    const receiver = await started(rsyslog(folder, true, port));
    await arrive(receiver, one, "step=test last");
    await arrive(receiver, one, "step=forward state=lost");
    const texts = textsOf(receiver);
    const numbers = texts.flatMap((text) => /step=test number=(\d+)/.exec(text)?.[1] ?? []);
    const lost = texts.flatMap((text) => /state=lost lines=(\d+)/.exec(text)?.[1] ?? []);
    assert.ok(Number(lost[0]) > 100, `${lost}`);
    // What the forwarder itself said while the receiver was away may be among the lost ones.
    const said = texts.filter((text) => /step=forward state=failed/.test(text)).length;
    assert.equal(numbers.length + Number(lost[0]), count + 1 - said);
    assert.equal(numbers.at(-1), `${count - 1}`);
    await until("the cloud's line", () => one.inCloud().some((line) => line.includes(`lines=${lost[0]}`)));
  });

  it("never hold the programs that say them", async () => {
    const one = await sender({ port: await freePort(), tls: false });
    process.kill(one.pid(), "SIGSTOP");
    const program = `
import logs
begin = time.monotonic()
for number in range(3000):
    logs.over(["x" * 6900])
print(logs.lost > 0, time.monotonic() - begin < 5)`;
    assert.equal(await one.python(program), "True True\n");
    await one.say("step=watch state=open");
    assert.deepEqual(one.inCloud(), ["step=watch state=open"]);
    process.kill(one.pid(), "SIGCONT");
  });
});
