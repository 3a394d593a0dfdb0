import { mkdtempSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type GoTool, goTool } from "../../dev/go-tool.ts";
import { put, remove, run, type Service, serve, until } from "../machine/rig.ts";
import { loopback } from "../support/loopback.ts";

/** Let's Encrypt's own test server, pinned by go.mod and go.sum beside it. */
export const pebbleTool: GoTool = {
  folder: fileURLToPath(new URL("pebble", import.meta.url)),
  version: "2.10.1",
  command: "github.com/letsencrypt/pebble/v2/cmd/pebble",
};

export const pebble = (): string => goTool(pebbleTool);

/** Texts of a name. */
type Texts = (name: string) => readonly string[];

function nameIn(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; query[at] !== 0; at += (query[at] ?? 0) + 1)
    labels.push(query.toString("latin1", at + 1, at + 1 + (query[at] ?? 0)).toLowerCase());
  return labels.join(".");
}

/** The answer of a name server that knows one address, for every name, and texts for some. */
function answerTo(query: Buffer, address: string, textsOf: Texts): Buffer {
  const end = query.indexOf(0, 12) + 5;
  const kind = query.readUInt16BE(end - 4);
  const record = (data: Buffer) =>
    Buffer.concat([Buffer.from([0xc0, 12, 0, kind, 0, 1, 0, 0, 0, 0, 0, data.length]), data]);
  const [a, txt] = [1, 16];
  const data = {
    [a]: [Buffer.from(address.split(".").map(Number))],
    [txt]: textsOf(nameIn(query)).map((text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])),
  };
  const records = (data[kind] ?? []).map(record);
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 6);
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(records.length, 6);
  return Buffer.concat([head, query.subarray(12, end), ...records]);
}

/** Pebble asks by TCP, where two bytes of length go before each message. */
async function nameServer(at: string, port: number, address: string, texts: Texts): Promise<Server> {
  const server = createServer((socket) => {
    let waiting = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("data", (part: Buffer) => {
      waiting = Buffer.concat([waiting, part]);
      while (waiting.length > 1 && waiting.length >= waiting.readUInt16BE(0) + 2) {
        const size = waiting.readUInt16BE(0) + 2;
        const answer = answerTo(waiting.subarray(2, size), address, texts);
        socket.write(Buffer.concat([Buffer.from([answer.length >> 8, answer.length & 255]), answer]));
        waiting = waiting.subarray(size);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(port, at, resolve));
  return server;
}

export interface Authority {
  /** What a machine's certbot needs to ask it. */
  readonly env: Readonly<Record<string, string>>;
  /** Where its root certificate is. */
  readonly roots: string;
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

const host = `${loopback}.7.1`;

/** A certificate authority that asks for its proof at port 80 of the address that stands behind the cluster's names, or by DNS. */
export async function startAuthority(address: string, texts: Texts = () => []): Promise<Authority> {
  const program = pebble();
  const root = mkdtempSync(join(tmpdir(), "ams-authority-"));
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", `${root}/key.pem`];
  const names = ["-subj", "/CN=authority", "-addext", `subjectAltName=IP:${host}`, "-days", "2"];
  const made = run("openssl", ["req", "-x509", ...key, ...names, "-out", `${root}/cert.pem`]);
  if (made.status !== 0) throw new Error(made.all);
  const settings = {
    listenAddress: `${host}:14000`,
    managementListenAddress: `${host}:15000`,
    certificate: `${root}/cert.pem`,
    privateKey: `${root}/key.pem`,
    httpPort: 80,
    tlsPort: 443,
    retryAfter: { authz: 1, order: 1 },
    keyAlgorithm: "ecdsa",
    profiles: { default: { description: "90 days", validityPeriod: 7_776_000 } },
  };
  put(`${root}/config.json`, JSON.stringify({ pebble: settings }));
  const names53 = await nameServer(host, 8053, address, texts);
  const env = { PEBBLE_VA_NOSLEEP: "1", PEBBLE_WFE_NONCEREJECT: "0" };
  const server: Service = serve(program, ["-config", `${root}/config.json`, "-dnsserver", `${host}:8053`], env);
  await until("the authority listens", () => server.log().includes("Listening on"), server.log);
  return {
    env: { AMS_ACME_URL: `https://${host}:14000/dir`, REQUESTS_CA_BUNDLE: `${root}/cert.pem` },
    roots: `https://${host}:15000/roots/0`,
    log: server.log,
    close: async () => {
      await server.stop();
      names53.close();
      remove(root);
    },
  };
}
