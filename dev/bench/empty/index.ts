import * as pulumi from "@pulumi/pulumi";

/** What any program pays: the engine's language host, the loader and the SDK. */
export default async function program(): Promise<Record<string, unknown>> {
  return { stack: pulumi.getStack() };
}
