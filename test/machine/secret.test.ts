import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cluster } from "../support/cluster.ts";
import { type Cloud, type Kind, startCloud } from "./cloud.ts";
import { python } from "./python.ts";
import { library, remove, run, unpack } from "./rig.ts";

/** Asks for a secret with the machine's own program, as a process of its own. */
function ask(root: string, cloud: Cloud, name = "ams-test-media-1"): Promise<{ status: number | null; text: string }> {
  const program = "import cloud, json, sys; print(json.dumps(cloud.secret(sys.argv[1])))";
  const env = { ...process.env, AMS_CLUSTER_ROOT: root, AMS_METADATA_URL: cloud.url, AMS_API_URL: cloud.url };
  const child = spawn("python3", ["-W", "error", "-c", program, name], { env, cwd: library(root) });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (text += part.toString()));
  return new Promise((resolve) => child.once("close", (status) => resolve({ status, text })));
}

describe("the secret of a machine", () => {
  const open: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  async function rig(kind: Kind, region: string): Promise<{ root: string; cloud: Cloud }> {
    const root = unpack("origin", cluster({ cloud: kind }));
    const cloud = await startCloud(kind, region);
    open.push(
      () => remove(root),
      () => cloud.close(),
    );
    return { root, cloud };
  }

  it("comes from AWS Secrets Manager, with the instance's role and a valid signature", async () => {
    const { root, cloud } = await rig("aws", "ap-south-1");
    cloud.secrets.set("aws:ams-test-media-1", '{"jwtKey":"k"}');
    assert.deepEqual(await ask(root, cloud), { status: 0, text: '{"jwtKey": "k"}\n' });
    assert.deepEqual(cloud.calls, ["secretsmanager.GetSecretValue"]);
  });

  it("comes from Alibaba's OOS, with the region from the metadata server", async () => {
    const { root, cloud } = await rig("alibaba", "eu-central-1");
    cloud.secrets.set("oos:ams-test-media-1", '{"jwtKey":"k ~*()\'!"}');
    assert.deepEqual(await ask(root, cloud), { status: 0, text: '{"jwtKey": "k ~*()\'!"}\n' });
    assert.deepEqual(cloud.calls, ["GetSecretParameter 2019-06-01 eu-central-1"]);
  });

  it("comes from Alibaba's KMS when OOS has none", async () => {
    const { root, cloud } = await rig("alibaba", "eu-central-1");
    cloud.secrets.set("kms:ams-test-media-1", '{"jwtKey":"k"}');
    assert.deepEqual(await ask(root, cloud), { status: 0, text: '{"jwtKey": "k"}\n' });
    assert.deepEqual(cloud.calls.at(-1), "GetSecretValue 2016-01-20 eu-central-1");
  });

  it("tells what each store answered when neither has it", async () => {
    const { root, cloud } = await rig("alibaba", "eu-central-1");
    const { status, text } = await ask(root, cloud);
    assert.notEqual(status, 0);
    assert.match(text, /OOS: HTTP 404 .*EntityNotExists.*KMS: HTTP 404/s);
  });

  it("comes from the service of the machine's own partition of AWS", async () => {
    const { root, cloud } = await rig("aws", "us-isob-east-1");
    cloud.metadata.set("services/domain", "sc2s.sgov.gov");
    const program = "import api; print(api.endpoint('secretsmanager'))";
    const text = await python(root, program, [], { AMS_METADATA_URL: cloud.url });
    assert.equal(text, "https://secretsmanager.us-isob-east-1.sc2s.sgov.gov\n");
  });

  it("says which host refused and why", async () => {
    const { root, cloud } = await rig("aws", "ap-south-1");
    cloud.metadata.set("placement/region", "eu-west-1");
    cloud.secrets.set("aws:ams-test-media-1", "{}");
    const { status, text } = await ask(root, cloud);
    assert.notEqual(status, 0);
    assert.match(text, /HTTP 403 from 127\.0\.0\.1:\d+: credential .*eu-west-1/);
  });
});

describe("signatures", () => {
  const evaluate = (of: Kind, module: string, expression: string): string => {
    const folder = new URL("../../machine/agent/", import.meta.url).pathname;
    const env = { PYTHONPATH: `${folder}core:${folder}clouds/${of}`, PYTHONDONTWRITEBYTECODE: "1" };
    const done = run("python3", ["-W", "error", "-c", `import ${module}; print(${module}.${expression})`], env);
    assert.equal(done.status, 0, done.all);
    return done.out.trim();
  };

  it("of version 4 are those of AWS's own test suite (post-vanilla)", () => {
    const keys = '{"AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}';
    const headers = '{"host": "example.amazonaws.com", "x-amz-date": "20150830T123600Z"}';
    assert.equal(
      evaluate(
        "aws",
        "bucket",
        `signature(${keys}, "us-east-1", "service", "POST", "/", ${headers}, bucket.sha256(""))`,
      ),
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, " +
        "SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    );
  });

  it("of Alibaba's RPC style are that of its documentation (DescribeRegions, GET)", () => {
    const parameters = {
      Timestamp: "2016-02-23T12:46:24Z",
      Format: "XML",
      AccessKeyId: "testid",
      Action: "DescribeRegions",
      SignatureMethod: "HMAC-SHA1",
      SignatureNonce: "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
      Version: "2014-05-26",
      SignatureVersion: "1.0",
    };
    const all = JSON.stringify(parameters);
    assert.equal(evaluate("alibaba", "api", `signature("testsecret", ${all}, "GET")`), "OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
  });
});
