import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkForm } from "../config/form.ts";
import { parse } from "../config/parse.ts";
import type { Cloud } from "../config/types.ts";
import { schema as alibaba } from "../providers/alibaba/schema.ts";
import { schema as aws } from "../providers/aws/schema.ts";
import { parseChange } from "../tools/stack-file/config-path.ts";
import { readStack } from "../tools/stack-file/read.ts";
import { clouds, root } from "./support/contract.ts";

const schemas = { aws, alibaba } as const;

const pages = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith(".md"),
);

interface Command {
  readonly page: string;
  readonly path: string;
  readonly value: string;
}

/** Words that stand for a reader's own value, and values that a shell makes. */
const isPlaceholder = (value: string): boolean => /^[A-Z_]+$|\.\.\.|^["$<-]|^VALUE/.test(value);

/** `pulumi config set`, `--config`: keys with the values that the documentation shows. */
const commands: readonly Command[] = pages.flatMap((page) => {
  const text = readFileSync(join(root, page), "utf8");
  const set = /pulumi config set (?:--path )?'?(ams:[\w.[\]]+)'? ([^\s`,;)]+)/g;
  const tried = /--config '?(?:ams:)?([a-z]\w*(?:\.\w+|\[\d+\])*)=([^\s`',;)]+)/g;
  return [
    ...[...text.matchAll(set)].map(([, path = "", value = ""]) => ({ page, path, value })),
    ...[...text.matchAll(tried)].map(([, path = "", value = ""]) => ({ page, path: `ams:${path}`, value })),
  ].filter(({ value }) => !isPlaceholder(value));
});

/** The faults that name the key itself; what else the change needs is said beside it. */
function faultsAt(cloud: Cloud, { path, value }: Command): readonly string[] {
  if (clouds.some((other) => other !== cloud && path.startsWith(`ams:${other}.`))) return ["the other cloud's"];
  const raw = readStack(root, cloud, [parseChange(`${path}=${value}`)]);
  const faults = path.startsWith(`ams:${cloud}.`)
    ? checkForm<unknown>(cloud, schemas[cloud], raw.values[cloud]).faults
    : parse(raw).faults;
  return faults.filter((fault) => fault.path === path).map(({ got, allowed }) => `${got}, allowed: ${allowed}`);
}

describe("The documentation's commands", () => {
  it("are found", () => {
    assert.ok(commands.length > 50, `${commands.length} commands`);
  });

  it("set what the program takes, on both clouds or on the one that they are for", () => {
    const refused = commands
      .map((command) => ({ ...command, faults: clouds.map((cloud) => faultsAt(cloud, command)) }))
      .filter(({ faults }) => faults.every((found) => found.length > 0));
    assert.deepEqual(refused, []);
  });
});
