import * as pulumi from "@pulumi/pulumi";
import { ConfigError, type Fault } from "../config/fault.ts";
import { Deferred } from "../config/handle.ts";
import { regionKey } from "../config/parse.ts";
import type { RawConfig } from "../config/raw.ts";
import type { Cloud } from "../config/types.ts";
import { secretKeys } from "../model/cluster.ts";
import type { Secrets } from "./contract.ts";
import { type Checked, check } from "./index.ts";

/** What a program says of a cluster: nothing is trusted yet. */
export interface RawArgs {
  readonly cloud: Cloud;
  readonly name?: string | undefined;
  readonly region?: string | undefined;
  readonly secrets?: Readonly<Partial<Record<string, pulumi.Input<string>>>> | undefined;
}

/** Arguments without faults, and their secrets. Throws a RunError with every fault, before any resource. */
export function checkArgs(name: string, args: RawArgs): { readonly checked: Checked; readonly secrets: Secrets } {
  try {
    const checked = check(toRaw(name, args));
    return { checked: { ...checked, warnings: checked.warnings.map(asArgument) }, secrets: secretsOf(args) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new pulumi.RunError(`AmsCluster ${name}: ${new ConfigError(error.faults.map(ofArgument)).message}`);
  }
}

function toRaw(name: string, { region, secrets = {}, ...values }: RawArgs): RawConfig {
  const { cloud } = values;
  const key = regionKey[cloud];
  const configured = region ?? new pulumi.Config(key?.split(":")[0]).get("region");
  const texts = Object.entries(secrets).filter(([, value]) => value !== undefined);
  return {
    stack: pulumi.getStack(),
    values: defer({ ...values, name: values.name ?? name }),
    secrets: Object.fromEntries(texts.map(([at, value]) => [at, typeof value === "string" ? value : undefined])),
    regions: { [cloud]: configured },
  };
}

const secretsOf = ({ secrets = {} }: RawArgs): Secrets =>
  Object.fromEntries(
    secretKeys.flatMap((key) => {
      const value = secrets[key];
      return value === undefined ? [] : [[key, pulumi.secret(value)] as const];
    }),
  );

/** Outputs become what the model carries and never looks into; a key that has to be known refuses one by its path. */
function defer<T>(value: T): T {
  const given: unknown = value;
  if (pulumi.Output.isInstance(given) || given instanceof Promise) return new Deferred(given) as T;
  if (typeof given !== "object" || given === null) return value;
  if (Array.isArray(given)) return given.map(defer) as T;
  const said = Object.entries(given).filter(([, component]) => component !== undefined);
  return Object.fromEntries(said.map(([key, component]) => [key, defer(component)])) as T;
}

const command =
  /pulumi config (set|rm)(?: --(?:path|secret|plaintext))* '?((?:ams|aws|alicloud):[^\s',;]+)'?(?: ([^\s,;(]+))?/g;

/** A sentence about the stack's configuration as one about a program's arguments. */
const asArgument = (text: string): string =>
  text
    .replace(command, (_, verb: string, path: string, value?: string) =>
      verb === "rm" ? `remove ${path}` : value === undefined ? `set ${path}` : `set ${path} to ${value}`,
    )
    .replace(/\b(Set|Remove) (it|them) with: (set|remove) /g, "$1 ")
    .replace(/\b(?:aws|alicloud):region\b/g, "region")
    .replace(/\bams:(?=[A-Za-z["])/g, "");

const ofArgument = (fault: Fault): Fault => ({
  path: asArgument(fault.path),
  got: asArgument(fault.got),
  allowed: asArgument(fault.allowed),
  fix: asArgument(fault.fix),
});
