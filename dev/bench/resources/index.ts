import * as pulumi from "@pulumi/pulumi";

class Password extends pulumi.CustomResource {}

/**
 * As many resources as a stack has, each with as many outputs as the class of one of its own names: what the SDK and the
 * engine's protocol take for them, with all that this program leaves out. AMS_BENCH_OUTPUTS has the numbers.
 */
export default async function program(): Promise<Record<string, unknown>> {
  const outputs: readonly number[] = JSON.parse(process.env["AMS_BENCH_OUTPUTS"] ?? "[]");
  for (const [index, count] of outputs.entries()) {
    const unread = Array.from({ length: count }, (_, output) => [`output${output}`, undefined]);
    new Password("random:index/randomPassword:RandomPassword", `resource-${index}`, {
      ...Object.fromEntries(unread),
      length: 16,
    });
  }
  return {};
}
