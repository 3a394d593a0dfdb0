import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { maxSetupBytes } from "../../config/checks/setup.ts";
import { parse } from "../../config/parse.ts";
import { archive, archives, userData } from "../../machine/index.ts";
import { bootSeconds, proxyBootSeconds } from "../../providers/shared/hooks.ts";
import { cluster } from "../support/cluster.ts";
import { assertOnlyFault, faultsOf } from "../support/faults.ts";
import { raw } from "../support/raw.ts";

describe("ams:machines.setup", () => {
  let directory = "";
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "setup-"));
    mkdirSync(join(directory, "folder.sh"));
  });
  after(() => rmSync(directory, { recursive: true }));

  const parsed = (content: string | Buffer, more: object = {}) => {
    writeFileSync(join(directory, "setup.sh"), content);
    return parse(raw({ machines: { setup: "setup.sh" }, ...more }, { directory }));
  };

  const refused: readonly (readonly [what: string, content: string | Buffer, fault: RegExp])[] = [
    [
      "without an interpreter",
      "echo hello\n",
      /"setup\.sh", whose first line does not specify an interpreter; .*printf '#!/,
    ],
    ["of a Windows editor", "#!/bin/sh\r\necho\r\n", /which has Windows line endings; .*tr -d '\\r' < setup\.sh/],
    [
      "that is too large",
      `#!/bin/sh\n${"#".repeat(maxSetupBytes)}`,
      /size is 65546 bytes; allowed: at most 65536 bytes/,
    ],
    [
      "that is no text",
      Buffer.from([0x23, 0x21, 0x2f, 0x62, 0xff]),
      /which is not UTF-8 text; allowed: a script encoded in UTF-8/,
    ],
    ["with a password", "#!/bin/sh\ncurl https://me:Secret1@example.com\n", /contains a private key or a password/],
    ["that is empty", "", /does not specify an interpreter/],
  ];
  for (const [what, content, fault] of refused)
    it(`refuses a script ${what}`, () => {
      const { faults } = parsed(content);
      assertOnlyFault(
        faultsOf(raw({ machines: { setup: "setup.sh" } }, { directory })),
        new RegExp(`^ams:machines\\.setup: .*${fault.source}`),
      );
      assert.ok(!JSON.stringify(faults).includes("Secret1"));
    });

  for (const setup of ["missing.sh", "folder.sh"])
    it(`refuses ${setup}, which is no file`, () => {
      assertOnlyFault(
        faultsOf(raw({ machines: { setup } }, { directory })),
        /^ams:machines\.setup: .*is not a file in .*pulumi config rm --path ams:machines\.setup/,
      );
    });

  for (const setup of ["../setup.sh", "/etc/passwd", "a/../../b", "./setup.sh", ""])
    it(`refuses the path ${JSON.stringify(setup)}`, () => {
      assertOnlyFault(
        faultsOf(raw({ machines: { setup } }, { directory })),
        /^ams:machines\.setup: .*a file path relative to the stack file's folder/,
      );
    });

  const script = "#!/bin/bash\n# a comment\n\n  echo 'gr\u00fc\u00df'";

  it("is in the agent of AMS machines and of proxies as it stands, and in no database's", () => {
    const { cluster: of } = parsed(script, { balancer: { kind: "nginx" } });
    assert.ok(of !== undefined);
    const kinds = [...archives(of)].map(([kind, { text }]) => {
      const lines = JSON.parse(text).files["/usr/local/lib/ams-cluster/operator-setup"];
      return [kind, lines?.join("\n")];
    });
    assert.deepEqual(kinds, [
      ["media", script],
      ["database", undefined],
      ["proxy", script],
    ]);
  });

  it("changes the machines' user data with each byte, and leaves a stack without it alone", () => {
    const [without, one, other] = [cluster(), parsed(script).cluster, parsed(`${script} `).cluster];
    assert.ok(one !== undefined && other !== undefined);
    assert.notEqual(userData(one, "edge"), userData(other, "edge"));
    assert.equal(userData(one, "database"), userData(without, "database"));
    for (const word of ["setup", "operator"]) assert.ok(!archive(without, "edge").text.includes(word), word);
  });

  it("gives machines its time before their health counts", () => {
    const { cluster: of } = parsed(script, { machines: { setup: "setup.sh", setupMinutes: 60 } });
    assert.ok(of !== undefined);
    assert.equal(bootSeconds(of) - bootSeconds(cluster()), 3600);
    assert.equal(proxyBootSeconds(of) - proxyBootSeconds(cluster()), 3600);
    // The longest that both clouds' hooks take is 7200 s (PutLifecycleHook, CreateLifecycleHook take more).
    const longest = parsed(script, { machines: { setup: "setup.sh", setupMinutes: 60 }, media: { startMinutes: 60 } });
    assert.ok(longest.cluster !== undefined && bootSeconds(longest.cluster) <= 7200);
  });
});
