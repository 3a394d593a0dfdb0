import assert from "node:assert/strict";
import { cluster } from "../support/cluster.ts";
import { library, put, run, unpack } from "./rig.ts";

/** Every secret that a media machine may have. */
export const everySecret = {
  jwtKey: "jwtKey0123456789012345678901234567890123456789",
  licenceKey: "licence-1",
  clusterKey: "clusterKey0123456789012345678901",
  recordingsBucket: "live-recordings",
  recordingsEndpoint: "https://s3.oss-eu-central-1-internal.aliyuncs.com",
  recordingsAccessKey: "LTAI",
  recordingsSecretKey: "a+b/c=\\d",
  recordingsPermission: "private",
};

export interface WrittenSettings {
  /** To be removed by the caller. */
  readonly root: string;
  readonly server: string;
  readonly application: string;
}

/** The two files of an Ant Media Server as a media machine leaves them. */
export function writtenSettings(): WrittenSettings {
  const media = { proxy: "10.0.0.9:3128", stunServer: "stun:stun.example.cn:3478" };
  const root = unpack("origin", cluster({ media }));
  const ams = `${root}/usr/local/antmedia`;
  const server = `${ams}/conf/red5.properties`;
  const application = `${ams}/webapps/live/WEB-INF/red5-web.properties`;
  put(server, "");
  put(application, "");
  const valve = '<bean id="valve.access" class="org.apache.catalina.valves.RemoteIpValve" />';
  put(`${ams}/conf/jee-container.xml`, `<beans>${valve}</beans>`);
  const program = `
import json, sys
sys.path.insert(0, "${library(root)}")
import api, common, server
api.region = lambda: "ap-south-1"
server.settings({**common.facts(), "secret": json.loads(sys.stdin.read()), "address": "10.0.0.4"})
`;
  const done = run("python3", ["-c", program], { AMS_CLUSTER_ROOT: root }, JSON.stringify(everySecret));
  assert.equal(done.status, 0, done.all);
  return { root, server, application };
}
