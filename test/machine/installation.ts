import { chmodSync, copyFileSync } from "node:fs";
import { put, standIn } from "./rig.ts";

export const container =
  '<beans>\n\t<bean id="valve.access" class="org.apache.catalina.valves.RemoteIpValve" />\n\t<bean id="other" />\n</beans>\n';

/** The stand-in of Ant Media Server, laid out as an installation of the real one. */
export function layOut(folder: string): void {
  put(
    `${folder}/conf/red5.properties`,
    "http.port=5080\nhttp.upgradeHttp2Protocol=true\nserver.allowed_dashboard_CIDR=0.0.0.0/0\nclusterdb.host=localhost\n",
  );
  put(`${folder}/conf/jee-container.xml`, container);
  put(`${folder}/conf/instanceId`, "the image's");
  for (const name of ["live", "root"]) {
    put(`${folder}/webapps/${name}/WEB-INF/red5-web.properties`, "db.type=mapdb\ndb.host=localhost\n");
  }
  put(`${folder}/antmedia.service`, `[Service]\nExecStart=/usr/bin/env python3 ${standIn}ams.py\n`);
  copyFileSync(`${standIn}change_server_mode.sh`, `${folder}/change_server_mode.sh`);
  chmodSync(`${folder}/change_server_mode.sh`, 0o755);
}
