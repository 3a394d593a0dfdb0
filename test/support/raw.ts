import type { RawConfig } from "../../config/raw.ts";

/** The least that a stack has to say, for tests that change one thing. */
export function raw(
  values: Readonly<Record<string, unknown>> = {},
  rest: Partial<Omit<RawConfig, "values">> = {},
): RawConfig {
  return {
    stack: "test",
    secrets: {},
    regions: { aws: "ap-south-1", alibaba: "eu-central-1" },
    ...rest,
    values: { cloud: "aws", network: { zones: ["a", "b"] }, certificate: { source: "none" }, ...values },
  };
}
