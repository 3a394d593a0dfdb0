import { Secret, Unknown, type Value, valueAt } from "../../recording/value.ts";

/** A value in a few words; references show the name of what they refer to, without the cluster's own. */
export function showValue(value: Value, clusterName: string): string {
  const shorten = (text: string): string => text.replaceAll(`${clusterName}-`, "");
  if (value instanceof Secret) return "[secret]";
  if (value instanceof Unknown) return shorten(value.text ?? showOrigin(value));
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.map((part: Value) => showValue(part, clusterName)).join(", ");
  return Object.entries(value)
    .map(([key, part]: [string, Value]) => `${key} ${showValue(part, clusterName)}`)
    .join(", ");
}

/** What refers to a resource itself, and not to one of its properties, is its name alone. */
function showOrigin({ origins: [origin] }: Unknown): string {
  if (origin === undefined) return "{?}";
  return /^(id|arn|name)$/.test(origin.property) ? `{${origin.name}}` : `{${origin.name}.${origin.property}}`;
}

/**
 * Fills a template with a resource's inputs. `{path}` is a value; `path? words` gives the words if the path is true;
 * a template whose values are not all there gives nothing.
 */
export function fill(template: string, inputs: Value, clusterName: string): string {
  const condition = /^([\w.[\]]+)\? (.*)$/.exec(template);
  if (condition !== null) return valueAt(inputs, condition[1] ?? "") === true ? (condition[2] ?? "") : "";
  let missing = false;
  const text = template.replace(/\{([^}]+)\}/g, (_, path: string) => {
    const value = valueAt(inputs, path);
    if (value === undefined || value === null || value === "") missing = true;
    return value === undefined ? "" : showValue(value, clusterName);
  });
  return missing ? "" : text;
}
