import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { admits } from "../cdn/admission.ts";
import type { State } from "./ams.ts";
import { listens, startProgram } from "./programs.ts";
import type { Store } from "./store.ts";

const folderOf = (root: string, address: string): string => join(root, "streams", address);

const server = (root: string, address: string, hooks: string): string => `  server {
    listen ${address}:1935;
    application live {
      live on;
      hls on;
      hls_path ${folderOf(root, address)};
      hls_fragment 1s;
      on_publish ${hooks}/${address}/begin;
      on_publish_done ${hooks}/${address}/end;
    }
  }
`;

export interface Origins {
  readonly folderOf: (address: string) => string;
  readonly close: () => Promise<void>;
}

interface OriginsOptions {
  readonly root: string;
  /** Each origin's address, with its way to the database. */
  readonly stores: ReadonlyMap<string, Store>;
  readonly hook: string;
  readonly state: State;
}

/** What an origin does about a publisher: HTTP's status is its answer. */
async function told({ stores, state }: OriginsOptions, path: string, fields: URLSearchParams): Promise<number> {
  const [, origin = "", event] = path.split("/");
  const name = fields.get("name") ?? "";
  const isAdmitted = state.originsTakeStreams && admits(state.streamKey, "publish", name, fields.get("token"));
  if (event === "begin" && !isAdmitted) return 403;
  if (event === "begin") await stores.get(origin)?.begin(origin, name);
  else await stores.get(origin)?.end(name);
  return 200;
}

/** Real RTMP ingest and HLS for each origin: one nginx with its RTMP module, which says who publishes. */
export async function startOrigins(options: OriginsOptions): Promise<Origins> {
  const { root, hook } = options;
  const addresses = [...options.stores.keys()];
  const hooks = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      told(options, request.url?.split("?")[0] ?? "", new URLSearchParams(body))
        .catch(() => 500)
        .then((status) => response.writeHead(status).end());
    });
  });
  await new Promise<void>((resolve) => hooks.listen(5099, hook, resolve));
  for (const address of addresses) mkdirSync(folderOf(root, address), { recursive: true });
  const lines = [
    "load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;",
    "daemon off;",
    "master_process off;",
    `pid ${root}/nginx.pid;`,
    `error_log ${root}/nginx.log error;`,
    "events { worker_connections 200; }",
    "rtmp {",
    ...addresses.map((address) => server(root, address, `http://${hook}:5099`)),
    "}",
  ];
  writeFileSync(join(root, "nginx.conf"), `${lines.join("\n")}\n`);
  const program = startProgram("nginx", ["-c", join(root, "nginx.conf"), "-e", join(root, "nginx.log")]);
  for (const address of addresses) await listens(program, address, 1935);
  return {
    folderOf: (address) => folderOf(root, address),
    close: async () => {
      await program.stop();
      hooks.closeAllConnections();
      await new Promise<void>((resolve) => hooks.close(() => resolve()));
    },
  };
}
