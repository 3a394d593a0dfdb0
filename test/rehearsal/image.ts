import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { put, standIn } from "../machine/rig.ts";

/** The vendor's unit, as far as it decides when and how the server starts. */
const vendorUnit = `[Unit]
Description=Ant Media Server
After=syslog.target network.target

[Service]
ExecStart=/usr/bin/python3 /opt/stand-in/ams.py
Restart=on-failure
RestartSec=5s
SuccessExitStatus=143

[Install]
WantedBy=multi-user.target
`;

/** What AMS's stand-in and the vendor's script have done, a line each: where the machine's units may write. */
export const eventsPath = "/usr/local/antmedia/events";

/** What makes the stand-in of AMS a server of this site. */
export const environment = [
  "AMS_CLUSTER_ROOT=",
  "AMS_API_URL=http://169.254.169.254",
  "AMS_URL=http://127.0.0.1:5080",
  "AMS_TEST_LISTEN=0.0.0.0",
  "AMS_TEST_STORE=mongodb",
  `AMS_TEST_EVENTS=${eventsPath}`,
  "AMS_TEST_MONGO=/var/lib/mongodb/mongo.json",
].join(" ");

/** What a marketplace image has: AMS enabled, standalone. */
export function putAms(root: string): void {
  const ams = `${root}/usr/local/antmedia`;
  const server = "http.port=5080\nserver.allowed_dashboard_CIDR=0.0.0.0/0\nclusterdb.host=localhost\n";
  put(`${ams}/conf/red5.properties`, server);
  const valve = '<bean class="org.apache.catalina.valves.RemoteIpValve" />';
  put(`${ams}/conf/jee-container.xml`, `<beans>${valve}</beans>\n`);
  put(`${ams}/conf/instanceId`, "the image's");
  for (const name of ["live", "root"]) {
    put(`${ams}/webapps/${name}/WEB-INF/red5-web.properties`, "db.type=mapdb\ndb.host=localhost\n");
  }
  copyFileSync(`${standIn}change_server_mode.sh`, `${ams}/change_server_mode.sh`);
  chmodSync(`${ams}/change_server_mode.sh`, 0o755);
  mkdirSync(`${root}/opt/stand-in`, { recursive: true });
  for (const name of readdirSync(standIn).filter((name) => /^ams.*\.py$/.test(name)))
    copyFileSync(`${standIn}${name}`, `${root}/opt/stand-in/${name}`);
  put(`${root}/etc/systemd/system/antmedia.service`, vendorUnit);
  const wanted = `${root}/etc/systemd/system/multi-user.target.wants/antmedia.service`;
  symlinkSync("/etc/systemd/system/antmedia.service", wanted);
}

/** What a database machine's image has after its packages; server and shell are stand-ins. */
export function putMongo(root: string): void {
  put(`${root}/usr/bin/mongod`, "#!/bin/sh\nexec sleep infinity\n");
  copyFileSync(`${standIn}mongosh.mjs`, `${root}/usr/bin/mongosh`);
  for (const name of ["mongod", "mongosh"]) chmodSync(`${root}/usr/bin/${name}`, 0o755);
  const unit = "[Service]\nUser=mongodb\nExecStart=/usr/bin/mongod\n[Install]\nWantedBy=multi-user.target\n";
  put(`${root}/lib/systemd/system/mongod.service`, unit);
  const users = readFileSync(`${root}/etc/passwd`, "utf8");
  put(`${root}/etc/passwd`, `${users}mongodb:x:998:998::/var/lib/mongodb:/usr/sbin/nologin\n`);
  put(`${root}/etc/group`, `${readFileSync(`${root}/etc/group`, "utf8")}mongodb:x:998:\n`);
}
