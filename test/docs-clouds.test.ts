import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../config/fault.ts";
import type { Cloud } from "../config/types.ts";
import { record } from "../recording/record.ts";
import { parseChange } from "../tools/stack-file/config-path.ts";
import { readStack } from "../tools/stack-file/read.ts";
import { clouds, root } from "./support/contract.ts";

const text = readFileSync(join(root, "docs/clouds.md"), "utf8");

interface Claim {
  readonly what: string;
  readonly cloud: Cloud;
  readonly refused: boolean;
  readonly changes: readonly string[];
  /** The key that a fault has to name. */
  readonly path: string;
}

/** `rejected on alibaba: `a=1` `b=2``: the last change's key is rejected, or the one after `at`. */
const claims: readonly Claim[] = text.split("\n").flatMap((line) => {
  const [, what = ""] = line.split("|").map((cell) => cell.trim());
  return [...line.matchAll(/(rejected|accepted) on (aws|alibaba): ((?:`[^`]+` ?)+)(?:, at `([^`]+)`)?/g)].map(
    ([, verb, cloud, typed = "", at]) => {
      const changes = [...typed.matchAll(/`([^`]+)`/g)].map(([, change = ""]) => change);
      const last = changes.at(-1)?.split("=")[0] ?? "";
      const found = clouds.find((name) => name === cloud) ?? "aws";
      return { what, cloud: found, refused: verb === "rejected", changes, path: at ?? `ams:${last}` };
    },
  );
});

async function faultsOf({ cloud, changes }: Claim): Promise<readonly string[]> {
  try {
    await record(readStack(root, cloud, changes.map(parseChange)));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(({ path }) => path);
    throw error;
  }
}

describe("docs/clouds.md", () => {
  it("makes claims that can be tried", () => {
    assert.ok(claims.filter(({ refused }) => refused).length >= 12);
    assert.ok(claims.filter(({ refused }) => !refused).length >= 6);
  });

  for (const claim of claims) {
    const { what, cloud, refused, path } = claim;
    it(`is right that ${cloud} ${refused ? `rejects ${path}` : "accepts it"}: ${what}`, async () => {
      const faults = await faultsOf(claim);
      if (refused) assert.ok(faults.includes(path), `faults at ${faults.join(", ") || "no key"}`);
      else assert.deepEqual(faults, []);
    });
  }

  it("names only files that there are", () => {
    const files = [...text.matchAll(/`((?:model|machine|providers|tools|test)\/[^`\s]+|Pulumi\.\w+\.yaml)`/g)];
    assert.ok(files.length > 40, `${files.length} files`);
    assert.deepEqual(
      files.map(([, file = ""]) => file).filter((file) => !existsSync(join(root, file))),
      [],
    );
  });
});
