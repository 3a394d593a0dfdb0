import type { ResourceChange } from "../change.ts";
import { plainPath } from "../force-new/force-new.ts";

/** Changed properties but for tags, which no machine notices. */
export const meaningful = ({ changes }: ResourceChange): readonly string[] =>
  changes.map(({ path }) => plainPath(path)).filter((path) => !/^(tags|templateTags|volumeTags)(\.|$)/.test(path));

const words: readonly (readonly [RegExp, string])[] = [
  [/^imageId/, "image"],
  [/^instanceType/, "machine size"],
  [/^userData/, "user data"],
  [/^(systemDisk|blockDeviceMappings|blockDevice)/i, "system disk"],
];

/** What changes, in a person's words where there are some. */
export const reasons = (change: ResourceChange): string =>
  [...new Set(meaningful(change).map((path) => words.find(([form]) => form.test(path))?.[1] ?? path))].join(", ");
