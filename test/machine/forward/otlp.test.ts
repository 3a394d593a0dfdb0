import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { archive } from "../../../machine/index.ts";
import { cluster } from "../../support/cluster.ts";
import { agentFiles, remove, tells, until } from "../rig.ts";
import { forwarding, keepHeaders, type Machine, startMachine } from "./machine.ts";
import { collector, issue, newFolder } from "./receivers.ts";

/** A machine's lines at the OpenTelemetry Collector, and what the forwarder makes of a receiver's answers. */

const open: (() => unknown)[] = [];

async function sender(form: Readonly<Record<string, unknown>>): Promise<Machine> {
  const one = await startMachine("otlp", form);
  open.push(one.stop);
  keepHeaders(one, { "x-api-key": "header-secret-1" });
  return one;
}

interface Request {
  readonly headers: IncomingHttpHeaders;
  readonly lines: readonly string[];
}

type Answer = readonly [status: number, text?: string];

/** A receiver that answers one request after the other as told, and the others with 200. */
async function receiver(...answers: readonly Answer[]) {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      const [
        {
          scopeLogs: [{ logRecords }],
        },
      ] = JSON.parse(text).resourceLogs;
      const lines = logRecords.map(({ body }: { body: { stringValue: string } }) => body.stringValue);
      const [status, answer = "{}"] = answers[requests.length] ?? [200];
      requests.push({ headers: request.headers, lines });
      response.writeHead(status, { "content-type": "application/json" }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => server.close());
  return { requests, form: { port: (server.address() as AddressInfo).port, tls: false } };
}

const isSaid = (one: Machine, line: RegExp): Promise<void> =>
  until(`a line like ${line}`, () => one.inCloud().some((said) => line.test(said)), one.forwarder.log, 60);

describe("lines that are forwarded by OTLP", () => {
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });

  it("arrive at the OpenTelemetry Collector over HTTPS with all fields, and in the cloud's log", async () => {
    const folder = newFolder();
    open.push(() => remove(folder));
    const { ca } = issue(folder);
    const { port, service, arrived } = await collector(folder);
    open.push(() => service.stop());
    const one = await sender({ port, ca });
    const before = Date.now();
    await one.say('step=watch state=open why="é ]"', "step=ready state=failed");
    await until("the second line", () => arrived().includes("step=ready"), one.forwarder.log, 60);
    const text = arrived();
    for (const attribute of [
      "service.name: Str(ams-cluster)",
      "service.namespace: Str(ams-test)",
      "service.instance.id: Str(i-0123)",
      "host.id: Str(i-0123)",
      "host.ip: Str(10.0.0.11)",
      "ams.role: Str(edge)",
      "cloud.provider: Str(aws)",
      "ams.program: Str(media)",
    ])
      assert.ok(text.includes(`-> ${attribute}`), `${attribute} in ${text}`);
    assert.match(text, /SeverityText: INFO\nSeverityNumber: Info\(9\)\nBody: Str\(step=watch state=open why="é \]"\)/);
    assert.match(text, /SeverityText: ERROR\nSeverityNumber: Error\(17\)\nBody: Str\(step=ready state=failed\)/);
    const [, time = ""] = /\nTimestamp: (\S+ \S+) \+0000 UTC/.exec(text) ?? [];
    assert.ok(Math.abs(Date.parse(`${time.replace(" ", "T")}Z`) - before) < 20_000, time);
    assert.equal(one.inCloud().length, 2);
  });

  it("are not sent to a collector whose certificate was issued by a different CA", async () => {
    const [folder, other] = [newFolder(), newFolder()];
    open.push(
      () => remove(folder),
      () => remove(other),
    );
    issue(folder);
    const { port, service, arrived } = await collector(folder);
    open.push(() => service.stop());
    const one = await sender({ port, ca: issue(other).ca });
    await one.say("step=watch state=open");
    await tells(one.forwarder, /step=forward state=failed reason=.*certificate verify failed/);
    assert.ok(!arrived().includes("step=watch"));
  });

  it("have the secret's headers, which are read again when the receiver refuses them", async () => {
    const { requests, form } = await receiver([200], [401, "header-secret-1 is unknown"], [200]);
    const one = await sender(form);
    await one.say("step=test number=1");
    await until("the first", () => requests.length === 1, one.forwarder.log);
    keepHeaders(one, { "x-api-key": "header-secret-2" });
    await one.say("step=test number=2");
    await until("the third", () => requests.length >= 3, one.forwarder.log);
    assert.deepEqual(
      requests.slice(0, 3).map(({ headers }) => headers["x-api-key"]),
      ["header-secret-1", "header-secret-1", "header-secret-2"],
    );
    assert.deepEqual(requests[1]?.headers["content-type"], "application/json");
    await isSaid(one, /state=failed reason="RuntimeError: HTTP 401 from 127.0.0.1: \*\*\* is unknown"/);
    assert.ok(!one.forwarder.log().includes("header-secret"));
  });

  it("are sent again after a refusal that ends, and counted as lost after one that does not", async () => {
    const partial = JSON.stringify({ partialSuccess: { rejectedLogRecords: "3", errorMessage: "too old" } });
    const { requests, form } = await receiver([503], [429], [200], [400], [200, partial]);
    const one = await sender(form);
    await one.say("step=test number=1");
    await isSaid(one, /step=forward state=resumed/);
    assert.deepEqual(
      requests.slice(0, 3).map(({ lines }) => lines.filter((line) => line.includes("step=test"))),
      [["step=test number=1"], ["step=test number=1"], ["step=test number=1"]],
    );
    await isSaid(one, /step=forward state=lost lines=\d/);
  });
});

describe("a machine that forwards nothing", () => {
  it("has the agent that it had, byte for byte, and origins and edges have the same one", () => {
    const without = archive(cluster(), "edge").text;
    assert.equal(archive(cluster({ logs: { retentionDays: 30 } }), "edge").text, without);
    assert.ok(!without.includes("forward.py"));
    const [origin, edge] = [archive(forwarding("otlp"), "origin"), archive(forwarding("otlp"), "edge")];
    assert.equal(origin.digest, edge.digest);
  });

  it("has the cloud's logs in a program of another name where it forwards", () => {
    const files = new Map(agentFiles(archive(forwarding("syslog"), "edge").text));
    const own = new Map(agentFiles(archive(cluster(), "edge").text));
    const at = (name: string) => `/usr/local/lib/ams-cluster/${name}.py`;
    assert.equal(files.get(at("cloud_logs")), own.get(at("logs")));
    assert.ok(files.has(at("forward_syslog")) && !files.has(at("forward_otlp")));
    for (const [path, text] of own) if (path !== at("logs")) assert.equal(files.get(path), text, path);
  });
});
