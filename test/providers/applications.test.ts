import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Secret, Unknown } from "../../recording/record.ts";
import { render as renderAlibaba } from "../support/alibaba.ts";
import { render as renderAws } from "../support/aws.ts";
import { clouds } from "../support/contract.ts";
import { Recorded } from "../support/read/recorded.ts";

const render = {
  aws: (values: object) => renderAws({ ...values }),
  alibaba: async (values: object) => new Recorded(await renderAlibaba({ ...values })),
} as const;

const objectType = { aws: "aws:s3/bucketObjectv2:BucketObjectv2", alibaba: "alicloud:oss/bucketObject:BucketObject" };
const secretType = {
  aws: "aws:secretsmanager/secretVersion:SecretVersion",
  alibaba: "alicloud:oos/secretParameter:SecretParameter",
};
const secretField = { aws: "secretString", alibaba: "value" };

const live = { applications: { live: { publish: "jwt", hls: false }, open: { publish: "open" } } };

for (const cloud of clouds) {
  const objectsOf = async (values: object) => {
    const recorded = await render[cloud](values);
    const files = recorded.ofType(objectType[cloud]);
    const find = (end: string) => files.find(({ name }) => name.endsWith(end))?.inputs ?? assert.fail(`no ${end}`);
    return { recorded, document: find("-agent-applications"), pointer: find("-agent-applications-pointer") };
  };

  describe(`Applications on ${cloud}`, () => {
    it("are an object of their own for each content, which its own digest names, and a pointer at a fixed key", async () => {
      const { document, pointer, recorded } = await objectsOf(live);
      const text = String(document["content"]);
      const sha256 = createHash("sha256").update(text).digest("hex");
      assert.equal(document["key"], `applications/${sha256}.json`);
      assert.equal(pointer["key"], "applications/current.json");
      const [version] = recorded.ofType("random:index/randomUuid7:RandomUuid7");
      assert.deepEqual(version?.inputs["keepers"], { sha256 });
      assert.equal(JSON.parse(text).applications.live.settings.hlsMuxingEnabled, false);
    });

    it("change no machine: with another setting the document and what names it are all that differs", async () => {
      const [one, other] = await Promise.all(
        [live, { applications: { ...live.applications, live: { publish: "jwt", hls: true } } }].map(render[cloud]),
      );
      const textsOf = (recorded: Recorded | undefined) =>
        new Map(recorded?.resources.map(({ urn, inputs }) => [urn.split("::").at(-1) ?? "", JSON.stringify(inputs)]));
      const [before, after] = [textsOf(one), textsOf(other)];
      assert.deepEqual([...before.keys()], [...after.keys()]);
      const changed = [...before.keys()].filter((name) => before.get(name) !== after.get(name));
      assert.ok(changed.length > 0);
      assert.deepEqual(
        changed.filter((name) => !name.includes("-agent-applications")),
        [],
      );
    });

    it("are there, and say nothing, in a stack that names none", async () => {
      const { document } = await objectsOf({});
      assert.equal(JSON.parse(String(document["content"])).mode, "off");
    });

    it("have their keys in the media machines' secret, and nowhere in the document", async () => {
      const { recorded, document } = await objectsOf(live);
      const secret = recorded.ofType(secretType[cloud]).find(({ name }) => name.endsWith("-secrets-media"));
      const value = secret?.inputs[secretField[cloud]];
      assert.ok(value instanceof Secret);
      const text = value.reveal();
      assert.ok(text instanceof Unknown);
      const { applications } = JSON.parse(text.text ?? "");
      // Each name stands for what the generator makes.
      assert.match(
        JSON.stringify(applications),
        /^{"live":{"jwtStreamSecretKey":"{[a-z-]+-secrets-application-live\.result}"}}$/,
      );
      assert.doesNotMatch(JSON.stringify(document), /secrets-application/);
    });
  });
}
