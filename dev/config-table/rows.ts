import { usualKinds } from "../../config/parse.ts";
import { secretForms } from "../../config/secret.ts";
import { absentOf, type SectionName, sectionNames, sections } from "../../config/sections/index.ts";
import { secretKeys } from "../../model/cluster.ts";
import { schema as alibaba } from "../../providers/alibaba/schema.ts";
import { schema as aws } from "../../providers/aws/schema.ts";
import { type Key, keysOf } from "./keys.ts";

/** A line of the table of all configuration keys. */
export interface Row extends Omit<Key, "steps" | "choices"> {
  /** As a person types it: `ams:origin.max`. */
  readonly path: string;
}

export interface Section {
  readonly name: string;
  readonly description: string;
  readonly rows: readonly Row[];
}

const cloudBlocks = { aws, alibaba } as const;

/** Every section of the configuration, in the schema's order, then the clouds' own blocks and the secrets. */
export function readSections(): readonly Section[] {
  const neutral = sectionNames.map((name) => ({
    name,
    description: sections[name].meta()?.description ?? "",
    rows: keysOf(sections[name], absentOf(name)).map((key) => rowOf(name, withUsualKind(name, key))),
  }));
  const own = (["aws", "alibaba"] as const).map((name) => ({
    name,
    description: cloudBlocks[name].meta()?.description ?? "",
    rows: keysOf(cloudBlocks[name]).map((key) => rowOf(name, key)),
  }));
  return [...neutral, ...own, secrets];
}

const secrets: Section = {
  name: "secrets",
  description:
    "Encrypted values. Set them with `pulumi config set --secret ams:KEY`. The program rejects secrets in plain text.",
  rows: secretKeys.map((key) => {
    const { allowed, description, source = "none" } = secretForms[key];
    return { path: `ams:${key}`, kinds: [], allowed, required: false, group: false, description, source };
  }),
};

const rowOf = (section: string, { steps, choices: _, ...key }: Key): Row => ({
  ...key,
  path: `ams:${[section, ...steps].join(".").replace(".[", "[")}`,
});

function withUsualKind(section: SectionName, key: Key): Key {
  const usual = usualKinds[section];
  return usual === undefined || key.steps.join(".") !== "kind" ? key : { ...key, default: usual, required: false };
}
