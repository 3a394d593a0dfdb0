import { inspect } from "node:util";

/** What a resource is given: plain JSON, and what isn't known before the deployment, and what is secret. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Unknown
  | Secret
  | readonly Value[]
  | { readonly [key: string]: Value };

/** A property of a resource, which the cloud says only after the deployment. */
export interface Origin {
  readonly urn: string;
  readonly name: string;
  readonly property: string;
  /** Whether the property is a secret. */
  readonly secret: boolean;
}

/** A value that no one knows before the deployment, or a text that has one within it. */
export class Unknown {
  readonly origins: readonly Origin[];
  /** The text around it, e.g. `https://{ams-aws-balancer.dnsName}/`; undefined if it is all there is. */
  readonly text: string | undefined;

  constructor(origins: readonly Origin[], text?: string) {
    this.origins = origins;
    this.text = text;
  }

  toJSON(): object {
    const [first] = this.origins;
    const unknown = first === undefined ? "" : `${first.urn}.${first.property}`;
    return this.text === undefined ? { unknown } : { unknown, text: this.text };
  }
}

/** A value that is marked secret; prints as "[secret]" wherever it is printed, logged or serialized. */
export class Secret {
  readonly #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  /** The value itself, for a test that looks into a secret store. */
  reveal(): Value {
    return this.#value;
  }

  toJSON(): string {
    return "[secret]";
  }

  [inspect.custom](): string {
    return "[secret]";
  }
}

/** The texts of a value, at any depth; what is within a secret only on request. */
export function textsOf(value: Value, secrets: "hidden" | "revealed"): readonly string[] {
  if (typeof value === "string") return [value];
  if (value instanceof Unknown) return value.text === undefined ? [] : [value.text];
  if (value instanceof Secret) return secrets === "hidden" ? [] : textsOf(value.reveal(), secrets);
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((part: Value) => textsOf(part, secrets));
}

/** The origins that a value has outside of secrets. */
export function originsOf(value: Value): readonly Origin[] {
  if (value instanceof Unknown) return value.origins;
  if (value instanceof Secret || typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((part: Value) => originsOf(part));
}

/** What stands at a path such as `ebs.volumeSize` or `healthChecks[0].path`. */
export function valueAt(value: Value, path: string): Value | undefined {
  return path
    .split(/[.[\]]+/)
    .filter((step) => step !== "")
    .reduce<Value | undefined>((at, step) => {
      if (typeof at !== "object" || at === null || at instanceof Unknown || at instanceof Secret) return undefined;
      const found: unknown = Reflect.get(at, step);
      return found === undefined ? undefined : (found as Value);
    }, value);
}
