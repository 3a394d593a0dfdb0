import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import type { Value } from "./value.ts";

export const stackType = "pulumi:pulumi:Stack";

/** A resource as the program registered it. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent; undefined for a child of the stack itself. */
  readonly parent: string | undefined;
  /** Whether a provider makes it; components are not custom. */
  readonly custom: boolean;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** Former names and URNs. */
  readonly aliases: readonly string[];
  readonly timeouts: Readonly<Record<"create" | "update" | "delete", string>>;
  /** Reference of an explicit provider; empty for the default one. */
  readonly provider: string;
  /** Id of a resource that is taken over. */
  readonly importId: string;
}

export function toResource(
  request: RegisterResourceRequest,
  urn: string,
  inputs: Readonly<Record<string, Value>>,
): RecordedResource {
  const parent = request.getParent();
  const timeouts = request.getCustomtimeouts();
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    parent: parent === "" || parent.split("::")[2] === stackType ? undefined : parent,
    custom: request.getCustom(),
    dependencies: request.getDependenciesList(),
    propertyDependencies: propertyDependenciesOf(request),
    inputs,
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: request.getAliasesList().map((alias) => alias.getUrn() || (alias.getSpec()?.getName() ?? "")),
    timeouts: {
      create: timeouts?.getCreate() ?? "",
      update: timeouts?.getUpdate() ?? "",
      delete: timeouts?.getDelete() ?? "",
    },
    provider: request.getProvider(),
    importId: request.getImportid(),
  };
}

function propertyDependenciesOf(request: RegisterResourceRequest): RecordedResource["propertyDependencies"] {
  const found: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((urns, property) => {
    found[property] = urns.getUrnsList();
  });
  return found;
}
