import assert from "node:assert/strict";
import { chmodSync, readFileSync } from "node:fs";
import { startCloud } from "./cloud.ts";
import { python } from "./python.ts";
import { put, remove, tells, unpack } from "./rig.ts";
import { closeAll, node, password, secretOf, site } from "./site.ts";

/** No line may show this much of a password. */
function assertHidden(text: string, secret = password): void {
  for (let at = 0; at + 6 <= secret.length; at += 1) {
    const part = secret.slice(at, at + 6);
    assert.ok(!text.includes(part), `${part} of a password is in: ${text}`);
  }
}

describe("a failed command's output", () => {
  afterEach(closeAll);

  it("shows no half of a secret where it is cut", async () => {
    const at = await site();
    await at.databaseUp();
    const one = await node(at);
    // The last 400 characters begin in the middle of the password.
    const rest = at.url.length - at.url.indexOf(password) - 8;
    put(`${one.ams}/change_server_mode.sh`, `#!/bin/sh\nprintf '%s%0${400 - rest}d' "$2" 0\nexit 3\n`);
    chmodSync(`${one.ams}/change_server_mode.sh`, 0o755);
    const main = one.start();
    await tells(main, /step=mode state=failed .*ended with 3/);
    assertHidden(main.log());
    assertHidden(readFileSync(`${one.root}/run/ams-cluster/status`, "utf8"));
    assertHidden([...at.cloud.logs.values()].flat().join("\n"));
  });
});

describe("a secret that a machine has read", () => {
  const hard = 'pass/word+"quoted"&=:\\end';
  const url = `mongodb://ams:${encodeURIComponent(hard)}@db1:27017/?tls=true&x=1`;
  const key = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEG\n-----END PRIVATE KEY-----\n";
  /** Reads the secret, then fails in each way that a program has, with a secret in some form. */
  const program = `
import cloud, common, html, json, sys, transport, urllib.parse
cloud.secret("ams-test-media-1")
hard, url = sys.argv[1:]
forms = [hard, url, urllib.parse.quote(hard, safe=""), urllib.parse.quote_plus(hard), json.dumps(hard), html.escape(hard)]
forms += [url.replace(":", "\\\\:").replace("=", "\\\\="), "MIGHAgEAMBMGByqGSM49AgEG"]
for form in forms:
    common.log("step", "failed", reason=form)
    common.say("output " + form)
    for length in range(400 - len(form), 400):
        try:
            common.command("sh", "-c", 'printf "%s%0' + str(length) + 'd" "$0" 0; exit 1', form)
        except RuntimeError as error:
            sys.stdout.write(str(error)[:60] + "\\n")
            break
cloud.tell("what a log service gets: " + common.masked(hard))
raise ValueError("uncaught " + url)
`;

  it("is in no output, error, trace or line of the log, in whatever form others write it", async () => {
    const root = unpack("origin");
    const cloud = await startCloud("aws", "ap-south-1");
    const known = { ...secretOf(url), panelPassword: hard, databaseKey: key, recordingsBucket: "recordings-of-mine" };
    cloud.secrets.set("aws:ams-test-media-1", JSON.stringify(known));
    const env = { AMS_METADATA_URL: cloud.url, AMS_API_URL: cloud.url };
    const text = await python(root, program, [hard, url], env);
    const said = text + [...cloud.logs.values()].flat().join("\n");
    await cloud.close();
    remove(root);
    assert.match(text, /ValueError: uncaught \*\*\*/);
    for (const part of ["pass/word", "pass%2Fword", "quoted", "MIGHAgEAMBMG", "db1:27017"])
      assert.ok(!said.includes(part), `${part} is in: ${said}`);
  });

  it("is masked by its value alone: names of places stay readable", async () => {
    const root = unpack("origin");
    const text = await python(
      root,
      `import cloud, common; cloud.kept('{"recordingsBucket": "recordings-of-mine", "licenceKey": "short"}'); common.say("recordings-of-mine short")`,
    );
    remove(root);
    assert.equal(text, "recordings-of-mine short\n");
  });
});
