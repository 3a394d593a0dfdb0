import assert from "node:assert/strict";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { selfSigned } from "../support/self-signed.ts";
import { python } from "./python.ts";
import { remove, unpack } from "./rig.ts";

/** The call with a deadline of a second, in a process that may not take much memory. */
const program = `
import resource, sys, transport
resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
try:
    print("answer:", transport.call(sys.argv[1], headers={"X-Secret": "token"}, seconds=1)[:400])
except Exception as error:
    print(type(error).__name__ + ":", error)
`;

const head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

/** Sends a part now and then, for as long as the connection lasts and no longer than ten seconds. */
function trickle(socket: Socket, part: string, end = ""): void {
  let sent = 0;
  const timer = setInterval(() => {
    sent += 1;
    if (sent < 100) socket.write(part);
    else socket.end(end);
  }, 100);
  socket.once("close", () => clearInterval(timer));
}

function flood(socket: Socket): void {
  const part = Buffer.alloc(1 << 16, "x");
  const more = (): void => {
    while (!socket.destroyed && socket.write(part));
  };
  socket.on("drain", more);
  more();
}

describe("a machine's call over HTTP", () => {
  const open: Server[] = [];
  let root: string;
  before(() => {
    root = unpack("database");
  });
  after(() => remove(root));
  afterEach(async () => {
    for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
  });

  async function listening(server: Server, answer: (socket: Socket, request: string) => void): Promise<string> {
    const sockets = new Set<Socket>();
    const seen = (socket: Socket): void => {
      sockets.add(socket.once("close", () => sockets.delete(socket)));
      socket.on("error", () => undefined);
      socket.once("data", (data: Buffer) => answer(socket, data.toString()));
    };
    server.on("connection", seen).on("secureConnection", seen);
    server.once("close", () => undefined);
    const close = server.close.bind(server);
    server.close = (done) => {
      for (const socket of sockets) socket.destroy();
      return close(done);
    };
    open.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const asked = async (answer: (socket: Socket, request: string) => void, env = {}): Promise<string> =>
    python(root, program, [`http://${await listening(createServer(), answer)}/x`], env);

  it("ends by its deadline when each packet comes in time and the answer does not", async () => {
    const text = await asked((socket) => {
      socket.write(`${head}Connection: close\r\n\r\n`);
      trickle(socket, "x");
    });
    assert.match(text, /^(timeout|TimeoutError): (the response was not complete in time|.*timed out)/);
  });

  it("ends by its deadline in the middle of a head as well", async () => {
    const text = await asked((socket) => {
      socket.write(head);
      trickle(socket, "X: y\r\n", "\r\n");
    });
    assert.match(text, /^(timeout|TimeoutError): (the response was not complete in time|.*timed out)/);
  });

  it("ends when the response is longer than a mebibyte, whether or not its head says how long", async () => {
    for (const length of ["", "Content-Length: 99999999999\r\n", "Transfer-Encoding: chunked\r\n"]) {
      const text = await asked((socket) => {
        socket.write(`${head}${length}\r\n${length.includes("chunked") ? "fffffffff\r\n" : ""}`);
        flood(socket);
      });
      assert.match(text, /^RuntimeError: the response is longer than 1048576 bytes/, length);
    }
  });

  it("follows no redirect, which would take its headers elsewhere", async () => {
    const seen: string[] = [];
    const elsewhere = await listening(createServer(), (socket, request) => {
      seen.push(request);
      socket.end(`${head}Content-Length: 2\r\n\r\n{}`);
    });
    const text = await asked((socket) => {
      socket.end(`HTTP/1.1 302 Found\r\nLocation: http://${elsewhere}/\r\nContent-Length: 0\r\n\r\n`);
    });
    assert.match(text, /^RuntimeError: HTTP 302 from 127\.0\.0\.1/);
    assert.deepEqual(seen, []);
  });

  it("asks no proxy of the environment", async () => {
    const seen: string[] = [];
    const proxy = await listening(createServer(), (socket, request) => {
      seen.push(request);
      socket.end(`${head}Content-Length: 5\r\n\r\nproxy`);
    });
    const env = Object.fromEntries(["http_proxy", "HTTP_PROXY", "all_proxy"].map((name) => [name, `http://${proxy}`]));
    const text = await asked((socket) => socket.end(`${head}Content-Length: 3\r\n\r\nown`), { ...env, no_proxy: "" });
    assert.equal(text, "answer: own\n");
    assert.deepEqual(seen, []);
  });

  it("believes no certificate that no authority has signed", async () => {
    const { pem, key } = selfSigned();
    const at = await listening(createTlsServer({ cert: pem, key }), (socket) => socket.end(`${head}\r\nhello`));
    const text = await python(root, program, [`https://localhost:${at.split(":")[1]}/`]);
    assert.match(text, /CERTIFICATE_VERIFY_FAILED/);
  });

  it("says what is no HTTP, what ends early and what is refused with a page, in a line of a few words", async () => {
    const noise = await asked((socket) => socket.end("\0\u0001SSH-2.0-noise\r\n"));
    assert.match(noise, /^RuntimeError: no HTTP response from 127\.0\.0\.1:\d+: BadStatusLine/);
    const early = await asked((socket) => socket.end(`${head}Content-Length: 10\r\n\r\nhalf`));
    assert.match(early, /^RuntimeError: 127\.0\.0\.1:\d+ closed the connection 6 bytes before the end/);
    const page = `<html>${"<p>no</p>".repeat(5000)}</html>`;
    const refused = await asked((socket) => socket.end(`HTTP/1.1 403 Forbidden\r\n\r\n${page}`));
    assert.match(refused, /^RuntimeError: HTTP 403 from 127\.0\.0\.1:\d+: <html>/);
    assert.ok(refused.length < 400, `${refused.length} characters`);
  });

  it("is an error of the answer when a cloud's API answers with a page", async () => {
    const api = `
import api, cloud
api.region = lambda: "ap-south-1"
api.credentials = lambda: {"AccessKeyId": "AKID", "SecretAccessKey": "secret-key", "Token": "token-token"}
for ask in (lambda: cloud.secret("x"), lambda: api.query("ec2", "1", "DescribeInstances", {})):
    try:
        ask()
    except RuntimeError as error:
        print(error)
`;
    const url = await listening(createServer(), (socket) => socket.end(`${head}\r\n<html><br>busy`));
    const text = await python(root, api, [], { AMS_API_URL: `http://${url}` });
    assert.equal(text, "the response is not JSON: <html><br>busy\nthe response is not XML: <html><br>busy\n");
  });
});
