import { type Attribute, type Attributes, attributesOf } from "../../../recording/provider-schema.ts";
import { isValues, type Value, type Values } from "./wire.ts";

/**
 * What a provider's Read puts into the elements of a set beside what the program named: the cloud's own values. Where its
 * source says which, they stand here; of the others only that there is one is known.
 */
const known: Readonly<Record<string, Readonly<Record<string, Value>>>> = {
  // resource_alicloud_alb_load_balancer.go@81c43b6, lines 489 to 493.
  "alicloud:alb/loadBalancer:LoadBalancer": {
    "zoneMappings.allocationId": "eip-of-the-balancer",
    "zoneMappings.eipType": "Common",
    "zoneMappings.intranetAddress": "10.0.192.200",
  },
  // resource_alicloud_alb_rule.go@81c43b6, lines 870 to 904: only an action that forwards has it, and one without stickiness
  // has no time.
  "alicloud:alb/rule:Rule": {
    "ruleActions.forwardGroupConfig": [],
    "ruleActions.forwardGroupConfig.serverGroupStickySession": { enabled: false },
    "ruleActions.forwardGroupConfig.serverGroupStickySession.timeout": 0,
  },
};

const filler = ({ kind }: Attribute): Value => {
  switch (kind) {
    case "string":
      return "filled-in";
    case "number":
      return 1;
    case "boolean":
      return true;
    case "map":
      return { filled: "in" };
    case "list":
    case "set":
      return ["filled-in"];
  }
};

/** The inputs as the state has them after a Read. */
export function filledIn(token: string, inputs: Values): Values {
  const attributes = attributesOf(token);
  if (attributes === undefined) return inputs;
  return fill(attributes, inputs, { token, path: "", inSet: false });
}

interface Place {
  readonly token: string;
  readonly path: string;
  readonly inSet: boolean;
}

function fill(attributes: Attributes, values: Values, place: Place): Values {
  const added = Object.entries(attributes).flatMap(([key, one]): [string, Value][] => {
    const path = place.path === "" ? key : `${place.path}.${key}`;
    const value = values[key];
    if (value === undefined || value === null) {
      if (!place.inSet) return [];
      if (one.computed) return [[key, known[place.token]?.[path] ?? filler(one)]];
      return one.default === undefined ? [] : [[key, one.default]];
    }
    if (one.of === undefined) return [];
    return [[key, inside(one, value, { ...place, path, inSet: place.inSet || one.kind === "set" })]];
  });
  return { ...values, ...Object.fromEntries(added) };
}

function inside({ of = {} }: Attribute, value: Value, place: Place): Value {
  const one = (part: Value): Value => (isValues(part) ? fill(of, part, place) : part);
  return Array.isArray(value) ? value.map(one) : one(value);
}
