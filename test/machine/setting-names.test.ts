import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { amsSettings, isIn } from "../../model/ams-settings.ts";
import { oldestVersion } from "../../model/check-media.ts";
import { cluster } from "../support/cluster.ts";
import { library, put, remove, run, unpack } from "./rig.ts";

/** Every secret that a media machine may have. */
const secret = {
  jwtKey: "j",
  licenceKey: "l",
  clusterKey: "c",
  recordingsBucket: "b",
  recordingsEndpoint: "e",
  recordingsAccessKey: "a",
  recordingsSecretKey: "s",
  recordingsPermission: "private",
};

describe("The settings that a media machine writes", () => {
  const root = unpack(
    "origin",
    cluster({ media: { proxy: "10.0.0.9:3128", stunServer: "stun:stun.example.cn:3478" } }),
  );
  after(() => remove(root));
  const ams = `${root}/usr/local/antmedia`;
  const files = {
    server: `${ams}/conf/red5.properties`,
    application: `${ams}/webapps/live/WEB-INF/red5-web.properties`,
  };
  put(files.server, "");
  put(files.application, "");
  put(`${ams}/conf/jee-container.xml`, "<beans/>");

  const program = `
import json, sys
sys.path.insert(0, "${library(root)}")
import cloud, common, server
cloud.identity = lambda: ("aws", "ap-south-1")
server.settings({**common.facts(), "secret": json.loads(sys.stdin.read()), "address": "10.0.0.4"})
`;

  it("have names that AMS reads in every release that is supported: bare ones, since 3.0.0 reads no others", () => {
    const done = run("python3", ["-c", program], { AMS_CLUSTER_ROOT: root }, JSON.stringify(secret));
    assert.equal(done.status, 0, done.all);
    const { settings, newestRelease } = amsSettings();
    for (const scope of ["server", "application"] as const) {
      const written = readFileSync(files[scope], "utf8").trim().split("\n");
      const names = written.filter((line) => !line.startsWith("#")).map((line) => line.split("=")[0]);
      assert.ok(names.length >= (scope === "server" ? 5 : 9), `${names}`);
      const read = settings.filter(
        (one) => one.scope === scope && [oldestVersion, newestRelease].every((release) => isIn(one, release)),
      );
      assert.deepEqual(
        names.filter((name) => !read.some((one) => one.name === name)),
        [],
        scope,
      );
    }
  });
});
