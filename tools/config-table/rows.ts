import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseYaml } from "yaml";
import * as z from "zod";
import { secretKeys } from "../../model/cluster.ts";
import { usualKinds } from "../../model/parse.ts";
import { absentOf, type SectionName, sectionNames, sections } from "../../model/schema.ts";
import { schema as alibaba } from "../../providers/alibaba/settings.ts";
import { schema as aws } from "../../providers/aws/settings.ts";
import { type Comment, type Root, readComments } from "./comments.ts";
import { type Key, keysOf } from "./keys.ts";
import { secretForm, secretMeanings } from "./secrets.ts";

/** A line of the table of all configuration keys. */
export interface Row {
  /** As a person types it: `ams:origin.max`. */
  readonly path: string;
  readonly kinds: readonly string[];
  readonly allowed: string;
  readonly required: boolean;
  readonly default?: unknown;
  readonly group: boolean;
  readonly comment: Comment;
}

export interface Section {
  readonly name: string;
  /** From `Pulumi.yaml`. */
  readonly description: string;
  readonly rows: readonly Row[];
}

const cluster: Root = { file: "model/cluster.ts", type: "Cluster" };
const blocks = {
  aws: { root: { file: "providers/aws/settings.ts", type: "Settings" }, schema: aws },
  alibaba: { root: { file: "providers/alibaba/settings.ts", type: "Settings" }, schema: alibaba },
} as const;

/** Every section of the configuration, in the schema's order, then the clouds' own blocks and the secrets. */
export function readSections(project: string): readonly Section[] {
  const describe = readDescriptions(project);
  const comment = readComments(project, [cluster, blocks.aws.root, blocks.alibaba.root]);
  const neutral = sectionNames.map((name) => ({
    name,
    description: describe(name),
    rows: keysOf(sections[name], absentOf(name)).map((key) => ({
      ...rowOf(name, withUsualKind(name, key)),
      comment: sectionComment(comment(cluster, [name, ...key.steps], kindsOf(key)), key, describe(name)),
    })),
  }));
  const own = (["aws", "alibaba"] as const).map((name) => ({
    name,
    description: describe(name),
    rows: keysOf(blocks[name].schema).map((key) => ({
      ...rowOf(name, key),
      comment: comment(blocks[name].root, key.steps, kindsOf(key)),
    })),
  }));
  return [...neutral, ...own, secrets];
}

const kindsOf = ({ choices, kinds }: Key): readonly string[] => (choices.length > 0 ? choices : kinds);

const secrets: Section = {
  name: "secrets",
  description: "Encrypted: `pulumi config set --secret ams:KEY`. In plain text they are refused.",
  rows: secretKeys.map((key) => ({
    path: `ams:${key}`,
    kinds: [],
    allowed: secretForm(key),
    required: false,
    group: false,
    comment: secretMeanings[key],
  })),
};

function rowOf(section: string, key: Key): Omit<Row, "comment"> {
  const { kinds, allowed, required, group } = key;
  const byDefault = key.default === undefined ? {} : { default: key.default };
  return {
    path: `ams:${[section, ...key.steps].join(".").replace(".[", "[")}`,
    kinds,
    allowed,
    required,
    group,
    ...byDefault,
  };
}

function withUsualKind(section: SectionName, key: Key): Key {
  const usual = usualKinds[section];
  return usual === undefined || key.steps.join(".") !== "kind" ? key : { ...key, default: usual, required: false };
}

/** A section that is one value may be described by `Pulumi.yaml` alone. */
const sectionComment = (comment: Comment, key: Key, description: string): Comment =>
  comment.text === "" && key.steps.length === 0 ? { ...comment, text: description } : comment;

const projectFile = z.object({ config: z.record(z.string(), z.object({ description: z.string() })) });

function readDescriptions(project: string): (section: string) => string {
  const { config } = projectFile.parse(parseYaml(readFileSync(join(project, "Pulumi.yaml"), "utf8")));
  return (section) => {
    const described = config[section];
    if (described === undefined) throw new Error(`Pulumi.yaml doesn't describe ${section}`);
    return described.description;
  };
}
