import {
  type PolicyConfigSchema,
  PolicyPack,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
} from "@pulumi/policy";
import type { Exception } from "../../config/types.ts";
import type { Fields } from "../../recording/read/plain.ts";
import { dayOf, judge } from "../exceptions.ts";
import { findingsOf, type Rule, rules } from "../index.ts";
import { type Inputs, readFields, toResources } from "./resources.ts";

/**
 * CrossGuard pack: `pulumi preview --policy-pack policy/pack`. Each rule is a policy of the same name, mandatory unless
 * the pack's configuration says otherwise. Exceptions are the pack's configuration too and not the stack's: who enforces
 * a rule says what passes it.
 */
export function serve(): PolicyPack {
  const inputs = new Map<string, Fields>();
  const policies = [collect(inputs), ...rules.map((rule) => toPolicy(rule, inputs))];
  return new PolicyPack("ams-cluster", { enforcementLevel: "mandatory", policies });
}

/** Refuses nothing: the engine shows inputs one resource after the other, and outputs alone once it shows all. */
const collect = (inputs: Map<string, Fields>): ResourceValidationPolicy => ({
  name: "collect-inputs",
  description: "Collects the inputs of every resource for the rules, which check the stack as a whole",
  validateResource: ({ urn, props }) => {
    inputs.set(urn, readFields(props));
  },
});

interface Settings {
  readonly exceptions?: readonly Omit<Exception, "rule">[];
}

const configSchema: PolicyConfigSchema = {
  properties: {
    exceptions: {
      type: "array",
      description: "Findings to accept temporarily",
      items: {
        type: "object",
        properties: {
          resource: {
            type: "string",
            description: "Logical name of a resource; if omitted, the exception applies to every resource",
          },
          reason: { type: "string", minLength: 10 },
          until: {
            type: "string",
            pattern: "^\\d{4}-\\d{2}-\\d{2}$",
            description: "Last day on which the exception applies, in UTC",
          },
        },
        required: ["reason", "until"],
        additionalProperties: false,
      },
    },
  },
};

function toPolicy(rule: Rule, inputs: Inputs): StackValidationPolicy {
  const { id, demands, remedy, sources } = rule;
  const published = Object.values(sources)
    .flat()
    .filter((source) => !source.startsWith("own"));
  return {
    name: id,
    description: published.length === 0 ? demands : `${demands} (${published.join(", ")})`,
    remediationSteps: remedy,
    configSchema,
    validateStack: ({ resources, getConfig }, report) => {
      const { exceptions = [] } = getConfig<Settings>();
      const own = exceptions.map((exception) => ({ ...exception, rule: id }));
      const found = findingsOf([rule], toResources(resources, inputs));
      for (const { message, name, urn } of judge(found, own, [id], dayOf(new Date())).findings) {
        report(`${name}: ${message}`, urn === "" ? undefined : urn);
      }
    },
  };
}
