import { cloudBlocks, parse } from "../../config/parse.ts";
import type { RawConfig } from "../../config/raw.ts";
import type { Cloud } from "../../config/types.ts";
import { record, Secret, Unknown } from "../../recording/record.ts";
import { setAt } from "../../tools/stack-file/config-path.ts";
import { merged, type Tree } from "../support/merged.ts";
import { isExempt } from "./exempt.ts";
import { isFixed, type Leaf, leaves, twoValues } from "./leaves.ts";
import { type Case, casesOf, files } from "./values.ts";

const least: Readonly<Record<Cloud, Tree>> = {
  aws: {
    aws: { images: { media: "ami-0123456789abcdef0", gpu: "ami-0123456789abcdef3" }, hostedZoneId: "Z0123456789ABC" },
  },
  alibaba: { alibaba: { images: { media: "m-gw8123456789abcdefgh", gpu: "m-gw8123456789abcdefgj" } } },
};

function configuration(cloud: Cloud, leaf: Leaf, value: unknown, of: Case | undefined, index: 0 | 1): RawConfig {
  const base = merged(
    {
      cloud,
      network: { zones: ["a", "b"] },
      certificate: { source: "none" },
      media: { version: "3.1.0" },
      ...least[cloud],
    },
    of?.beside ?? {},
  );
  const typed = leaf.path;
  const kinds = leaf.beside.reduce((all, kind) => setAt(all, { ...kind, typed }), base);
  return {
    stack: "test",
    directory: files,
    values: setAt(kinds, { path: leaf.steps, value, typed }),
    secrets: of?.secrets?.[index] ?? {},
    regions: { aws: "ap-south-1", alibaba: "eu-central-1" },
  };
}

const recorded = new Map<string, Promise<string>>();

/** Everything that a configuration registers, as one text; once for configurations that say the same. */
function planOf(raw: RawConfig): Promise<string> {
  const { cluster } = parse(raw);
  const key = JSON.stringify(cluster === undefined ? raw : [cluster, raw.values[cluster.cloud], raw.secrets]);
  const made =
    recorded.get(key) ?? record(raw).then(({ resources, outputs }) => JSON.stringify(revealed([resources, outputs])));
  recorded.set(key, made);
  return made;
}

function revealed(value: unknown): unknown {
  if (value instanceof Secret) return { secret: revealed(value.reveal()) };
  if (typeof value !== "object" || value === null || value instanceof Unknown) return value;
  if (Array.isArray(value)) return value.map(revealed);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, revealed(part)]));
}

const isRefused = (text = ""): boolean => text.startsWith("refused");

/** With the kinds of the groups that it is in. */
export const nameOf = ({ path, beside }: Leaf): string => [path, ...beside.map(({ value }) => value)].join(" ");

/** Whether each key has two values whose plans differ on a cloud, or is refused there: a sentence for each that has not. */
export async function notHonoured(cloud: Cloud): Promise<readonly string[]> {
  const cases = casesOf(cloud);
  const other = cloudBlocks.filter((block) => block !== cloud);
  const own = leaves().filter(
    (leaf) =>
      !isFixed(leaf) &&
      !isExempt(nameOf(leaf)) &&
      !isExempt(`${nameOf(leaf)} ${cloud}`) &&
      !other.some((block) => leaf.path.startsWith(`ams:${block}.`)),
  );

  const wrong: string[] = [];
  for (const leaf of own) {
    const of = cases.find(
      ({ path, kind }) => path.test(leaf.path) && (kind === undefined || leaf.beside.at(-1)?.value === kind),
    );
    const two = of?.two ?? twoValues(leaf);
    const at = nameOf(leaf);
    if (two === undefined) {
      wrong.push(`${at}: no two values`);
      continue;
    }
    const [one, another] = await Promise.all(
      two.map((value, index) =>
        planOf(configuration(cloud, leaf, value, of, index === 0 ? 0 : 1)).catch(
          (error: unknown) => `refused: ${error instanceof Error ? error.message : error}`,
        ),
      ),
    );
    const mayRefuse = of?.refused?.includes(cloud) === true;
    if (isRefused(one) || isRefused(another) !== mayRefuse)
      wrong.push(`${at} ${JSON.stringify(two)}: ${isRefused(one) ? one : another}`.slice(0, 300));
    else if (one === another) wrong.push(`${at}: no difference`);
  }
  return wrong;
}
