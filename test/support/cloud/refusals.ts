import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { schemaPackages } from "../../../recording/provider-schema.ts";
import type { Recording } from "../../../recording/record.ts";
import { StandInProvider } from "./provider.ts";
import { plainValue } from "./recorded-values.ts";
import { Sdk } from "./sdk.ts";
import { Store } from "./store.ts";

interface Recorded {
  readonly recording: Recording;
}

/** Ends with the account's number, which a recording does not know. */
const unfinished = "alicloud:log/project:Project projectName";

/** Those resources of a recording that the real providers' schemas know of. */
export const ofClouds = ({ recording }: Recorded) =>
  recording.resources.filter(
    ({ custom, type }) => custom && schemaPackages.some((name) => type.startsWith(`${name}:`)),
  );

/** The stand-in providers, which judge by the real ones' schemas. */
export class Judges {
  readonly #directory = mkdtempSync(join(tmpdir(), "ams-schema-"));
  readonly #providers = new Map(
    schemaPackages.map((name) => [name, new StandInProvider(new Sdk(name), new Store(this.#directory, name))] as const),
  );

  /** What they refuse of a recording. */
  refusals(one: Recorded): readonly string[] {
    return ofClouds(one).flatMap(({ type, urn, name, inputs }) => {
      const provider = this.#providers.get(type.split(":")[0] as (typeof schemaPackages)[number]);
      if (provider === undefined) throw new Error(`no provider of ${type}`);
      const { failures = [] } = provider.check(urn, {}, plainValue(inputs), new Uint8Array([1]));
      return failures.flatMap(({ path, reason }) =>
        `${type} ${path}` === unfinished ? [] : [`${type} ${name}: ${path} ${reason}`],
      );
    });
  }

  close(): void {
    rmSync(this.#directory, { recursive: true });
  }
}
