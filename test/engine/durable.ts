import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { StackUnderTest } from "../support/stack.ts";

const keys = {
  aws: "arn:aws:kms:ap-south-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
  alibaba: "key-gww8123456789abcdefgh",
} as const;

const protectedText =
  /resource "(urn:[^"]+)"\s+(?:as it is currently marked for protection|cannot be deleted\s+because it is protected)/g;

/** Each change that would make another one of what can't be made again, with what the engine has to name. */
const changes = (
  name: "aws" | "alibaba",
): readonly (readonly [what: string, key: string, value: string, on: RegExp])[] => [
  // ECS moves a machine to another vSwitch in place, so that on Alibaba Cloud the network's own refusal is what stops it.
  ...(name === "aws"
    ? [["another range for the network", "ams:network.cidr", "10.77.0.0/16", /database/] as const]
    : []),
  ["another first zone", "ams:network.zones[0]", "d", /database/],
  ["another name", "ams:name", "ams-other", /database/],
  ["another generation", "ams:generation", "2", /secrets-media/],
  ["another key", "ams:encryption.keyId", keys[name], /database-data/],
  ["no database", "ams:mode", "standalone", /database/],
];

/** What a commit waits for: a change of every resource, and one that takes the database away. The night tries the others. */
export const atEachCommit = ["another name", "no database"];

/** The preview refuses each of the changes while the stack is protected, and leaves the stack file as it was. */
export function refusesLosses(
  name: "aws" | "alibaba",
  stack: () => StackUnderTest,
  isTried = (_what: string): boolean => true,
): void {
  for (const [what, key, value, on] of changes(name).filter(([what]) => isTried(what))) {
    it(`is protected: the preview refuses ${what}, and says of what`, async () => {
      const file = stack().file(`Pulumi.${name}.yaml`);
      const good = readFileSync(file, "utf8");
      stack().set(key, value);
      const run = await stack().preview();
      writeFileSync(file, good);
      assert.notEqual(run.code, 0, run.text);
      const refused = [...run.text.matchAll(protectedText)];
      const named = refused.map(([, urn = ""]) => urn.split("::").at(-1) ?? "");
      assert.ok(
        named.some((one) => on.test(one)),
        run.text.slice(-3000),
      );
    });
  }
}
