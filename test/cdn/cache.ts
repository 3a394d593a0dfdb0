import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { loopback } from "../support/loopback.ts";
import type { EdgeRules } from "./rules.ts";

/** Recorded rules in a real Nginx's cache, on loopback. */

export const host = `${loopback}.90.1`;

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host, () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });

function configuration(
  root: string,
  { rules, errorSeconds, headers, sent, parameters }: EdgeRules,
  port: number,
  origin: number,
): string {
  const added = Object.entries(headers).map(([name, value]) => `add_header ${name} "${value}" always;`);
  const query = parameters.map((name) => `${name}=$arg_${name}`).join("&");
  const locations = rules.map(({ pattern, seconds }) => {
    const path = pattern === "" ? "/" : `~ "${pattern}"`;
    if (seconds === undefined) return `location ${path} { return 403; }`;
    return `location ${path} {
      proxy_cache edge;
      proxy_cache_key $uri;
      proxy_cache_valid 200 ${seconds}s;
      proxy_cache_valid any ${errorSeconds}s;
      # One request for all who ask at once, as CDNs do it, however busy this machine is: of what is not there yet, and of
      # what has ended, which Nginx gives to the others meanwhile.
      proxy_cache_lock on;
      proxy_cache_lock_timeout 60s;
      proxy_cache_lock_age 60s;
      proxy_cache_use_stale updating;
      proxy_ignore_headers Cache-Control Expires Set-Cookie Vary;
      proxy_hide_header Set-Cookie;
      proxy_hide_header Access-Control-Allow-Origin;
      ${sent.map((name) => `proxy_set_header ${name} secret;`).join(" ")}
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_pass http://origin$uri${query === "" ? "" : `?${query}`};
    }`;
  });
  return `${process.getuid?.() === 0 ? "user root;" : ""}
worker_processes 1;
pid ${root}/nginx.pid;
error_log ${root}/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path ${root}/body;
  proxy_temp_path ${root}/proxy;
  fastcgi_temp_path ${root}/fastcgi;
  uwsgi_temp_path ${root}/uwsgi;
  scgi_temp_path ${root}/scgi;
  proxy_cache_path ${root}/cache keys_zone=edge:1m;
  upstream origin { server ${host}:${origin}; keepalive 8; }
  server {
    listen ${host}:${port};
    ${added.join("\n    ")}
    ${locations.join("\n    ")}
  }
}
`;
}

export interface Cache {
  readonly close: () => Promise<void>;
}

export async function startCache(rules: EdgeRules, port: number, origin: number): Promise<Cache> {
  const root = mkdtempSync(join(tmpdir(), "ams-cdn-"));
  mkdirSync(join(root, "cache"));
  writeFileSync(join(root, "nginx.conf"), configuration(root, rules, port, origin));
  const words = ["-p", root, "-c", join(root, "nginx.conf"), "-g", "daemon off;"];
  const nginx = spawn("nginx", words, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  nginx.stderr.on("data", (part: Buffer) => (said += part.toString()));
  const ended = new Promise<void>((resolve) => nginx.once("exit", () => resolve()));
  while (!(await isOpen(port))) {
    if (nginx.exitCode !== null) throw new Error(said);
    await wait(50);
  }
  return {
    close: async () => {
      nginx.kill("SIGTERM");
      await ended;
      rmSync(root, { recursive: true, force: true });
    },
  };
}
