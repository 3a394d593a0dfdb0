import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { type GoTool, goTool } from "../../../dev/go-tool.ts";
import { put, type Service, serve, until } from "../rig.ts";
import { freePort } from "../site.ts";

/** Receivers of logs that this project did not write: Debian's rsyslog and the OpenTelemetry Collector. */

export const collectorTool: GoTool = {
  folder: fileURLToPath(new URL("otelcol", import.meta.url)),
  version: "0.148.0",
  command: "ams-cluster/test/machine/forward/otelcol",
};

export interface Receiver {
  readonly port: number;
  readonly service: Service;
  /** All that arrived, as the receiver writes it. */
  readonly arrived: () => string;
}

/** An authority, and a receiver's certificate that it issued, for an address or a name. */
export function issue(folder: string, name = "IP:127.0.0.1"): { readonly ca: string } {
  const openssl = (...words: readonly string[]) => execFileSync("openssl", words, { cwd: folder, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  put(`${folder}/names`, `subjectAltName=${name}\nauthorityKeyIdentifier=keyid\n`);
  const uses = ["-addext", "keyUsage=critical,keyCertSign"];
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=test authority", ...uses);
  openssl("req", "-new", ...key, "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=receiver");
  const by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names"];
  openssl("x509", "-req", "-in", "request.pem", ...by, "-out", "cert.pem");
  return { ca: readFileSync(`${folder}/ca.pem`, "utf8") };
}

export const newFolder = (): string => mkdtempSync(`${tmpdir()}/ams-receiver-`);

/** Fields of RFC 5424 as rsyslog's parser found them, a JSON object a line. */
export interface Syslog {
  readonly facility: string;
  readonly severity: string;
  readonly time: string;
  readonly machine: string;
  readonly app: string;
  readonly program: string;
  readonly data: string;
  readonly text: string;
}

const properties: Readonly<Record<keyof Syslog, string>> = {
  facility: "syslogfacility-text",
  severity: "syslogseverity-text",
  time: "timereported",
  machine: "hostname",
  app: "app-name",
  program: "procid",
  data: "structured-data",
  text: "msg",
};

/** On TLS unless told otherwise; with the files of `issue` in its folder. */
export async function rsyslog(folder: string, tls = true, at?: number): Promise<Receiver> {
  const port = at ?? (await freePort());
  const file = `${folder}/arrived`;
  const fields = Object.entries(properties).map(
    ([name, property]) =>
      `property(outname="${name}" name="${property}" format="jsonf"${name === "time" ? ' dateFormat="rfc3339"' : ""})`,
  );
  const driver = tls ? 'StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.AuthMode="anon"' : "";
  const files = `defaultNetstreamDriverCAFile="${folder}/ca.pem" defaultNetstreamDriverCertFile="${folder}/cert.pem" defaultNetstreamDriverKeyFile="${folder}/key.pem"`;
  put(
    `${folder}/rsyslog.conf`,
    `global(workDirectory="${folder}" ${tls ? files : ""})
module(load="imtcp" ${driver})
template(name="fields" type="list" option.jsonf="on") { ${fields.join("\n")} }
ruleset(name="received") { action(type="omfile" file="${file}" template="fields") }
input(type="imtcp" address="127.0.0.1" port="${port}" ruleset="received")
`,
  );
  const service = serve("rsyslogd", ["-n", "-f", `${folder}/rsyslog.conf`, "-i", `${folder}/pid`], {});
  await listening(port, service);
  return { port, service, arrived: () => (existsSync(file) ? readFileSync(file, "utf8") : "") };
}

async function listening(port: number, { log }: Service): Promise<void> {
  let is = false;
  const ask = (): boolean => {
    const socket = connect(port, "127.0.0.1", () => {
      is = true;
      socket.destroy();
    }).on("error", () => undefined);
    return is;
  };
  await until("the receiver's port", ask, log);
}

export const syslogOf = ({ arrived }: Receiver): readonly Syslog[] =>
  arrived()
    .split("\n")
    .flatMap((line) => (line.endsWith("}") ? [JSON.parse(line)] : []));

/** With an OTLP receiver over HTTPS that has the files of `issue`, and all that arrived in its log. */
export async function collector(folder: string): Promise<Receiver> {
  const port = await freePort();
  const server = {
    endpoint: `127.0.0.1:${port}`,
    tls: { cert_file: `${folder}/cert.pem`, key_file: `${folder}/key.pem` },
  };
  put(
    `${folder}/otelcol.yaml`,
    JSON.stringify({
      receivers: { otlp: { protocols: { http: server } } },
      exporters: { debug: { verbosity: "detailed" } },
      service: {
        telemetry: { metrics: { level: "none" } },
        pipelines: { logs: { receivers: ["otlp"], exporters: ["debug"] } },
      },
    }),
  );
  const service = serve(goTool(collectorTool), [`--config=file:${folder}/otelcol.yaml`], {});
  await until("the collector", () => service.log().includes("Everything is ready"), service.log, 30);
  return { port, service, arrived: service.log };
}
