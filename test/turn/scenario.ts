import { connect } from "node:tls";
import type { Allocation } from "../../tools/live/turn/client.ts";
import { tells } from "../machine/rig.ts";
import { selfSigned } from "../support/self-signed.ts";
import { startMachine, type TurnMachine, withTurn } from "./machine.ts";
import { echo, listen, mediaPort, name, otherPort, own, peers, said, take, uris, users } from "./peers.ts";
import { at, client, dropRules, settle } from "./place.ts";
import { verified } from "./verified.ts";

/**
 * What the real coturn does with what is rendered, in a network namespace of its own: run by coturn.test.ts, and printed as
 * JSON.
 */

async function asRendered() {
  const certificate = selfSigned(90, ["live.example.com", name]);
  const next = selfSigned(90, ["live.example.com", name]);
  const machine = await startMachine(withTurn({ allocations: 12, allocationsPerSource: 4, tls: true }, certificate), {
    users,
    certificate,
  });
  const node = await listen(at.node);
  const result = {
    echoes: {
      udp: await echo(client(1), at.node, []),
      tcp: await echo(client(2), at.node, ["-t"]),
      tcp443: await echo(client(3), at.node, ["-t", "-p", "443"]),
    },
    relayed: await relayedBy(client(5)),
    node: await said(take(client(5)).then((one) => one.permit(at.otherNode, mediaPort).then(one.release))),
    forbidden: await peers(6),
    otherPort: await otherPort(client(8)),
    login: {
      wrong: await said(take(client(9), uris.udp, { ...own, password: "another" })),
      unknown: await said(take(client(9), uris.udp, { ...own, username: "nobody" })),
      second: await said(
        take(client(9), uris.udp, { username: "test-2", password: users["test-2"] }).then((one) => one.release()),
      ),
    },
    tls: await tlsOf(machine, certificate.pem, next),
    rotation: await rotate(machine),
    verified: {
      right: await verified(client(18), own),
      wrong: await verified(client(19), { ...own, password: "another" }),
    },
    limits: await limits(machine),
    health: await healthOf(machine),
  };
  node.close();
  await machine.close();
  return result;
}

const relayedBy = async (from: string): Promise<string> => {
  const one = await take(from);
  await one.release();
  return one.relayed.split(":")[0] ?? "";
};

const shown = (ca: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host: at.balancer, port: 443, servername: name, ca });
    socket.once("secureConnect", () => resolve(socket.getProtocol() ?? "?"));
    socket.once("error", ({ message }) => resolve(message));
    socket.once("close", () => resolve("closed"));
    setTimeout(() => socket.destroy(), 2000);
  });

async function tlsOf(machine: TurnMachine, pem: string, next: ReturnType<typeof selfSigned>) {
  const ask = (ca: string) => said(take(client(10), uris.tls443, own, { ca: [ca] }).then((one) => one.release()));
  const before = { first: await ask(pem), protocol: await shown(pem), other: await ask(next.pem), pid: machine.pid() };
  machine.tell({ users, certificate: next });
  await tells(machine.agent, /step=certificate state=changed/);
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { ...before, renewed: await ask(next.pem), samePid: machine.pid() === before.pid };
}

/** Another credential while somebody holds an allocation with the first one. */
async function rotate(machine: TurnMachine) {
  const third = { username: "test-3", password: "passwordThree3" };
  const held = await take(client(11));
  const pid = machine.pid();
  machine.tell({
    users: { "test-2": users["test-2"], "test-3": third.password },
    certificate: selfSigned(90, ["live.example.com", name]),
  });
  await tells(machine.agent, /step=users state=changed/);
  const result = {
    second: await said(
      take(client(11), uris.udp, { username: "test-2", password: users["test-2"] }).then((one) => one.release()),
    ),
    third: await said(take(client(11), uris.udp, third).then((one) => one.release())),
    revoked: await said(take(client(11))),
    samePid: machine.pid() === pid,
  };
  held.close();
  machine.tell({ users, certificate: selfSigned(90, ["live.example.com", name]) });
  await tells(machine.agent, /test-1,test-2/);
  return result;
}

/** What one address may hold, and all of them together. */
async function limits(machine: TurnMachine) {
  const count = (): number =>
    JSON.parse(
      machine.python(`import json, relays
from common import facts
print(json.dumps(relays.allocations(facts())))`),
    )["Allocations"];
  const greedy = client(12);
  const held = [await take(greedy), await take(greedy), await take(greedy), await take(greedy)];
  const fifth = await said(take(greedy));
  const binding = machine.python(`import socket, os, struct
line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
line.bind(("${greedy}", 0))
line.settimeout(2)
line.sendto(struct.pack("!HHI", 1, 0, 0x2112A442) + os.urandom(12), ("${at.turn}", 3478))
print(hex(struct.unpack("!H", line.recv(1500)[:2])[0]))`);
  const others: Allocation[] = [];
  const answers: string[] = [];
  for (let number = 13; number <= 16; number += 1)
    for (let each = 0; each < 4; each += 1)
      answers.push(await said(take(client(number)).then((one) => others.push(one))));
  const measured = count();
  for (const one of [...held, ...others]) await one.release();
  const tcp = [];
  for (let each = 0; each < 5; each += 1) tcp.push(take(client(17), uris.tcp));
  const overTcp = await Promise.all(tcp.map(said));
  for (const one of await Promise.allSettled(tcp)) if (one.status === "fulfilled") one.value.close();
  return { fifth, binding, answers, measured, overTcp };
}

async function healthOf(machine: TurnMachine) {
  const status = async () => (await fetch(`http://${at.turn}:6081/`)).status;
  const well = await status();
  process.kill(machine.pid(), "SIGSTOP");
  // Not all threads stop at the same moment.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const stopped = await status();
  process.kill(machine.pid(), "SIGCONT");
  return { well, stopped };
}

/** The same peers where coturn's lists are gone, and then the kernel's rules too: what each layer holds by itself. */
async function withoutLists() {
  const edit = (text: string): string => text.replace(/^(denied|allowed)-peer-ip=.*\n/gm, "");
  const machine = await startMachine(withTurn(), { users }, edit);
  const rulesAlone = await peers(1);
  dropRules();
  const nothing = await peers(4);
  const other = await otherPort(client(8));
  const found = await verified(client(9), own);
  await machine.close();
  return { rulesAlone, nothing, otherPort: other, verified: found };
}

settle();
process.stdout.write(`${JSON.stringify({ rendered: await asRendered(), bare: await withoutLists() })}\n`);
process.exit(0);
