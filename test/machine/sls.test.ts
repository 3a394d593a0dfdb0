import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

const agent = fileURLToPath(new URL("../../machine/agent", import.meta.url));

interface Sent {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Metadata and the log service in one: whatever is posted is kept. */
async function told(lines: readonly string[]): Promise<Sent> {
  const replies: Readonly<Record<string, string>> = {
    "/latest/api/token": "token",
    "/latest/meta-data/region-id": "eu-central-1",
    "/latest/meta-data/owner-account-id": "1234567890123456",
    "/latest/meta-data/instance-id": "i-gw8abc",
    "/latest/meta-data/ram/security-credentials/": "role",
    "/latest/meta-data/ram/security-credentials/role":
      '{"AccessKeyId":"STS.key","AccessKeySecret":"hidden","SecurityToken":"session"}',
  };
  let sent: Sent | undefined;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const url = request.url ?? "";
      if (request.method === "POST") sent = { url, headers: request.headers, body: Buffer.concat(parts) };
      response.end(replies[url] ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  const program = `import sys, logs; logs.tell("/ams/ams-test", sys.argv[1:])`;
  const env = {
    ...process.env,
    AMS_METADATA_URL: base,
    AMS_API_URL: base,
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONPATH: `${agent}/core`,
  };
  const child = spawn("python3", ["-c", program, ...lines], { cwd: `${agent}/clouds/alibaba`, env, stdio: "inherit" });
  const code = await new Promise((resolve) => child.on("close", resolve));
  server.close();
  assert.equal(code, 0);
  assert.ok(sent !== undefined, "nothing was sent");
  return sent;
}

/** Fields of a message: numbers as they are, the rest as bytes. */
function fields(bytes: Buffer): readonly (readonly [number, number | Buffer])[] {
  const found: (readonly [number, number | Buffer])[] = [];
  let place = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[place++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (place < bytes.length) {
    const key = varint();
    const value = varint();
    if ((key & 7) === 0) found.push([key >> 3, value]);
    else {
      found.push([key >> 3, bytes.subarray(place, place + value)]);
      place += value;
    }
  }
  return found;
}

const part = (bytes: Buffer, number: number): Buffer => {
  const found = fields(bytes).find(([key]) => key === number)?.[1];
  assert.ok(Buffer.isBuffer(found));
  return found;
};

describe("Lines for Alibaba's log service", () => {
  const long = "ams-cluster: ".padEnd(300, "ü");

  it("are protocol buffers that say when, what and from which machine", async () => {
    const { url, body } = await told(["first", long]);
    assert.equal(url, "/logstores/machines/shards/lb");
    const logs = fields(body).flatMap(([key, value]) => (key === 1 && Buffer.isBuffer(value) ? [value] : []));
    assert.deepEqual(
      logs.map((log) => part(part(log, 2), 2).toString()),
      ["first", long],
    );
    for (const log of logs) assert.equal(fields(log)[0]?.[0], 1);
    assert.equal(part(body, 4).toString(), "i-gw8abc");
  });

  it("are signed with the role's key", async () => {
    const { url, headers, body } = await told(["first"]);
    const md5 = createHash("md5").update(body).digest("hex").toUpperCase();
    const own = Object.keys(headers)
      .filter((key) => /^x-(log|acs)-/.test(key))
      .sort()
      .map((key) => `${key}:${String(headers[key])}\n`);
    const text = `POST\n${md5}\napplication/x-protobuf\n${headers.date}\n${own.join("")}${url}`;
    const mark = createHmac("sha1", "hidden").update(text).digest("base64");
    assert.equal(headers.authorization, `LOG STS.key:${mark}`);
    assert.equal(headers["x-log-bodyrawsize"], String(body.length));
    assert.equal(headers["x-acs-security-token"], "session");
  });
});
