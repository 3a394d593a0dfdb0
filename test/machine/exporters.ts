import { readFileSync, writeFileSync } from "node:fs";
import { library, type Service, serve, until } from "./rig.ts";
import { freePort } from "./site.ts";

export interface RunningExporter {
  readonly port: number;
  readonly service: Service;
}

/** The exporter of a machine's directory, on a free port of the loopback address. */
export async function startExporter(root: string): Promise<RunningExporter> {
  const path = `${root}/etc/ams-cluster/exporter.json`;
  const port = await freePort();
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), port }));
  const env = { AMS_CLUSTER_ROOT: root, AMS_ADDRESS: "127.0.0.1" };
  const service = serve("python3", ["-W", "error", `${library(root)}/exporter.py`], env);
  await until("the exporter's address", () => service.log().includes("metrics are at"), service.log);
  return { port, service };
}
