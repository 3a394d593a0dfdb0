import assert from "node:assert/strict";
import { library, remove, run } from "../machine/rig.ts";
import { everySecret, writtenSettings } from "../machine/written-settings.ts";
import { asked } from "./classes.ts";

describe("Ant Media Server's own classes", () => {
  const files = writtenSettings();
  after(() => remove(files.root));

  it("read each application's settings out of the file that a media machine writes", () => {
    const read = asked("application", files.application);
    const wanted = {
      clusterCommunicationKey: everySecret.clusterKey,
      stunServerURI: "stun:stun.example.cn:3478",
      s3RecordingEnabled: "true",
      s3BucketName: everySecret.recordingsBucket,
      s3RegionName: "ap-south-1",
      s3Endpoint: everySecret.recordingsEndpoint,
      s3AccessKey: everySecret.recordingsAccessKey,
      s3SecretKey: everySecret.recordingsSecretKey,
      s3Permission: everySecret.recordingsPermission,
    };
    assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((name) => [name, read.get(name)])), wanted);
  });

  it("read the server's settings out of the file that a media machine writes", () => {
    const read = asked("server", files.server);
    assert.equal(read.get("jwtServerControlEnabled"), "true");
    assert.equal(read.get("jwtServerSecretKey"), everySecret.jwtKey);
    assert.equal(read.get("licenceKey"), everySecret.licenceKey);
    assert.equal(read.get("proxyAddress"), "10.0.0.9:3128");
    assert.match(read.get("allowedDashboardCIDR") ?? "", /^127\.0\.0\.1\/8,/);
  });

  it("take the token that a node makes from the cluster's key, and none of another key", () => {
    const program = `import sys; sys.path.insert(0, "${library(files.root)}"); import rest; print(rest.token(sys.argv[1]))`;
    const token = (key: string): string => {
      const done = run("python3", ["-c", program, key], { AMS_CLUSTER_ROOT: files.root });
      assert.equal(done.status, 0, done.all);
      return done.out.trim();
    };
    const valid = (key: string): string | undefined => asked("token", everySecret.jwtKey, token(key)).get("valid");
    assert.equal(valid(everySecret.jwtKey), "true");
    assert.equal(valid(`${everySecret.jwtKey}x`), "false");
  });
});
