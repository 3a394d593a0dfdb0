export type Tree = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export type Step = string | number;

/** The tree with a value set; undefined removes it. */
export function withValue(at: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list: readonly unknown[] = Array.isArray(at) ? at : [];
    return [...list.slice(0, step), withValue(list[step], rest, value), ...list.slice(step + 1)];
  }
  const fields = isFields(at) ? at : {};
  const { [step]: inner, ...others } = fields;
  const part = withValue(inner, rest, value);
  return part === undefined ? others : { ...fields, [step]: part };
}

export const valueAt = (tree: unknown, steps: readonly Step[]): unknown =>
  steps.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined),
    tree,
  );
