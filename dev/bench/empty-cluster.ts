import { CustomResource } from "@pulumi/pulumi";
import { type Recording, recordProgram } from "../../recording/record.ts";

/** For each resource, how many outputs it has. */
export const outputsOf = ({ resources, propertiesOf }: Pick<Recording, "resources" | "propertiesOf">) =>
  resources.map(({ type }) => propertiesOf(type).size);

class Empty extends CustomResource {}

/**
 * What Pulumi's SDK takes for resources alone: nothing is given, no component, no configuration. Each has as many outputs
 * as the class of one of ours names, because the SDK makes promises for each; the program leaves most of them out.
 */
export const empty = (outputs: readonly number[]) =>
  recordProgram({ stack: "empty" }, async () => {
    for (const [index, count] of outputs.entries()) {
      const properties = Array.from({ length: count }, (_, property) => [`property${property}`, undefined]);
      new Empty("bench:index:Empty", `empty-${index}`, Object.fromEntries(properties));
    }
    return {};
  });
