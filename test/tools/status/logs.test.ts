import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { logReader } from "../../../tools/status/logs.ts";
import { cluster } from "../../support/cluster.ts";

describe("the log service, through the cloud's command line", () => {
  let directory: string;
  const { PATH = "" } = process.env;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "ams-logs-"));
    process.env["PATH"] = `${directory}${delimiter}${PATH}`;
  });
  afterEach(() => {
    process.env["PATH"] = PATH;
    rmSync(directory, { recursive: true, force: true });
  });

  /** A program that notes its words, a line for each call, and prints something. */
  function program(name: string, script: string): () => readonly string[] {
    const noted = join(directory, "words");
    writeFileSync(noted, "");
    writeFileSync(join(directory, name), `#!/bin/sh\necho "$@" >>${noted}\n${script}\n`);
    chmodSync(join(directory, name), 0o755);
    return () => readFileSync(noted, "utf8").trim().split("\n").sort();
  }

  it("is asked for reports and for readiness on AWS, in the cluster's own group", async () => {
    const words = program("aws", `echo '{"events": [{"logStreamName": "i-1", "timestamp": 5, "message": "a=b"}]}'`);
    const { lines, fault } = await logReader(undefined, cluster())();
    assert.deepEqual(
      [fault, lines?.map(({ machine, time }) => [machine, time])],
      [
        undefined,
        [
          ["i-1", 5],
          ["i-1", 5],
        ],
      ],
    );
    const place = "logs filter-log-events --region ap-south-1 --log-group-name /ams/ams-test --start-time";
    const [ready = "", reports = ""] = words();
    assert.match(ready, new RegExp(`^${place} \\d{13} --filter-pattern \\?"step=ready" .*\\?"step=applications" `));
    assert.match(reports, new RegExp(`^${place} \\d{13} --filter-pattern \\?"state=reports" --output json$`));
    const since = (text: string): number => Number(/--start-time (\d+)/.exec(text)?.[1]);
    assert.equal(since(reports) - since(ready), 27 * 60_000, "half an hour for a start, three minutes for reports");
  });

  it("is asked for one page after the other on Alibaba Cloud", async () => {
    const full = `{"meta": {}, "data": [${Array.from({ length: 100 }, () => '{"__source__": "i-1", "__time__": "5", "line": "a=b"}').join()}]}`;
    const words = program(
      "aliyun",
      `case "$*" in
        *GetCallerIdentity*) echo '{"AccountId": "1234"}' ;;
        *"query reports"*"--offset 0"*) echo '${full}' ;;
        *) echo '{"meta": {}, "data": []}' ;;
      esac`,
    );
    const { lines } = await logReader(undefined, cluster({ cloud: "alibaba" }))();
    assert.equal(lines?.length, 100);
    const asked = words().filter((each) => each.includes("query reports"));
    assert.equal(asked.length, 2);
    const span = "--from \\d{10} --to \\d{10} --line 100 --reverse true";
    for (const [page, each] of asked.entries())
      assert.match(
        each,
        new RegExp(`--project ams-test-logs-[a-z0-9-]+-1234 --logstore machines ${span} .* --offset ${page * 100}$`),
      );
  });

  it("is not asked at each look, where lines were saved, or without the stack's file", async () => {
    const words = program("aws", `echo '{"events": []}'`);
    const read = logReader(undefined, cluster());
    await read();
    await read();
    assert.deepEqual(
      [(await logReader([], cluster())()).lines, (await logReader(undefined, undefined)()).lines],
      [[], undefined],
    );
    assert.equal(words().length, 2);
  });

  it("that refuses, and a command line that is missing, are said in a line, and no lines are no report", async () => {
    program("aws", "echo 'Unable to locate credentials' >&2; exit 253");
    assert.deepEqual(await logReader(undefined, cluster())(), {
      lines: undefined,
      fault: "aws logs filter-log-events failed: Unable to locate credentials",
    });
    process.env["PATH"] = join(directory, "none");
    assert.match((await logReader(undefined, cluster())()).fault ?? "", /^aws is not on the PATH$/);
  });
});
