import * as pulumi from "@pulumi/pulumi";

interface Wanted {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

class Resource extends pulumi.CustomResource {}

/** Registers one resource past the SDK's own checks, so that the provider is the one to judge it. */
export default async function program(): Promise<Record<string, unknown>> {
  const { type, inputs } = new pulumi.Config("one").requireObject<Wanted>("resource");
  const made = new Resource(type, "it", inputs);
  return { id: made.id };
}
