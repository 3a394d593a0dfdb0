/** What a value of an input or output may be, as the SDK's declarations say it. */
export type Shape =
  | { readonly kind: "string"; readonly allowed?: readonly string[] }
  | { readonly kind: "number" | "boolean" | "any" }
  | { readonly kind: "list" | "map"; readonly of: Shape }
  | { readonly kind: "object"; readonly name: string }
  | { readonly kind: "either"; readonly of: readonly Shape[] };

export interface Field {
  readonly shape: Shape;
  readonly required: boolean;
  readonly deprecated: boolean;
  /** The documentation says that a change makes a new resource. */
  readonly replaces: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

/** One resource type of an SDK. */
export interface ResourceSchema {
  readonly token: string;
  readonly inputs: Fields;
  readonly outputs: Fields;
  /** Nested objects by their name in the declarations, inputs and outputs apart: `inputs.ec2.X`, `outputs.ec2.X`. */
  readonly objects: Readonly<Record<string, Fields>>;
  /** Outputs that the SDK itself marks as secret. */
  readonly secretOutputs: readonly string[];
  /** The id of the documentation's `pulumi import` example. */
  readonly exampleId?: string;
}
